"""Whether two names are one: the same, similar (a question to a person) or different."""

from second_opinion.engine.matching.names.firms import compare_firms
from second_opinion.engine.matching.names.people import PersonName, compare_people
from second_opinion.engine.matching.names.verdict import Comparison, Likeness

__all__ = ["Comparison", "Likeness", "PersonName", "compare_firms", "compare_people"]
