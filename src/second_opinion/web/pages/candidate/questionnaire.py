"""A questionnaire on the candidate's own pages: one statement on each, and no clock.

Every answer is kept as it is given, so that the same link goes on where it was left, on whatever
device. A statement can be left out, and gone back to until all is sent in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.policies import Denied
from second_opinion.candidates.writing.notice import KEPT_MONTHS
from second_opinion.instruments import policies, selectors, services
from second_opinion.instruments.analysis import FEWEST_FOR_NORMS
from second_opinion.instruments.errors import AnswerError
from second_opinion.instruments.selectors import Progress
from second_opinion.instruments.writing.language_names import name_of_language
from second_opinion.web.pages.candidate.door import for_candidate, page
from second_opinion.web.requests import CandidateRequest

LEFT_OUT = "leave_out"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its number, its words, and whether it stands there already."""

    number: int
    words: str
    is_given: bool


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
def questionnaire(request: CandidateRequest, pseudonym: UUID) -> HttpResponse:
    """What it is about and how to begin; on the way what is left; at the end the sending in."""
    progress = _progress(request, pseudonym)
    if request.method != "POST":
        return _show(request, progress)
    try:
        services.send_answers(given=progress.given)
    except (AnswerError, NotAllowedError) as error:
        return _show(request, progress, sentence=str(error))
    messages.success(request, _("Your answers have reached us. Thank you."))
    return redirect("candidate_questionnaire", pseudonym)


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
def statement(request: CandidateRequest, pseudonym: UUID, place: int) -> HttpResponse:
    """One statement: answered, left out, or gone back to."""
    progress = _progress(request, pseudonym)
    if not 1 <= place <= progress.n_items:
        raise Http404
    if isinstance(policies.may_answer(progress.given), Denied):
        return redirect("candidate_questionnaire", pseudonym)
    if request.method != "POST":
        return _show_statement(request, progress, place)
    try:
        services.answer_statement(
            given=progress.given,
            place=place,
            answer=_sent(request),
            language=request.POST.get("language", ""),
        )
    except (AnswerError, NotAllowedError) as error:
        return _show_statement(request, progress, place, sentence=str(error))
    return _onwards(pseudonym, _progress(request, pseudonym), place)


def _onwards(pseudonym: UUID, progress: Progress, place: int) -> HttpResponse:
    """To the next statement without an answer; to the end, where there is none."""
    after = range(place + 1, progress.n_items + 1)
    following = next((each for each in after if each not in progress.answered), None)
    onwards = following or progress.next_place
    if onwards is None:
        return redirect("candidate_questionnaire", pseudonym)
    return redirect("candidate_statement", pseudonym, onwards)


def _show(request: CandidateRequest, progress: Progress, *, sentence: str = "") -> HttpResponse:
    decision = policies.may_answer(progress.given)
    asked, language = progress.questionnaire, get_language() or request.candidacy.language
    context = {
        "progress": progress,
        "given": progress.given,
        "name": asked.name.in_language(language),
        "measures": [scale.measures.in_language(language) for scale in asked.scale],
        "is_demonstration": not asked.validated_in,
        "n_answered": len(progress.answered) - len(progress.left_out),
        "to_begin_in": [(code, name_of_language(code)) for code in _languages(progress, language)],
        "reason": decision.reason if isinstance(decision, Denied) else "",
        "sentence": sentence,
        "chosen": selectors.chosen_by(progress.given) if progress.sent_at else None,
        "may_be_counted": bool(policies.may_be_counted(progress.given)),
        "fewest": FEWEST_FOR_NORMS,
        "months": KEPT_MONTHS,
    }
    return page(request, "candidate/questionnaire.html", context, status=422 if sentence else 200)


def _show_statement(
    request: CandidateRequest, progress: Progress, place: int, *, sentence: str = ""
) -> HttpResponse:
    asked, language = progress.questionnaire, _language(request, progress)
    before = progress.answered.get(place)
    context = {
        "given": progress.given,
        "place": place,
        "n_items": progress.n_items,
        "language": language,
        "is_other_language": language != (get_language() or ""),
        "language_name": name_of_language(language),
        "instruction": asked.instruction.in_language(language),
        "text": asked.item[place - 1].text(language),
        "choices": [
            Choice(number, words, before is not None and before.answer == number)
            for number, words in enumerate(asked.choices[language], start=1)
        ],
        "is_last": place == progress.n_items,
        "sentence": sentence,
    }
    return page(request, "candidate/statement.html", context, status=422 if sentence else 200)


def _sent(request: CandidateRequest) -> int | None:
    if request.POST.get("act") == LEFT_OUT:
        return None
    sent = request.POST.get("answer", "")
    if not (sent.isascii() and sent.isdecimal() and len(sent) < 3):
        raise AnswerError(_("Choose one of the answers, or leave the statement out."))
    return int(sent)


def _languages(progress: Progress, own: str) -> list[str]:
    """To begin in: the candidate's own first."""
    return sorted(progress.questionnaire.languages, key=lambda code: code != own)


def _language(request: CandidateRequest, progress: Progress) -> str:
    """Fixed by the first answer; before it what the page was opened in, or the candidate's own."""
    if progress.language:
        return progress.language
    possible = _languages(progress, request.candidacy.language)
    asked = request.GET.get("language", "")
    return asked if asked in possible else possible[0]


def _progress(request: CandidateRequest, pseudonym: UUID) -> Progress:
    given = selectors.given_for(request.candidacy, pseudonym)
    return _nothing() if given is None else selectors.progress_of(given)


def _nothing() -> NoReturn:
    raise Http404
