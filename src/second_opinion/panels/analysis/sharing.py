"""What assessors share with those who give the client's own opinion: errors may follow it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from second_opinion.accounts.models import Person
from second_opinion.cases.models import Case
from second_opinion.engine.matching import Ties
from second_opinion.engine.matching.names import Likeness, compare_firms
from second_opinion.panels.analysis.conflicts import Around
from second_opinion.panels.selectors.assessors import Registered, employers_of, registered_at
from second_opinion.panels.selectors.register import Entry, employments_at


def shared_with_first(
    case: Case,
    registered: Sequence[Registered],
    around: Around,
    firms: Collection[int],
) -> Ties:
    """What each shares with the first assessors.

    An employer, the provider or one that both have declared; a school that both have named; a
    method, where both work with one instrument that takes a certificate.
    """
    first = around.first_assessors
    works = employers_of(first)
    known = registered_at(case.provider, first)
    schools = {school for one in known for school in _schools(one)}
    methods = {method for one in known for method in _methods(one)}
    return Ties(
        employer=np.array(
            [case.provider_id in works or one.person.pk in firms for one in registered],
            dtype=np.bool_,
        ),
        school=np.array([bool(_schools(one) & schools) for one in registered], dtype=np.bool_),
        method=np.array([bool(_methods(one) & methods) for one in registered], dtype=np.bool_),
    )


def shared_firms(
    case: Case, registered: Sequence[Registered], first: Sequence[Person]
) -> dict[int, str]:
    """By key, a firm where somebody and a first assessor have declared that they work or worked."""
    found: dict[int, str] = {}
    if not first:
        return found
    declared = employments_at(case.provider, [*first, *(one.person for one in registered)])
    theirs = [firm for person in first for firm in declared.get(person.pk, ())]
    for one in registered:
        for firm in declared.get(one.person.pk, ()):
            if any(_is_one_firm(firm, other) for other in theirs):
                found[one.person.pk] = firm.name
    return found


def _is_one_firm(one: Entry, other: Entry) -> bool:
    """Only what is certainly one: a name that is alike is a question on the page of conflicts."""
    if one.key == other.key:
        return True
    numbers = (one.number, other.number)
    return compare_firms(one.name, other.name, numbers=numbers).likeness is Likeness.SAME


def _schools(one: Registered) -> set[str]:
    parts = one.shown.schools.casefold().replace("\n", ",").split(",")
    return {part.strip() for part in parts if part.strip()}


def _methods(one: Registered) -> set[str]:
    return {" ".join(held.instrument.casefold().split()) for held in one.shown.instruments}
