"""What ties assessors to the sides of a case: shown to its coordinators, and decided by them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import people_with
from second_opinion.accounts.states import Role
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case
from second_opinion.opinions import selectors as opinions
from second_opinion.panels import policies, selectors, services
from second_opinion.panels.analysis import Conflict, conflicts_of
from second_opinion.panels.errors import PanelError
from second_opinion.panels.services import End
from second_opinion.panels.states import RulingOutcome
from second_opinion.web.pages.coordinator.asking import REFUSED, own_case
from second_opinion.web.pages.panels.forms import CaseTieForm
from second_opinion.web.requests import SignedInRequest
from second_opinion.web.ties import Told, line_of_tie, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One assessor: what is still to be decided, and what has been."""

    person: Person
    open: tuple[Told, ...]
    decided: tuple[tuple[Told, str], ...]  # with the reason of the decision

    @property
    def sentence(self) -> str:
        upheld = [each for each, _reason in self.decided if not each.conflict.is_resolved]
        if upheld:
            return _("A conflict of interest: cannot be engaged.")
        if self.open:
            return _("Cannot be engaged before this is decided.")
        return _("Nothing stands in the way.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conflicts(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    case = own_case(request, pseudonym)
    is_declared = request.POST.get("act") == "declare"
    form = CaseTieForm(request.POST if is_declared else None, parties=_choices(case))
    sentence = ""
    if request.method == "POST" and (not is_declared or form.is_valid()):
        try:
            _act(request, case, form)
            return redirect("conflicts", pseudonym)
        except REFUSED as error:
            sentence = str(error)
    context = {
        "case": case,
        "checked": checked_in(case),
        "form": form,
        "ties": [(tie, line_of_tie(tie)) for tie in selectors.ties_told_of(case)],
        "rule": selectors.tie_rule_of(case.provider),
        "sentence": sentence,
        "may_decide": bool(policies.may_decide_ties(request.user, case)),
    }
    status = 422 if sentence or form.errors else 200
    return render(request, "panels/conflicts.html", context, status=status)


def checked_in(case: Case) -> list[Checked]:
    """Every assessor of the provider and everybody engaged; those with something open first."""
    people = {one.pk: one for one in people_with({Role.ASSESSOR}, case.provider)}
    around = opinions.around_of(case)
    engaged = opinions.assessors_of(case).exclude(pk__in=[one.pk for one in around.first_assessors])
    people |= {one.pk: one for one in engaged}
    found: dict[int, list[Conflict]] = {key: [] for key in people}
    for conflict in conflicts_of(case, people.values(), around=around):
        found[conflict.assessor.pk].append(conflict)
    checked = [_checked(person, found[key]) for key, person in people.items()]
    return sorted(checked, key=lambda one: (not one.open, one.person.name))


def _checked(person: Person, found: list[Conflict]) -> Checked:
    return Checked(
        person=person,
        open=tuple(told(one) for one in found if one.ruling is None),
        decided=tuple(
            (told(one), selectors.reason_of(one.ruling)) for one in found if one.ruling is not None
        ),
    )


def _act(request: SignedInRequest, of_case: Case, form: CaseTieForm) -> None:
    match request.POST.get("act"):
        case "rule":
            _rule(request, of_case)
        case "declare":
            _declare(request, of_case, form)
        case "set":
            _set_rule(request, of_case)
        case _:
            raise PanelError(_("Choose what to do. Nothing was changed."))


def _rule(request: SignedInRequest, case: Case) -> None:
    assessor = next(
        (one.person for one in checked_in(case) if _is(one.person, request.POST.get("assessor"))),
        None,
    )
    if assessor is None:
        raise PanelError(_("That person is no assessor here any more."))
    services.rule_on_conflict(
        actor=request.user,
        case=case,
        assessor=assessor,
        finding=request.POST.get("finding", ""),
        outcome=RulingOutcome.CLEARED
        if request.POST.get("outcome") == RulingOutcome.CLEARED
        else RulingOutcome.UPHELD,
        reason=request.POST.get("reason", ""),
        around=opinions.around_of(case),
    )
    messages.success(request, _("Decided. It stands in the log, and nobody can take it back."))


def _declare(request: SignedInRequest, case: Case, form: CaseTieForm) -> None:
    sent = form.cleaned_data
    services.declare_tie(
        actor=request.user,
        provider=case.provider,
        one=_parties(case)[sent["whose"]],
        other=form.named(),
        kind=sent["kind"],
        ending=sent["ending"],
        ended_on=sent["ended_on"],
        source=sent["source"],
    )
    messages.success(request, _("Saved. The check counts it from now on."))


def _set_rule(request: SignedInRequest, case: Case) -> None:
    try:
        longest, years = (int(request.POST.get(name, "")) for name in ("longest", "years"))
    except ValueError as error:
        raise PanelError(_("Write two whole numbers. Nothing was changed.")) from error
    services.set_tie_rule(actor=request.user, provider=case.provider, longest=longest, years=years)
    messages.success(request, _("Saved. It holds for all cases from now on."))


def _is(person: Person, pseudonym: str | None) -> bool:
    return str(person.pseudonym) == pseudonym


def _choices(case: Case) -> list[tuple[str, str]]:
    return [(key, str(party)) for key, party in _parties(case).items()]


def _parties(case: Case) -> dict[str, End]:
    """Everybody in the case who can have a tie to be declared."""
    people = (
        case.orderer,
        *cases.deciders_of(case),
        *opinions.around_of(case).first_assessors,
        *people_with({Role.ASSESSOR}, case.provider),
    )
    parties: dict[str, End] = {str(one.pseudonym): one for one in cases.candidacies_of(case)}
    parties[str(case.client.pseudonym)] = case.client
    return parties | {str(person.pseudonym): person for person in people}
