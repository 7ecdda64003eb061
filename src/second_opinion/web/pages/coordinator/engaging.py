"""Who gives an opinion: the client's own people, and the provider's assessors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import Denied
from second_opinion.accounts.selectors import people_with
from second_opinion.accounts.states import Role
from second_opinion.cases.models import Case
from second_opinion.cases.states import LetterKind
from second_opinion.instruments.selectors import instruments_of
from second_opinion.opinions import policies, selectors, services
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels.analysis import unresolved_in
from second_opinion.panels.selectors.certificates import certificates_at
from second_opinion.web.mails import Preview, letter_previews
from second_opinion.web.pages.coordinator.asking import REFUSED, own_case
from second_opinion.web.requests import SignedInRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Somebody who can be engaged, is already, or cannot be and why."""

    person: Person
    kind: OpinionKind
    is_engaged: bool
    obstacle: str

    @property
    def value(self) -> str:
        return f"{self.kind.value}:{self.person.pseudonym}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    title: str
    hint: str
    choices: tuple[Choice, ...]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def engage(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Tick who is to assess; each is engaged for all candidates, and told by mail."""
    case = own_case(request, pseudonym)
    groups = groups_for(case)
    context = {"case": case, "groups": groups, "mails": _mails(case, groups)}
    if request.method != "POST":
        if isinstance(denied := policies.may_engage(request.user, case), Denied):
            messages.error(request, denied.reason)
            return redirect("case", pseudonym)
        return render(request, "coordinator/engage.html", context)
    chosen = [choice for choice in _free(groups) if choice.value in request.POST.getlist("who")]
    if not chosen:
        context["sentence"] = _("Choose at least one person.")
        return render(request, "coordinator/engage.html", context, status=422)
    try:
        services.engage_all(
            actor=request.user,
            case=case,
            assessors=[(choice.person, choice.kind) for choice in chosen],
        )
    except REFUSED as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            ngettext(
                "%(number)d person is engaged, and gets a mail.",
                "%(number)d people are engaged, and each gets a mail.",
                len(chosen),
            )
            % {"number": len(chosen)},
        )
    return redirect("case", pseudonym)


def groups_for(case: Case) -> tuple[Group, Group]:
    engaged = selectors.engaged_people_of(case)
    own_roles = {Role.ASSESSOR, Role.DECIDER, Role.ORDERER}
    return (
        Group(
            title=_("The client's own assessment"),
            hint=_("It is sealed before anybody else begins, so that it can be compared."),
            choices=_choices(case, case.client, own_roles, OpinionKind.FIRST, engaged),
        ),
        Group(
            title=_("The second opinion"),
            hint=_(
                "Independent assessors, each apart from the others. Ask them first, under Find and "
                "ask assessors: then they declare their ties before they see anything."
            ),
            choices=_choices(case, case.provider, {Role.ASSESSOR}, OpinionKind.SECOND, engaged),
        ),
    )


def _choices(
    case: Case,
    organisation: Organisation,
    roles: set[Role],
    kind: OpinionKind,
    engaged: frozenset[int],
) -> tuple[Choice, ...]:
    found = []
    people = list(people_with(roles, organisation))
    tied = _tied(case, kind, people)
    certificates, instruments = certificates_at(case.provider), instruments_of(case)
    for person in people:
        decision = policies.may_give(person, case, kind)
        if decision and person.pk in tied:
            decision = Denied(policies.conflict_sentence(person))
        if decision and kind != OpinionKind.FIRST:
            decision = policies.certified_on(person, certificates, instruments)
        found.append(
            Choice(
                person=person,
                kind=kind,
                is_engaged=person.pk in engaged,
                obstacle=decision.reason if isinstance(decision, Denied) else "",
            )
        )
    return tuple(found)


def _tied(case: Case, kind: OpinionKind, people: list[Person]) -> frozenset[int]:
    """Those with a conflict of interest that nobody has cleared, in one check for all of them."""
    if kind == OpinionKind.FIRST:
        return frozenset()
    return frozenset(unresolved_in(case, people, around=selectors.around_of(case)))


def _mails(case: Case, groups: tuple[Group, ...]) -> tuple[Preview, ...]:
    """What each of those who can be engaged gets, if they are."""
    return letter_previews(LetterKind.ENGAGED, case, [choice.person for choice in _free(groups)])


def _free(groups: tuple[Group, ...]) -> Iterator[Choice]:
    for group in groups:
        yield from (one for one in group.choices if not one.obstacle and not one.is_engaged)
