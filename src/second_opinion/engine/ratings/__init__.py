"""The table that everything is computed from: candidate x assessor x criterion."""

from second_opinion.engine.ratings.blocks import ONE_CRITERION, Block
from second_opinion.engine.ratings.connection import connected_groups, require_connected
from second_opinion.engine.ratings.facet import Facet
from second_opinion.engine.ratings.scale import Scale
from second_opinion.engine.ratings.table import Ratings

__all__ = [
    "ONE_CRITERION",
    "Block",
    "Facet",
    "Ratings",
    "Scale",
    "connected_groups",
    "require_connected",
]
