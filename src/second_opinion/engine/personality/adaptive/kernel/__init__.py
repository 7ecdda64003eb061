"""Loops over items and nodes, compiled."""
