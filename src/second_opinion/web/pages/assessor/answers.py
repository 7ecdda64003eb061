"""A candidate's answers to questionnaires, for the assessors who meet them: what to ask about.

No score on any criterion stands here: what was scored is opened with the opinions.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from second_opinion.accounts.policies import require
from second_opinion.instruments.selectors import sent_in_by
from second_opinion.instruments.writing.answers import answers_in_words
from second_opinion.opinions import policies
from second_opinion.web.pages.assessor.workspace import own_opinion
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_safe
def answers(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    opinion = own_opinion(request, pseudonym)
    require(policies.may_read_answers(request.user, opinion))
    language = get_language() or "sv"
    found = [
        answers_in_words(progress, language=language) for progress in sent_in_by(opinion.candidacy)
    ]
    return render(request, "assessor/answers.html", {"opinion": opinion, "found": found})
