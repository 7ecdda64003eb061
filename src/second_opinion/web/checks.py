"""Who may be tied to a case, of a register however long: what is to be decided comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import people_with
from second_opinion.accounts.states import Role
from second_opinion.cases.models import Case
from second_opinion.cases.selectors.search import MOST_WORDS, fold, holds
from second_opinion.opinions import selectors as opinions
from second_opinion.panels import selectors
from second_opinion.panels.analysis import Around, Conflict, conflicts_of
from second_opinion.web.desk import MOST_CHARACTERS, Filter
from second_opinion.web.ties import Told, told

ASSESSORS_PER_PAGE = 25


class Standing(TextChoices):
    """What a check has come to for one assessor, in the order of the list."""

    OPEN = "open", gettext_lazy("To be decided")
    UPHELD = "conflict", gettext_lazy("A conflict of interest")
    FREE = "free", gettext_lazy("Nothing stands in the way")


SENTENCES = {
    Standing.OPEN: gettext_lazy("Cannot be engaged before this is decided."),
    Standing.UPHELD: gettext_lazy("A conflict of interest: cannot be engaged."),
    Standing.FREE: gettext_lazy("Nothing stands in the way."),
}
_PLACE = {standing: place for place, standing in enumerate(Standing)}


@dataclass(frozen=True)
class Checked:
    """One assessor, and what was found. It is put into words only where it is shown."""

    person: Person
    found: tuple[Conflict, ...] = ()

    @property
    def standing(self) -> Standing:
        if any(one.ruling is not None and not one.is_resolved for one in self.found):
            return Standing.UPHELD
        return Standing.OPEN if any(one.ruling is None for one in self.found) else Standing.FREE

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.standing])

    @cached_property
    def open(self) -> tuple[Told, ...]:
        return tuple(told(one) for one in self.found if one.ruling is None)

    @cached_property
    def decided(self) -> tuple[tuple[Told, str], ...]:
        """With the reason of each decision."""
        return tuple(
            (told(one), selectors.reason_of(one.ruling))
            for one in self.found
            if one.ruling is not None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a list of checks is asked for. words : of a name; standing : None for all"""

    words: str = ""
    standing: Standing | None = None

    @property
    def query(self) -> str:
        asked = {"q": self.words, "which": self.standing}
        return urlencode({name: str(value) for name, value in asked.items() if value})


def look_of(query: Mapping[str, str]) -> Look:
    """What a list's address asks for; what is no choice asks for nothing."""
    which = query.get("which")
    return Look(
        words=query.get("q", "").strip()[:MOST_CHARACTERS],
        standing=Standing(which) if which in Standing.values else None,
    )


def checkable(case: Case, around: Around) -> dict[int, Person]:
    """By key, every assessor of the provider and everybody engaged; not the client's own."""
    people = {one.pk: one for one in people_with({Role.ASSESSOR}, case.provider)}
    first = [one.pk for one in around.first_assessors]
    return people | {one.pk: one for one in opinions.assessors_of(case).exclude(pk__in=first)}


def checked_in(case: Case) -> list[Checked]:
    """Those with something to decide first, then conflicts, then those for whom one was cleared."""
    around = opinions.around_of(case)
    people = checkable(case, around)
    found: dict[int, list[Conflict]] = {}
    for conflict in conflicts_of(case, people.values(), around=around):
        found.setdefault(conflict.assessor.pk, []).append(conflict)
    checked = [Checked(person, tuple(found.get(key, ()))) for key, person in people.items()]
    return sorted(checked, key=lambda one: (_PLACE[one.standing], not one.found, one.person.name))


def page_of(checked: Sequence[Checked], look: Look, number: str | None) -> Page[Checked]:
    """The page asked for, or the nearest there is."""
    words = "\n".join(fold(word) for word in look.words.split()[:MOST_WORDS])
    wanted = [
        one
        for one in checked
        if look.standing in {None, one.standing} and (not words or holds(str(one.person), words))
    ]
    return Paginator(wanted, ASSESSORS_PER_PAGE).get_page(number)


def filters(checked: Sequence[Checked], look: Look) -> list[Filter]:
    """All, and each standing, with how many it holds; none for a list that one page shows."""
    if len(checked) <= ASSESSORS_PER_PAGE:
        return []
    standings = [one.standing for one in checked]
    choices = [(_("All"), len(checked), Look())]
    choices += [(str(each.label), standings.count(each), Look(standing=each)) for each in Standing]
    return [Filter(words, count, choice.query, choice == look) for words, count, choice in choices]
