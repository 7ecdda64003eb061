"""The table that everything is computed from: candidate x assessor x criterion."""

from second_opinion.engine.ratings.connection import connected_groups, require_connected
from second_opinion.engine.ratings.scale import Scale
from second_opinion.engine.ratings.table import Facet, Ratings

__all__ = ["Facet", "Ratings", "Scale", "connected_groups", "require_connected"]
