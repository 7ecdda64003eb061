"""The table that everything is computed from: candidate x assessor x criterion."""

from second_opinion.engine.ratings.blocks import ONE_CRITERION, Block
from second_opinion.engine.ratings.categories import Categories
from second_opinion.engine.ratings.connection import (
    Connection,
    Link,
    Subset,
    connected_groups,
    connection,
    require_connected,
)
from second_opinion.engine.ratings.facet import Facet, LabelIndex
from second_opinion.engine.ratings.inspection import Inspection, inspect_ratings
from second_opinion.engine.ratings.refusals import cells_of
from second_opinion.engine.ratings.scale import Scale
from second_opinion.engine.ratings.spread import Unvarying
from second_opinion.engine.ratings.table import Ratings

__all__ = [
    "ONE_CRITERION",
    "Block",
    "Categories",
    "Connection",
    "Facet",
    "Inspection",
    "LabelIndex",
    "Link",
    "Ratings",
    "Scale",
    "Subset",
    "Unvarying",
    "cells_of",
    "connected_groups",
    "connection",
    "inspect_ratings",
    "require_connected",
]
