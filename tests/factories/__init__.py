"""Builders of real rows in a real database; each gives what was not asked for a sensible value."""
