"""What counts as an incident: facts, rules over them, policies, near-miss classes, priority."""
