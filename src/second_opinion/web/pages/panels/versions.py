"""One version of what an assessor shows, as it was written; and what the newest one changes."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.selectors import (
    organisations_where,
    people_with,
    person_of_pseudonym,
)
from second_opinion.accounts.states import Role
from second_opinion.panels.models import AssessorVersion
from second_opinion.panels.selectors.assessors import Shown, shown_in, versions_of
from second_opinion.panels.selectors.vocabulary import Entry, vocabulary_of
from second_opinion.web.described import Difference, differences, lines_of
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_safe
def version(request: SignedInRequest, pseudonym: UUID, number: int) -> HttpResponse:
    """For the assessor and the provider's coordinators, beside the version before it."""
    person, provider = assessor_for(request, pseudonym)
    versions = {one.number: one for one in versions_of(person, provider)}
    if number not in versions:
        raise Http404
    shown, before = shown_in(versions[number]), shown_in(versions.get(number - 1))
    entries = _entries(provider, [shown, before])
    context = {
        "person": person,
        "version": versions[number],
        "is_confirmed": hasattr(versions[number], "confirmation"),
        "lines": lines_of(shown, entries).items(),
        "differences": differences(before, shown, entries) if number > 1 else [],
    }
    return render(request, "panels/version.html", context)


def assessor_for(request: SignedInRequest, pseudonym: UUID) -> tuple[Person, Organisation]:
    """Where the reader is an assessor themselves, or the person is one and the reader runs it."""
    person = person_of_pseudonym(pseudonym)
    if person is None:
        raise Http404
    if person == request.user:
        provider = organisations_where(person, Role.ASSESSOR).first()
    else:
        provider = next(
            (
                one
                for one in organisations_where(request.user, Role.COORDINATOR)
                if people_with({Role.ASSESSOR}, one).filter(pk=person.pk).exists()
            ),
            None,
        )
    if provider is None:
        raise Http404
    return person, provider


def since_confirmed(
    provider: Organisation, confirmed: AssessorVersion | None, newest: AssessorVersion | None
) -> list[Difference]:
    """What a coordinator would confirm: in what the newest differs from the last confirmed."""
    if newest is None or newest == confirmed:
        return []
    before, after = shown_in(confirmed), shown_in(newest)
    return differences(before, after, _entries(provider, [before, after]))


def _entries(provider: Organisation, told: Collection[Shown]) -> dict[str, Entry]:
    keys = {one.key for shown in told for one in shown.competences}
    return vocabulary_of(provider, keys=keys, with_proposed=True)
