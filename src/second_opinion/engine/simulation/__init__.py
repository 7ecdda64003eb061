"""Ratings with known truth, for tests, timings, demonstration and planning."""

from second_opinion.engine.simulation.design import Design
from second_opinion.engine.simulation.linear import Simulation, simulate_ratings

__all__ = ["Design", "Simulation", "simulate_ratings"]
