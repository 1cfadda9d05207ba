"""The words a declaration is made with: the five choices, who needs to know, how likely harm is."""

CHOICES: dict[str, str] = {
    "declare": "Declare an incident",
    "triage": "Triage: an owner, a deadline, what would make me declare",
    "watch": "Keep watching",
    "no": "Not an incident",
    "join": "Join one that is already declared",
}
WHO: dict[str, str] = {
    "log": "log only",
    "oncall": "one on-call",
    "team": "another team",
    "everyone": "everyone",
}
CHANCES: dict[str, str] = {str(step): f"{step} %" for step in range(0, 101, 20)}
