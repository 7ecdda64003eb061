"""Writing a report: what its author writes of each candidate, what changed, and signing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.accounts.policies import require
from second_opinion.candidates.analysis.readability import NEWSPAPER, readability_of
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.selectors import remaining_candidacies_of
from second_opinion.cases.states import LetterKind
from second_opinion.ingest.case_file import CONCLUSIONS, CaseFile, WrittenEntry
from second_opinion.reports import policies, selectors, services
from second_opinion.reports.analysis import (
    CaseAnalysis,
    Conclusion,
    analyse_stored,
    method_of,
)
from second_opinion.reports.rendering import page_context, pages_of_answer
from second_opinion.reports.writing import ReportDocument, names, write_document
from second_opinion.reports.writing.draft_page import (
    all_remarks,
    material_on,
    missing_in,
    opinions_of,
)
from second_opinion.web.mails import letter_previews
from second_opinion.web.pages.coordinator.asking import REFUSED, Question, ask_first
from second_opinion.web.pages.reports import home_of
from second_opinion.web.pages.writing_form import Rows, groups_of, written_from
from second_opinion.web.requests import SignedInRequest

LANGUAGES = ("sv", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCandidate:
    """How far the writing on one candidate has come, in one language."""

    candidacy: Candidacy
    language: str
    sentences: int
    missing: tuple[str, ...]
    remarks: int
    address: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def writing(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """The whole of it: how far, what changed, who signs. POST names the author."""
    case = written_case(request, pseudonym)
    if request.method == "POST":
        return _name_author(request, case)
    saves = selectors.saves_of(case)
    written = selectors.written_for(case)
    newest = case.report_versions.order_by("number").last()
    since = request.GET.get("since", "")
    before = next((one for one in saves if str(one.number) == since), None)
    possible = selectors.possible_authors(case)
    context = {
        "case": case,
        "home": home_of(request.user, case, author=request.user.pk),
        "states": _states(case, written),
        "saves": saves,
        "too_long": _too_long_in(case),
        "newest": newest,
        "since": before,
        "changed": selectors.changes_between(
            () if len(saves) < 2 and before is None else selectors.written_in(before or saves[1]),
            written,
        )
        if saves
        else [],
        "changed_since_signed": None
        if newest is None
        else selectors.changes_between(selectors.written_in_version(newest), written),
        "author": selectors.named_author(case),
        "possible_authors": possible,
        "mails": letter_previews(LetterKind.AUTHOR, case, possible, author=request.user),
        "signed": selectors.reports_of(case, person=request.user),
        "may_name": bool(policies.may_name_author(request.user, case)),
        "may_sign": policies.may_sign_report(request.user, case),
    }
    return render(request, "writing/overview.html", context)


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


@never_cache
@require_safe
def report_preview(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """The report as it would be signed now."""
    case = written_case(request, pseudonym)
    case_file = selectors.case_file_of(case)
    document = _as_it_stands(case_file, _analysed(case, case_file), get_language())
    context = {"case": case, "home": home_of(request.user, case, author=request.user.pk)}
    return render(request, "writing/preview.html", context | page_context(document))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_report(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Signing freezes all that the report is made from; the page says first what is missing."""
    case = written_case(request, pseudonym)
    return ask_first(
        request,
        case,
        lambda _reason: services.sign_report(actor=request.user, case=case),
        may=lambda: policies.may_sign_report(request.user, case),
        question=_about_signing,
        said=_("The report is signed. Only its author and the coordinators see it yet."),
        onward="writing",
    )


def written_case(request: SignedInRequest, pseudonym: UUID) -> Case:
    """A case whose report the reader writes, 404 for others; 403 with the reason when not now."""
    case = selectors.case_written_by(request.user, pseudonym)
    if case is None:
        raise Http404
    require(policies.may_write_draft(request.user, case))
    return case


def _name_author(request: SignedInRequest, case: Case) -> HttpResponse:
    chosen = request.POST.get("author", "")
    author = next(
        (one for one in selectors.possible_authors(case) if str(one.pseudonym) == chosen), None
    )
    try:
        services.name_author(actor=request.user, case=case, author=author)
    except REFUSED as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is noted who writes and signs this report."))
    return redirect("writing", case.pseudonym)


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
    analysis = _analysed(case, case_file)
    written = entry or _entry(selectors.written_for(case), candidacy.name, language)
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
        "too_long": _too_long(case_file, analysis, language),
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


def _analysed(case: Case, case_file: CaseFile) -> CaseAnalysis:
    return analyse_stored(case_file, method_of(case_file, selectors.earlier_opinions(case)))


def _as_it_stands(
    case_file: CaseFile, analysis: CaseAnalysis, language: str | None
) -> ReportDocument:
    """The report as it would be signed today."""
    return write_document(
        case_file,
        analysis,
        language=language or case_file.language,
        issued_on=timezone.localdate(),
    )


def _too_long(case_file: CaseFile, analysis: CaseAnalysis, language: str) -> str:
    """That the answer does not fit on its page, in one language; empty where it does."""
    if not case_file.written:
        return ""
    pages = pages_of_answer(_as_it_stands(case_file, analysis, language))
    if pages == 1:
        return ""
    sentence = {
        "sv": _(
            "In Swedish the answer takes %(pages)d pages and is to stand on one. Shorten what is "
            "written, or take a sentence out."
        ),
        "en": _(
            "In English the answer takes %(pages)d pages and is to stand on one. Shorten what is "
            "written, or take a sentence out."
        ),
    }[language]
    return sentence % {"pages": pages}


def _too_long_in(case: Case) -> list[str]:
    """In the case's language, and in every other that somebody wrote in."""
    case_file = selectors.case_file_of(case)
    if not case_file.written:
        return []
    analysis = _analysed(case, case_file)
    languages = dict.fromkeys((case.language, *(one.language for one in case_file.written)))
    said = (_too_long(case_file, analysis, language) for language in languages)
    return [sentence for sentence in said if sentence]


def _rule_of(analysis: CaseAnalysis, candidacy: Candidacy) -> str:
    """What the rule concludes, for whoever thinks otherwise."""
    found = next(one for one in analysis.candidates if one.name == candidacy.name)
    return names.of_conclusion(found.conclusion)


def _entry(written: tuple[WrittenEntry, ...], candidate: str, language: str) -> WrittenEntry:
    for one in written:
        if (one.candidate, one.language) == (candidate, language):
            return one
    return WrittenEntry(candidate=candidate, language=language)


def _language_of(request: SignedInRequest, case: Case) -> str:
    asked = request.POST.get("in") or request.GET.get("in") or case.language
    return asked if asked in LANGUAGES else case.language


def _states(case: Case, written: tuple[WrittenEntry, ...]) -> list[OnCandidate]:
    """The case's own language always, the other where something is written in it."""
    candidacies = list(remaining_candidacies_of(case))
    everybody = tuple(one.name for one in candidacies)
    questions = tuple(question.text for question in case.open_questions.all())
    found = []
    for candidacy in candidacies:
        for language in LANGUAGES:
            entry = _entry(written, candidacy.name, language)
            if entry.is_empty and language != case.language:
                continue
            others = tuple(name for name in everybody if name != candidacy.name)
            address = reverse("write_on", args=[case.pseudonym, candidacy.position])
            found.append(
                OnCandidate(
                    candidacy=candidacy,
                    language=language,
                    sentences=len(entry.sentences),
                    missing=missing_in(entry, questions),
                    remarks=len(all_remarks(entry, others=others)),
                    address=f"{address}?in={language}",
                )
            )
    return found


def _about_signing(case: Case) -> Question:
    states = _states(case, selectors.written_for(case))
    missing = [
        _("On %(candidate)s the report says that this is missing: %(missing)s.")
        % {"candidate": one.candidacy, "missing": ", ".join(one.missing)}
        for one in states
        if one.missing and one.language == case.language
    ]
    return Question(
        title=_("Sign the report: %(reference)s") % {"reference": case.reference},
        lead=_("You answer for what is written. Signing fixes it, with a hash in the log."),
        consequences=(
            _("It becomes a version that nobody can change; what is written later is a new one."),
            *missing,
            *_too_long_in(case),
            _("Nobody but the author and the coordinators reads it until it is given out."),
        ),
        button=_("Sign the report"),
    )
