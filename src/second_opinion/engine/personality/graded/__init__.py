"""Samejima's graded response model: estimation, and where people stand."""
