"""The words of a declaration: the calls, who needs to know, a triage's terms, is it over?"""

CHOICES: dict[str, str] = {
    "declare": "Declare an incident",
    "triage": "Triage: an owner, a deadline, a limit",
    "watch": "Keep watching",
    "no": "Not an incident",
    "join": "Join one that is already declared",
}
RUNG: dict[str, str] = {  # when a triage rings; to watch on without a word is no longer a choice
    "declare": "Declare an incident",
    "triage": "Renew it: something new has come in",
    "hand": "Hand it to a named owner",
    "no": "Close it: not an incident",
    "join": "Join one that is already declared",
}
OWNERS: dict[str, str] = {"me": "I do", "oncall": "one on-call", "team": "another team"}
OTHERS: dict[str, str] = {name: who for name, who in OWNERS.items() if name != "me"}
DEADLINES: dict[str, str] = {"5": "5 min", "15": "15 min", "30": "30 min", "60": "1 hour"}
OVER: dict[str, str] = {
    "on": "No: it goes on",
    "held": "Held: nobody is hurt now, and it can come back",
    "over": "Over: mended, and seen to be",
    "nothing": "There was nothing to end",
}
WHO: dict[str, str] = {
    "log": "log only",
    "oncall": "one on-call",
    "team": "another team",
    "everyone": "everyone",
}
CHANCES: dict[str, str] = {str(step): f"{step} %" for step in range(0, 101, 20)}
