"""Whether a correction of a tie says more than what was decided on."""

from __future__ import annotations

from second_opinion.engine.matching.names import (
    Likeness,
    PersonName,
    compare_firms,
    compare_people,
)
from second_opinion.panels.models import Party, Tie
from second_opinion.panels.states import Ending


def says_no_more(before: Tie, after: Tie) -> bool:
    """Whether it lasts no longer than it did, at either end, and is as sure of when it ended."""
    return _ends_no_later(before, after) and _begins_no_earlier(before, after)


def is_one_spelling(party: Party, name: str) -> bool:
    """The same words, whatever their letters, order and legal form: no slip of the pen mended."""
    if party.is_firm:
        found = compare_firms(party.name, name)
    else:
        found = compare_people(PersonName(name=party.name), PersonName(name=name))
    return found.likeness is Likeness.SAME


def _ends_no_later(before: Tie, after: Tie) -> bool:
    if after.ending != Ending.ENDED or before.ending != Ending.ENDED:
        return after.ending in (Ending.ENDED, before.ending)
    return (
        before.ended_on is not None
        and after.ended_on is not None
        and after.ended_on <= before.ended_on
    )


def _begins_no_earlier(before: Tie, after: Tie) -> bool:
    if before.began_on is None:
        return True  # it could have begun at any time
    return after.began_on is not None and after.began_on >= before.began_on
