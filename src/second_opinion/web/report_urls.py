"""The addresses of reports: the client's, the candidates' own, and what is shared of one."""

from django.urls import path

from second_opinion.web.pages import brand, report_files, reports, shared, sharing
from second_opinion.web.pages.candidate import report as candidate_report

# A report, and the released one for those at the client whom its orderer lets read it.
REPORTS = [
    path("brand.css", brand.brand_styles, name="brand_styles"),
    path("reports/<uuid:pseudonym>/", reports.report, name="report"),
    path("reports/<uuid:pseudonym>/report.pdf", report_files.report_pdf, name="report_pdf"),
    path("reports/<uuid:pseudonym>/report.docx", report_files.report_word, name="report_word"),
    path(
        "reports/<uuid:pseudonym>/drawings.csv",
        report_files.report_drawings,
        name="report_drawings",
    ),
    path("reports/<uuid:pseudonym>/memo.pdf", report_files.report_memo, name="report_memo"),
    path(
        "reports/<uuid:pseudonym>/test-annex.pdf",
        report_files.report_test_annex,
        name="report_test_annex",
    ),
    path(
        "reports/<uuid:pseudonym>/oral-summary.pdf",
        report_files.report_oral_summary,
        name="report_oral_summary",
    ),
    path("reports/<uuid:pseudonym>/report.json", reports.report_json, name="report_json"),
    path(
        "reports/<uuid:pseudonym>/getting-started/",
        reports.getting_started,
        name="getting_started",
    ),
    path(
        "reports/<uuid:pseudonym>/getting-started.pdf",
        reports.getting_started_pdf,
        name="getting_started_pdf",
    ),
    path("reports/<uuid:pseudonym>/shares/", sharing.shares, name="shares"),
    path("shared/", shared.shared_report, name="shared_report"),
    path("shared/report.pdf", shared.shared_pdf, name="shared_pdf"),
    path("shared/code/", shared.shared_code, name="shared_code"),
    path("shared/<str:token>/", shared.shared_link, name="shared_link"),
    path(
        "reports/<uuid:pseudonym>/candidates/<int:position>/",
        reports.candidate_version,
        name="candidate_version",
    ),
    path(
        "reports/<uuid:pseudonym>/candidates/<int:position>/report.pdf",
        report_files.candidate_version_pdf,
        name="candidate_version_pdf",
    ),
    path(
        "reports/<uuid:pseudonym>/candidates/<int:position>/report.docx",
        report_files.candidate_version_word,
        name="candidate_version_word",
    ),
    path(
        "reports/<uuid:pseudonym>/candidates/<int:position>/explanation.pdf",
        report_files.candidate_version_explanation,
        name="candidate_version_explanation",
    ),
]

# The candidate's own, behind a personal link.
OWN_REPORT = [
    path("candidate/report/", candidate_report.report, name="candidate_report"),
    path("candidate/report/report.pdf", candidate_report.report_pdf, name="candidate_report_pdf"),
    path(
        "candidate/report/report.docx", candidate_report.report_word, name="candidate_report_word"
    ),
    path(
        "candidate/report/explanation.pdf",
        candidate_report.explanation,
        name="candidate_explanation",
    ),
]
