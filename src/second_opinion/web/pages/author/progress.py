"""How far the writing of a report has come, for each candidate in each language."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.selectors import remaining_candidacies_of
from second_opinion.ingest.case_file import WrittenEntry
from second_opinion.reports.writing.draft_page import all_remarks, missing_in

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


def states_of(case: Case, written: tuple[WrittenEntry, ...]) -> list[OnCandidate]:
    """The case's own language always, the other where something is written in it."""
    candidacies = list(remaining_candidacies_of(case))
    everybody = tuple(one.name for one in candidacies)
    questions = tuple(question.text for question in case.open_questions.all())
    found = []
    for candidacy in candidacies:
        for language in LANGUAGES:
            entry = entry_of(written, candidacy.name, language)
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


def entry_of(written: tuple[WrittenEntry, ...], candidate: str, language: str) -> WrittenEntry:
    """What is written so far; an empty entry where nothing is."""
    for one in written:
        if (one.candidate, one.language) == (candidate, language):
            return one
    return WrittenEntry(candidate=candidate, language=language)
