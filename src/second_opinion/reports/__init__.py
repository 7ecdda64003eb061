"""Combination, report versions, their writing and rendering, and their release."""
