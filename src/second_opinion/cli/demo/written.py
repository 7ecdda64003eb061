"""What the author of a made-up report writes of its candidates, in the words of a case file."""

from __future__ import annotations

from second_opinion.accounts.models import Person
from second_opinion.cases.models import Case
from second_opinion.cli.demo.content import DemoCase
from second_opinion.ingest.case_file.read_written import Known, read_written
from second_opinion.ingest.case_file.section import Section
from second_opinion.reports.selectors import case_file_of
from second_opinion.reports.services import save_draft


def write_of_candidates(content: DemoCase, case: Case, *, author: Person) -> None:
    """One save for each candidate; a source that is not there stops the demo, as it would a file.

    Raises
    ------
    CaseFileError : the content names what the case has not
    """
    case_file = case_file_of(case)
    known = Known(
        questions=case_file.open_questions,
        candidates=case_file.candidates,
        criteria=case_file.criteria,
        opinions=case_file.opinions,
        instruments=case_file.instruments,
        languages=("sv", "en"),
        language=case_file.language,
    )
    for number, table in enumerate(content.written, start=1):
        place = f"{content.reference}, [[written]] {number}"
        save_draft(actor=author, case=case, written=read_written(Section(place, table), known))
