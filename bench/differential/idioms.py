"""Idioms."""
IDIOMS = {"x": lambda w: None}
