"""The parts of the draft on screen: writing it, planning, what it came to, and taking it along."""
