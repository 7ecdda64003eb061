"""Several finalists on the same criteria: figures beside each other, and who is probably ahead."""

from __future__ import annotations

from django.utils.translation import gettext as _

from second_opinion.reports.analysis import NotCompared
from second_opinion.reports.writing import authored, names, numbers
from second_opinion.reports.writing.blocks import Block, Heading, Paragraph, Table
from second_opinion.reports.writing.document import Part
from second_opinion.reports.writing.figures import figures_of_whole
from second_opinion.reports.writing.sources import NoteBook
from second_opinion.reports.writing.subject import Subject


def side_by_side(subjects: tuple[Subject, ...], book: NoteBook) -> Part:
    """The second chapter, where there is more than one finalist."""
    return Part(
        title=_("The finalists side by side"),
        anchor="finalists",
        blocks=(
            _wholes(subjects),
            *against_each_other(subjects, book),
            Heading(level=3, text=_("On each criterion")),
            _criteria(subjects),
            Paragraph(
                text=_(
                    "Each cell holds what is most likely, and the interval. Where intervals "
                    "overlap much, a difference is no finding."
                ),
                tone="small",
            ),
        ),
        opens_page=True,
    )


def _wholes(subjects: tuple[Subject, ...]) -> Table:
    return Table(
        caption=_("The whole of each, in figures"),
        columns=(
            _("Candidate"),
            _("The evidence"),
            _("Most likely"),
            _("Interval"),
            _("Above the bar"),
        ),
        rows=tuple(
            (
                names.person(subject.name),
                names.of_conclusion(authored.conclusion_of(subject)),
                *_shown(subject),
            )
            for subject in subjects
        ),
        numeric=(2, 3, 4),
    )


def _shown(subject: Subject) -> tuple[str, str, str]:
    if not subject.figures.has_number:
        return (_("too little known"), "\N{EN DASH}", "\N{EN DASH}")
    return figures_of_whole(subject.case, subject.figures.whole)


def _criteria(subjects: tuple[Subject, ...]) -> Table:
    case = subjects[0].case
    return Table(
        caption=_("Every criterion, by the same scale"),
        columns=(_("Criterion"), *(names.person(subject.name) for subject in subjects)),
        rows=tuple(
            (criterion.name, *(_cell(subject, place) for subject in subjects))
            for place, criterion in enumerate(case.criteria)
        ),
    )


def _cell(subject: Subject, place: int) -> str:
    case, figures = subject.case, subject.figures.criteria[place]
    if not figures.is_observed:
        return _("not observed")
    return _("%(mean)s (%(between)s)") % {
        "mean": numbers.points(min(max(figures.estimate.mean, case.scale_low), case.scale_high)),
        "between": numbers.between(figures.estimate, low=case.scale_low, high=case.scale_high),
    }


def against_each_other(subjects: tuple[Subject, ...], book: NoteBook) -> tuple[Block, ...]:
    """Who is probably best, or that it is too close to call."""
    found = subjects[0].analysis.finalists
    if found is None:
        reason = subjects[0].analysis.not_compared
        return () if reason is None else (Paragraph(text=_not_compared(reason)),)
    best = max(range(len(subjects)), key=lambda place: found.probability_best[place])
    words = {
        "candidate": names.person(subjects[best].name),
        "chances": numbers.chances(found.probability_best[best]),
        "order": numbers.chances(found.probability_order_right),
    }
    text = (
        _(
            "Too close to call: %(candidate)s is most likely the strongest on the whole, "
            "%(chances)s, which is not clear enough to say so. That the whole order is right: "
            "%(order)s."
        )
        if found.too_close_to_call
        else _(
            "%(candidate)s is most likely the strongest on the whole, %(chances)s. That the whole "
            "order is right: %(order)s."
        )
    )
    note = book.number(
        _("From the wholes of all finalists and what is uncertain in each."),
        target="finalists",
        title=_("See the finalists side by side"),
    )
    return (Paragraph(text=text % words, notes=(note,)),)


def _not_compared(reason: NotCompared) -> str:
    return {
        NotCompared.PROFILES_DIFFER: _(
            "The finalists are not set against each other: their opinions were given on different "
            "versions of the requirement profile."
        ),
        NotCompared.METHODS_DIFFER: _(
            "The finalists are not set against each other: they were not assessed by the same "
            "methods. Each stands for himself or herself."
        ),
        NotCompared.TOO_LITTLE_KNOWN: _(
            "The finalists are not set against each other: of one of them too little is known."
        ),
    }[reason]
