"""The figures of a whole, as the cells of a table."""

from __future__ import annotations

from django.utils.translation import gettext as _

from second_opinion.ingest.case_file import CaseFile
from second_opinion.reports.analysis import Whole
from second_opinion.reports.writing import numbers
from second_opinion.reports.writing.blocks import Table
from second_opinion.reports.writing.subject import Subject


def figures_of_whole(case: CaseFile, whole: Whole) -> tuple[str, str, str]:
    """Most likely, interval, and probability above the bar."""
    low, high = case.scale_low, case.scale_high
    return (
        numbers.points(min(max(whole.estimate.mean, low), high)),
        numbers.between(whole.estimate, low=low, high=high),
        numbers.chances(whole.probability_above_bar),
    )


def table_of_whole(subject: Subject) -> Table:
    """The figures of the drawing on page one: with all opinions, and with the first alone."""
    figures, case = subject.figures, subject.case
    label = _("All opinions") if len(subject.opinions) > 1 else _("The opinion")
    rows = [(label, *figures_of_whole(case, figures.whole))]
    if figures.first_alone:
        rows.insert(0, (_("First opinion alone"), *figures_of_whole(case, figures.first_alone)))
    return Table(
        caption=_("The whole, in figures"),
        columns=(_("From"), _("Most likely"), _("Interval"), _("Above the bar")),
        rows=tuple(rows),
        numeric=(1, 2, 3),
    )
