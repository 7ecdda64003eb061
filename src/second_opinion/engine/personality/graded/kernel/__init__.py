"""Loops over people and items, compiled."""
