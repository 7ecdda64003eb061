"""What is written of one candidate in one language, beside what it may rest on."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.candidates.analysis.readability import NEWSPAPER, readability_of
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.selectors import remaining_candidacies_of
from second_opinion.ingest.case_file import CONCLUSIONS, WrittenEntry
from second_opinion.reports import selectors, services
from second_opinion.reports.analysis import CaseAnalysis, Conclusion
from second_opinion.reports.writing import names
from second_opinion.reports.writing.draft_page import material_on, opinions_of
from second_opinion.web.pages.author.as_it_stands import analysed, too_long
from second_opinion.web.pages.author.candidate_form import Rows, groups_of, written_from
from second_opinion.web.pages.author.progress import LANGUAGES, entry_of
from second_opinion.web.pages.author.written_case import written_case
from second_opinion.web.pages.coordinator.asking import REFUSED
from second_opinion.web.pages.reports import home_of
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_on(request: SignedInRequest, pseudonym: UUID, position: int) -> HttpResponse:
    """What is written of one candidate in one language, beside what it may rest on."""
    case = written_case(request, pseudonym)
    candidacy = get_object_or_404(remaining_candidacies_of(case), position=position)
    language = _language_of(request, case)
    if request.method != "POST":
        return _show(request, candidacy, language)
    case_file = selectors.case_file_of(case)
    entry = written_from(request.POST, case_file, candidacy.name, language)
    number = request.POST.get("based_on", "")
    try:
        services.save_draft(
            actor=request.user,
            case=case,
            written=entry,
            based_on=int(number) if number.isdigit() else None,
        )
    except REFUSED as error:
        return _show(request, candidacy, language, entry=entry, sentence=str(error))
    messages.success(request, _("Saved. Every save is kept, and nobody else reads it yet."))
    return redirect(f"{reverse('write_on', args=[pseudonym, position])}?in={language}")


def _show(
    request: SignedInRequest,
    candidacy: Candidacy,
    language: str,
    *,
    entry: WrittenEntry | None = None,
    sentence: str = "",
) -> HttpResponse:
    case = candidacy.case
    case_file, saves = selectors.case_file_of(case), selectors.saves_of(case)
    analysis = analysed(case, case_file)
    written = entry or entry_of(selectors.written_for(case), candidacy.name, language)
    others = tuple(name for name in case_file.candidates if name != candidacy.name)
    criteria = material_on(case_file, candidacy.name)
    materials = tuple(each for one in criteria for each in one.materials)
    text = "\n".join(f"{one.text} {one.condition}" for one in written.sentences)
    context = {
        "case": case,
        "home": home_of(request.user, case, author=request.user.pk),
        "candidacy": candidacy,
        "language": language,
        "other_language": "en" if language == "sv" else "sv",
        "groups": groups_of(
            written, case_file, Rows(materials=materials, language=language, others=others)
        ),
        "criteria": criteria,
        "conclusions": opinions_of(case_file, candidacy.name),
        "rule": _rule_of(analysis, candidacy),
        "too_long": too_long(case_file, analysis, language),
        "override": written.override,
        "possible_conclusions": [
            (value, names.of_conclusion(Conclusion(value))) for value in CONCLUSIONS
        ],
        "based_on": request.POST.get("based_on") or (saves[0].number if saves else 0),
        "readability": readability_of(text) if text.strip() else None,
        "newspaper": NEWSPAPER,
        "sentence": sentence,
    }
    return render(request, "writing/candidate.html", context, status=422 if sentence else 200)


def _rule_of(analysis: CaseAnalysis, candidacy: Candidacy) -> str:
    """What the rule concludes, for whoever thinks otherwise."""
    found = next(one for one in analysis.candidates if one.name == candidacy.name)
    return names.of_conclusion(found.conclusion)


def _language_of(request: SignedInRequest, case: Case) -> str:
    asked = request.POST.get("in") or request.GET.get("in") or case.language
    return asked if asked in LANGUAGES else case.language
