"""Order files: one TOML with what is at stake and what is known, read into plain objects."""

from second_opinion.ingest.order_file.entries import (
    Alternative,
    ChosenBy,
    Dependence,
    FinalistEntry,
    OrderFile,
    ProfileEntry,
    SecondOpinionEntry,
)
from second_opinion.ingest.order_file.examples import ORDER_EXAMPLES
from second_opinion.ingest.order_file.reader import order_from, read_order_file

__all__ = [
    "ORDER_EXAMPLES",
    "Alternative",
    "ChosenBy",
    "Dependence",
    "FinalistEntry",
    "OrderFile",
    "ProfileEntry",
    "SecondOpinionEntry",
    "order_from",
    "read_order_file",
]
