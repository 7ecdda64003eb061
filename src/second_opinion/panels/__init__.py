"""Panels: who may assess whom, what ties them, and who is asked."""
