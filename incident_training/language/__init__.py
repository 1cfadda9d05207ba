"""What a text says between its lines: phrases that mark luck or a near miss, and what to ask.

harvest("Luckily, somebody looked.")  # -> (Mark(...),): where, which sentence, what to ask, why
"""

from incident_training.language.harvest import Mark, Rule, TooLong, harvest, rules

__all__ = ["Mark", "Rule", "TooLong", "harvest", "rules"]
