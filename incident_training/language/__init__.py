"""What a text says between its lines: phrases that ask a question, and the question they ask.

harvest("Luckily, somebody looked.")  # -> (Mark(...),): where it was luck, what to ask, why
review("It was human error.")  # -> (Finding(...),): what a draft says of people, acts and plans
"""

from incident_training.language.harvest import Mark, Rule, TooLong, harvest, rules
from incident_training.language.review import Finding, alike, one_each, review

__all__ = ["Finding", "Mark", "Rule", "TooLong", "alike", "harvest", "one_each", "review", "rules"]
