"""After the opening: every opinion side by side, what is said of them, and revised ratings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.policies import Denied, require
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Candidacy, Case, Criterion
from second_opinion.opinions import policies, services
from second_opinion.opinions import selectors as opinions
from second_opinion.opinions.errors import OpinionError
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.selectors import View
from second_opinion.reports import selectors as reports
from second_opinion.reports.policies import may_write_draft
from second_opinion.web.mails import discussion_preview
from second_opinion.web.pages.assessor.sheet import entry_from, part_of
from second_opinion.web.requests import SignedInRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A criterion in the overview; `apart` is between the highest and the lowest sealed score."""

    criterion: Criterion
    views: tuple[View, ...]
    said: int
    apart: float


@dataclass(frozen=True, slots=True)
class Chapter:
    candidacy: Candidacy
    lines: tuple[Line, ...]


@never_cache
@require_safe
def discussion(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """All criteria of all candidates, for those who sealed an opinion and who run the case."""
    case = opinions.case_known_to(request.user, pseudonym)
    if case is None:
        raise Http404
    require(policies.may_read_discussion(request.user, case))
    if reports.must_answer_first(request.user, case):
        return redirect("quick_answers", case.pseudonym)
    context = {
        "case": case,
        "chapters": _chapters(request, case),
        "may_write": bool(may_write_draft(request.user, case)),
        "signed": reports.reports_of(case, person=request.user),
    }
    return render(request, "discussion/overview.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: SignedInRequest, pseudonym: UUID, position: int) -> HttpResponse:
    """One criterion of one candidate: what each opinion says, then what was said of it."""
    candidacy, criterion = _subject(request, pseudonym, position)
    sentence = ""
    if request.method == "POST":
        try:
            services.add_remark(
                actor=request.user,
                candidacy=candidacy,
                criterion=criterion,
                words=request.POST.get("words", ""),
            )
        except (OpinionError, NotAllowedError) as error:
            sentence = str(error)
        else:
            return redirect(f"{_address(candidacy, criterion)}#said")
    context = _thread_context(request, candidacy, criterion)
    context |= {"sentence": sentence, "words": request.POST.get("words", "")}
    return render(request, "discussion/thread.html", context, status=422 if sentence else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revise_rating(request: SignedInRequest, pseudonym: UUID, position: int) -> HttpResponse:
    """A new version of one's own rating, with a reason; the sealed one stays beside it."""
    candidacy, criterion = _subject(request, pseudonym, position)
    opinion = _own_opinion(request, candidacy)
    given_at = reports.to_candidates_at(candidacy.case)
    decision = policies.may_revise(request.user, opinion, report_given_at=given_at)
    if isinstance(decision, Denied):
        raise PermissionDenied(decision.reason)
    rating = opinions.rating_as_it_stands(opinion, criterion.name)
    sentence = ""
    if request.method == "POST":
        rating = entry_from(request.POST, criterion.name)
        try:
            services.revise_rating(
                actor=request.user,
                opinion=opinion,
                rating=rating,
                reason=request.POST.get("reason", ""),
                report_given_at=given_at,
            )
        except (OpinionError, NotAllowedError) as error:
            sentence = str(error)
        else:
            return redirect(f"{_address(candidacy, criterion)}#said")
    context = {
        "case": candidacy.case,
        "candidacy": candidacy,
        "part": part_of(criterion, rating, opinion),
        "reason": request.POST.get("reason", ""),
        "sentence": sentence,
    }
    return render(request, "discussion/revise.html", context, status=422 if sentence else 200)


def _subject(
    request: SignedInRequest, pseudonym: UUID, position: int
) -> tuple[Candidacy, Criterion]:
    candidacy = opinions.candidacy_known_to(request.user, pseudonym)
    if candidacy is None:
        raise Http404
    require(policies.may_read_discussion(request.user, candidacy.case))
    if reports.must_answer_first(request.user, candidacy.case):
        raise PermissionDenied(_("Say first, in one click each, what you would have done today."))
    criteria = cases.criteria_of(candidacy.case)
    criterion = next((one for one in criteria if one.position == position), None)
    if criterion is None:
        raise Http404
    return candidacy, criterion


def _own_opinion(request: SignedInRequest, candidacy: Candidacy) -> Opinion:
    own = opinions.opinions_of(request.user).filter(candidacy=candidacy).first()
    if own is None:
        raise PermissionDenied(_("Only who sealed a rating revises it."))
    return own


def _chapters(request: SignedInRequest, case: Case) -> list[Chapter]:
    views = opinions.views_in(case, person=request.user)
    said = opinions.number_said(case)
    criteria = cases.criteria_of(case)
    return [
        Chapter(
            candidacy,
            tuple(
                _line(
                    criterion,
                    views.get((candidacy.pk, criterion.pk), []),
                    said.get((candidacy.pk, criterion.pk), 0),
                )
                for criterion in criteria
            ),
        )
        for candidacy in cases.remaining_candidacies_of(case)
    ]


def _line(criterion: Criterion, views: list[View], said: int) -> Line:
    scores = [one.rating.score for one in views if one.rating and one.rating.score is not None]
    apart = max(scores) - min(scores) if scores else 0.0
    return Line(criterion=criterion, views=tuple(views), said=said, apart=apart)


def _thread_context(
    request: SignedInRequest, candidacy: Candidacy, criterion: Criterion
) -> dict[str, Any]:
    case = candidacy.case
    views = opinions.views_in(case, person=request.user).get((candidacy.pk, criterion.pk), [])
    given_at = reports.to_candidates_at(case)
    own = next((one.opinion for one in views if one.opinion.assessor_id == request.user.pk), None)
    decision = policies.may_discuss(request.user, candidacy)
    return {
        "case": case,
        "candidacy": candidacy,
        "criterion": criterion,
        "views": views,
        "said": opinions.contributions_to(candidacy, criterion),
        "can_discuss": bool(decision),
        "mails": [discussion_preview(case, request.user.language)],
        "obstacle": decision.reason if isinstance(decision, Denied) else "",
        "own": own,
        "revising": policies.may_revise(request.user, own, report_given_at=given_at)
        if own
        else None,
    }


def _address(candidacy: Candidacy, criterion: Criterion) -> str:
    return reverse("thread", args=[candidacy.pseudonym, criterion.position])
