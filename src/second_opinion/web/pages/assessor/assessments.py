"""An assessor's own assessments: what waits to be written, and what is sealed."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Denied
from second_opinion.accounts.selectors import roles_of
from second_opinion.accounts.states import Role
from second_opinion.cases import selectors as cases
from second_opinion.instruments.models import WorkSampleRating
from second_opinion.instruments.selectors import name_for_rater, ratings_of
from second_opinion.opinions import policies
from second_opinion.opinions import selectors as opinions
from second_opinion.opinions.models import Opinion
from second_opinion.panels.selectors.proposals import Standing, proposals_for
from second_opinion.reports.selectors import cases_to_write
from second_opinion.web.requests import SignedInRequest

MOST_CHARACTERS = 200  # of what is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One assessment, in the words for its assessor."""

    opinion: Opinion
    sentence: str
    due_at: datetime
    waits: bool


@never_cache
@require_safe
def assessments(request: SignedInRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:MOST_CHARACTERS]
    lines = lines_for(request.user, words=words)
    context = {
        "lines": lines,
        "to_rate": _to_rate(request.user),
        "words": words,
        "waiting_for_me": sum(line.waits for line in lines),
        "asked": _asked(request.user),
        "to_write": cases_to_write(request.user),
        "is_assessor": Role.ASSESSOR in roles_of(request.user),
    }
    return render(request, "assessor/assessments.html", context)


def _to_rate(person: Person) -> list[tuple[WorkSampleRating, str]]:
    """By case and name; of letters the order says nothing of whom was asked for first."""
    named = [(one, name_for_rater(one)) for one in ratings_of(person)]
    return sorted(named, key=lambda each: (each[0].candidacy.case_id, each[1]))


def _asked(person: Person) -> list[Standing]:
    """What they were asked and are not engaged for yet."""
    engaged = set(opinions.opinions_of(person).values_list("candidacy__case_id", flat=True))
    return [one for one in proposals_for(person) if one.proposal.case_id not in engaged]


def lines_for(person: Person, *, words: str = "") -> list[Line]:
    """What can be written now first, then what is due soonest."""
    lines = [_line(person, opinion) for opinion in opinions.opinions_of(person, words=words)]
    return sorted(lines, key=lambda line: (not line.waits, line.opinion.is_sealed, line.due_at))


def _line(person: Person, opinion: Opinion) -> Line:
    decision = policies.may_record(person, opinion)
    if isinstance(decision, Denied):
        sentence = decision.reason
    elif opinion.content is None:
        sentence = _("You have not begun yet.")
    else:
        sentence = _("You have begun; what you wrote is saved.")
    return Line(
        opinion=opinion,
        sentence=sentence,
        due_at=cases.due_at(opinion.candidacy.case),
        waits=bool(decision),
    )
