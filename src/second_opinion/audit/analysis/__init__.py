"""Canonical text, the log as a tree, and what a receipt proves: the room's door to the engine."""
