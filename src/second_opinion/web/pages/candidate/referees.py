"""Whom the candidate names, and whom of them we may write to."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from second_opinion.candidates import policies, selectors, services
from second_opinion.candidates.errors import NotAskedError, WordsError
from second_opinion.candidates.models import Referee
from second_opinion.candidates.services import MOST_REFEREES, RefereeEntry
from second_opinion.candidates.states import Relation
from second_opinion.instruments.selectors import reference_of, references_of
from second_opinion.reports.selectors import to_candidates_at
from second_opinion.web.months import month_from
from second_opinion.web.pages.candidate.door import for_candidate
from second_opinion.web.pages.candidate.forms import answered
from second_opinion.web.requests import CandidateRequest


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
def referees(request: CandidateRequest) -> HttpResponse:
    return answered(
        request,
        (lambda: _do(request)) if request.method == "POST" else None,
        template="candidate/referees.html",
        context=_referees,
        leads_to="candidate_referees",
    )


def _do(request: CandidateRequest) -> None:
    act, sent = request.POST.get("act", ""), request.POST
    if act == "name":
        services.name_referee(candidacy=request.candidacy, entry=_entry(sent))
    elif act == "release":
        services.release_referee(candidacy=request.candidacy, referee=_wanted(request))
    elif act == "remove":
        services.remove_referee(candidacy=request.candidacy, referee=_wanted(request))
    else:
        raise NotAskedError(_("Choose what is to be done."))


def _entry(sent: Mapping[str, str]) -> RefereeEntry:
    relation = sent.get("relation", "")
    if relation not in Relation.values:
        raise WordsError(_("Choose what they were to you. Nothing was saved."))
    try:
        began = month_from(sent.get("began", ""), what=_("Began"))
        ended = month_from(sent["ended"], what=_("Ended")) if sent.get("ended") else None
    except ValueError as error:
        raise WordsError(str(error)) from error
    return RefereeEntry(
        name=sent.get("name", ""),
        email=sent.get("email", ""),
        language=sent.get("language", ""),
        relation=Relation(relation),
        employer=sent.get("employer", ""),
        began=began,
        ended=ended,
        is_at_present_employer=sent.get("is_at_present_employer") == "yes",
    )


def _wanted(request: CandidateRequest) -> Referee:
    pseudonym = request.POST.get("referee", "")
    for named in selectors.referees_of(request.candidacy):
        if str(named.referee.pseudonym) == pseudonym and reference_of(named.referee) is None:
            return named.referee
    raise NotAskedError(_("There is no such referee any more."))


def _referees(request: CandidateRequest) -> dict[str, Any]:
    candidacy = request.candidacy
    given = references_of([candidacy])
    by_referee = {one.reference.referee_id: one for one in given}
    is_reported = to_candidates_at(candidacy.case) is not None
    return {
        "named": [
            (one, by_referee.get(one.referee.pk)) for one in selectors.referees_of(candidacy)
        ],
        "shown": [one for one in given if is_reported and one.answer and one.answer.may_be_shown],
        "can_name": bool(policies.may_take_part(candidacy)),
        "can_release": bool(policies.may_release_referee(candidacy)),
        "relations": Relation,
        "languages": settings.LANGUAGES,
        "most": MOST_REFEREES,
    }
