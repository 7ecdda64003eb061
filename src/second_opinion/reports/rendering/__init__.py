"""The report in each of its forms, all from one document object."""

from __future__ import annotations

from datetime import date

from second_opinion.ingest.case_file import CaseFile
from second_opinion.reports.analysis import CaseAnalysis
from second_opinion.reports.rendering.drawing_data import csv_of
from second_opinion.reports.rendering.figures import figures_of as report_figures
from second_opinion.reports.rendering.page import page_context, page_of
from second_opinion.reports.rendering.page_one import pages_of_answer
from second_opinion.reports.rendering.pdf import pdf_of
from second_opinion.reports.rendering.word import word_of
from second_opinion.reports.writing import write_document

__all__ = [
    "csv_of",
    "page_context",
    "page_of",
    "pages_of_answer",
    "pdf_of",
    "render_page",
    "render_pdf",
    "report_figures",
    "word_of",
]


def render_pdf(case: CaseFile, analysis: CaseAnalysis, *, language: str, issued_on: date) -> bytes:
    """The report as a tagged PDF."""
    return pdf_of(write_document(case, analysis, language=language, issued_on=issued_on))


def render_page(case: CaseFile, analysis: CaseAnalysis, *, language: str, issued_on: date) -> str:
    """The report as one HTML file."""
    return page_of(write_document(case, analysis, language=language, issued_on=issued_on))
