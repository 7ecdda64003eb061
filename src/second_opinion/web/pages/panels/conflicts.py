"""What ties assessors to the sides of a case: shown to its coordinators, and decided by them."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.selectors import people_with
from second_opinion.accounts.states import Role
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case
from second_opinion.opinions import selectors as opinions
from second_opinion.panels import policies, selectors, services
from second_opinion.panels.errors import PanelError
from second_opinion.panels.models import Tie
from second_opinion.panels.selectors.proposals import step_words
from second_opinion.panels.services import End
from second_opinion.panels.states import RulingOutcome
from second_opinion.web.checks import checkable, checked_in, filters, look_of, page_of
from second_opinion.web.pages.coordinator.asking import REFUSED, own_case
from second_opinion.web.pages.panels.forms import CaseTieForm
from second_opinion.web.requests import SignedInRequest
from second_opinion.web.ties import line_of_tie, says_so


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conflicts(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    case, look = own_case(request, pseudonym), look_of(request.GET)
    form, sentence = None, ""
    if request.method == "POST":
        form = _sent(request, case)
        if form is None or form.is_valid():
            try:
                _act(request, case, form)
                return redirect(request.get_full_path())
            except REFUSED as error:
                sentence = str(error)
    checked = checked_in(case)
    page = page_of(checked, look, request.GET.get("page"))
    shown = [one.person for one in page]
    offered = _parties(case) | {str(person.pseudonym): person for person in shown}
    context = {
        "case": case,
        "page": page,
        "look": look,
        "filters": filters(checked, look),
        "form": _offering(form, offered),
        "ties": [
            (tie, line_of_tie(tie), says_so(tie), _words(case, tie))
            for tie in selectors.ties_told_of(case, shown)
        ],
        "rule": selectors.tie_rule_of(case.provider),
        "sentence": sentence,
        "may_decide": bool(policies.may_decide_ties(request.user, case)),
    }
    is_refused = bool(sentence) or (form is not None and bool(form.errors))
    return render(request, "panels/conflicts.html", context, status=422 if is_refused else 200)


def _words(case: Case, tie: Tie) -> str:
    """What was added in words, where it was told in this case: another's key is not asked for."""
    told_in = tie.told_in
    return step_words(told_in) if told_in and told_in.proposal.case_id == case.pk else ""


def _act(request: SignedInRequest, of_case: Case, form: CaseTieForm | None) -> None:
    match request.POST.get("act"):
        case "rule":
            _rule(request, of_case)
        case "declare" if form is not None:
            _declare(request, of_case, form)
        case "set":
            _set_rule(request, of_case)
        case _:
            raise PanelError(_("Choose what to do. Nothing was changed."))


def _rule(request: SignedInRequest, case: Case) -> None:
    around = opinions.around_of(case)
    wanted = request.POST.get("assessor")
    people = checkable(case, around).values()
    assessor = next((one for one in people if str(one.pseudonym) == wanted), None)
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
        around=around,
    )
    messages.success(request, _("Decided. It stands in the log, and nobody can take it back."))


def _declare(request: SignedInRequest, case: Case, form: CaseTieForm) -> None:
    sent = form.cleaned_data
    services.declare_tie(
        actor=request.user,
        provider=case.provider,
        one=_all_parties(case)[sent["whose"]],
        other=form.named(),
        kind=sent["kind"],
        ending=sent["ending"],
        began_on=sent["began_on"],
        ended_on=sent["ended_on"],
        source=sent["source"],
        document=sent["document"],
    )
    messages.success(request, _("Saved. The check counts it from now on."))


def _set_rule(request: SignedInRequest, case: Case) -> None:
    try:
        longest, years = (int(request.POST.get(name, "")) for name in ("longest", "years"))
    except ValueError as error:
        raise PanelError(_("Write two whole numbers. Nothing was changed.")) from error
    services.set_tie_rule(actor=request.user, provider=case.provider, longest=longest, years=years)
    messages.success(request, _("Saved. It holds for all cases from now on."))


def _sent(request: SignedInRequest, case: Case) -> CaseTieForm | None:
    """What was written of a tie, where one is entered; of anybody, whatever the list showed."""
    if request.POST.get("act") != "declare":
        return None
    return CaseTieForm(request.POST, parties=_choices(_all_parties(case)))


def _offering(form: CaseTieForm | None, offered: Mapping[str, End]) -> CaseTieForm:
    """A choice among those on the page, and whoever was chosen before: never thousands."""
    if form is None:
        return CaseTieForm(parties=_choices(offered))
    chosen = form.data.get("whose")
    form.offer([one for one in form.offered if one[0] in offered or one[0] == chosen])
    return form


def _choices(parties: Mapping[str, End]) -> list[tuple[str, str]]:
    return [(key, str(party)) for key, party in parties.items()]


def _all_parties(case: Case) -> dict[str, End]:
    assessors = people_with({Role.ASSESSOR}, case.provider)
    return _parties(case) | {str(person.pseudonym): person for person in assessors}


def _parties(case: Case) -> dict[str, End]:
    """Who is in the case itself and can have a tie to be declared."""
    first = opinions.around_of(case).first_assessors
    people = (case.orderer, *cases.deciders_of(case), *first)
    parties: dict[str, End] = {str(one.pseudonym): one for one in cases.candidacies_of(case)}
    parties[str(case.client.pseudonym)] = case.client
    return parties | {str(person.pseudonym): person for person in people}
