"""What `second-opinion opine` can write, each from one case and its figures.

Imports stand inside the functions: the rooms exist for Django only after start_django, and
`--help` must not wait for the PDF's compiler.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from second_opinion.cli.output import as_json
from second_opinion.ingest.case_file import CaseFile

if TYPE_CHECKING:
    from second_opinion.reports.analysis import CaseAnalysis
    from second_opinion.reports.writing import ReportDocument


@dataclass(frozen=True, slots=True)
class Report:
    """What every output is made from."""

    case: CaseFile
    analysis: CaseAnalysis
    language: str
    issued_on: date

    def written(self, write: Callable[..., ReportDocument], **more: str) -> ReportDocument:
        """A document of the case by one of the writers."""
        return write(
            self.case, self.analysis, language=self.language, issued_on=self.issued_on, **more
        )


Maker = Callable[[Report], bytes]


def figures(report: Report) -> Mapping[str, Any]:
    from second_opinion.reports.rendering import report_figures

    return report_figures(report.case, report.analysis)


def _pdf(report: Report) -> bytes:
    from second_opinion.reports.rendering import pdf_of
    from second_opinion.reports.writing import write_document

    return pdf_of(report.written(write_document))


def _page(report: Report) -> bytes:
    from second_opinion.reports.rendering import page_of
    from second_opinion.reports.writing import write_document

    return page_of(report.written(write_document)).encode()


def _word(report: Report) -> bytes:
    from second_opinion.reports.rendering import word_of
    from second_opinion.reports.writing import write_document

    return word_of(report.written(write_document))


def _drawings(report: Report) -> bytes:
    from second_opinion.reports.rendering import csv_of
    from second_opinion.reports.writing import write_document

    return csv_of(report.written(write_document))


def _started(report: Report) -> bytes:
    from second_opinion.reports.rendering import pdf_of
    from second_opinion.reports.writing import write_getting_started

    return pdf_of(report.written(write_getting_started))


def _memo(report: Report) -> bytes:
    from second_opinion.reports.rendering import pdf_of
    from second_opinion.reports.writing import write_memo

    return pdf_of(report.written(write_memo))


def _annex(report: Report) -> bytes:
    from second_opinion.reports.rendering import pdf_of
    from second_opinion.reports.writing import write_test_annex

    return pdf_of(report.written(write_test_annex))


def _oral_summary(report: Report) -> bytes:
    from second_opinion.reports.rendering import pdf_of
    from second_opinion.reports.writing import write_oral_summary

    return pdf_of(report.written(write_oral_summary))


def json_of(report: Report) -> bytes:
    return as_json(figures(report))


# By the name of their option, with its help.
OUTPUTS: dict[str, tuple[Maker, str]] = {
    "html": (_page, "Write the report as a page here."),
    "word": (_word, "Write the report as a working copy for Word (.docx) here."),
    "drawings": (_drawings, "Write the numbers of all drawings here, as CSV."),
    "getting-started": (_started, "Write advice on getting started here, a PDF of its own."),
    "memo": (_memo, "Write a memo that compares merits by facts here, as a PDF."),
    "test-annex": (_annex, "Write the memo's annex with results of tests here, as a PDF."),
    "oral-summary": (_oral_summary, "Write one page to speak from here, as a PDF."),
}
PDF = _pdf


def candidate_files(case: CaseFile, folder: Path) -> list[tuple[Path, Maker]]:
    """For each candidate, numbered in the case file's order, so that no name is in a file's."""
    return [made for place in range(len(case.candidates)) for made in _of_one(place, folder)]


def _of_one(place: int, folder: Path) -> Iterator[tuple[Path, Maker]]:
    def version(report: Report) -> ReportDocument:
        from second_opinion.reports.writing import write_for_candidate

        return report.written(write_for_candidate, candidate=report.case.candidates[place])

    def pdf(report: Report) -> bytes:
        from second_opinion.reports.rendering import pdf_of

        return pdf_of(version(report))

    def word(report: Report) -> bytes:
        from second_opinion.reports.rendering import word_of

        return word_of(version(report))

    def explanation(report: Report) -> bytes:
        from second_opinion.reports.rendering import pdf_of
        from second_opinion.reports.writing import write_explanation

        one = report.case.candidates[place]
        return pdf_of(report.written(write_explanation, candidate=one))

    number = place + 1
    yield folder / f"candidate-{number}.pdf", pdf
    yield folder / f"candidate-{number}.docx", word
    yield folder / f"candidate-{number}-explanation.pdf", explanation
