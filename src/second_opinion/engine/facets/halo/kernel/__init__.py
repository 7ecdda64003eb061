"""Compiled loops of the halo-aware model."""
