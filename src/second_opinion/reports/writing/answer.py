"""Page one: the answer, how sure it is, and what it rests on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from second_opinion.ingest.case_file import CaseFile
from second_opinion.reports.analysis import NotCompared, Whole
from second_opinion.reports.writing import drawings, judged, names, numbers, reasons
from second_opinion.reports.writing.document import (
    Block,
    Facts,
    Finding,
    Heading,
    Items,
    Paragraph,
    Part,
    Table,
)
from second_opinion.reports.writing.subject import Subject


def answer(case: CaseFile, subjects: tuple[Subject, ...]) -> Part:
    """The conclusion on one candidate in full, or on several side by side."""
    if len(subjects) == 1:
        (subject,) = subjects
        title = names.finding(subject.figures.conclusion, subject.name)
        blocks = _in_full(subject)
    else:
        title = _("The answer")
        blocks = _side_by_side(subjects)
    return Part(
        title=title, anchor="answer", blocks=(*blocks, *_unusual(case), *_open_questions(case))
    )


def _in_full(subject: Subject) -> tuple[Block, ...]:
    lead = Paragraph(text=reasons.answer(subject), tone="lead")
    facts = Facts(items=reasons.facts(subject))
    if not subject.figures.has_number:
        return (lead, facts)
    return (lead, drawings.whole(subject.case, subject.figures), _basis(subject), facts)


def _basis(subject: Subject) -> Table:
    """The figures of the drawing."""
    figures = subject.figures
    label = _("All opinions") if len(subject.opinions) > 1 else _("The opinion")
    rows = [_basis_row(subject.case, label, figures.whole)]
    if figures.first_alone:
        rows.insert(0, _basis_row(subject.case, _("First opinion alone"), figures.first_alone))
    return Table(
        caption=_("The whole, in figures"),
        columns=(_("From"), _("Most likely"), _("Interval"), _("Above the bar")),
        rows=tuple(rows),
        numeric=(1, 2, 3),
    )


def _basis_row(case: CaseFile, label: str, whole: Whole) -> tuple[str, ...]:
    return (label, *_figures(case, whole))


def _figures(case: CaseFile, whole: Whole) -> tuple[str, str, str]:
    low, high = case.scale_low, case.scale_high
    return (
        numbers.points(min(max(whole.estimate.mean, low), high)),
        numbers.between(whole.estimate, low=low, high=high),
        numbers.chances(whole.probability_above_bar),
    )


def _side_by_side(subjects: tuple[Subject, ...]) -> tuple[Block, ...]:
    case, rule = subjects[0].case, subjects[0].rule
    blocks: list[Block] = [
        Paragraph(
            text=_(
                "%(number)d finalists, assessed on the same criteria. The whole is on the scale "
                "%(low)s to %(high)s, the bar is %(bar)s, and %(often)s the truth lies in the "
                "interval shown."
            )
            % {
                "number": len(subjects),
                "low": numbers.score(case.scale_low),
                "high": numbers.score(case.scale_high),
                "bar": numbers.score(case.bar),
                "often": numbers.level(rule.interval_level),
            },
            tone="lead",
        )
    ]
    for subject in subjects:
        blocks += _found(subject)
    return (*blocks, _table(subjects), *_against_each_other(subjects))


def _found(subject: Subject) -> tuple[Block, ...]:
    """The conclusion on one of several, with its drawing where there is a number to draw."""
    heading = Heading(level=3, text=names.finding(subject.figures.conclusion, subject.name))
    text = f"{reasons.why(subject)} {judged.outlook_in_short(subject)}".strip()
    paragraph = Paragraph(text=text, tone="small")
    if not subject.figures.has_number:
        return (heading, paragraph)
    drawing = drawings.whole(subject.case, subject.figures)
    return (Finding(heading=heading, paragraph=paragraph, drawing=drawing),)


def _table(subjects: tuple[Subject, ...]) -> Table:
    return Table(
        caption=_("The finalists side by side"),
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
                names.of_conclusion(subject.figures.conclusion),
                *_shown(subject),
            )
            for subject in subjects
        ),
        numeric=(2, 3, 4),
    )


def _shown(subject: Subject) -> tuple[str, str, str]:
    if not subject.figures.has_number:
        return (_("too little known"), "\N{EN DASH}", "\N{EN DASH}")
    return _figures(subject.case, subject.figures.whole)


def _against_each_other(subjects: tuple[Subject, ...]) -> tuple[Block, ...]:
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
    return (Paragraph(text=text % words),)


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


def _unusual(case: CaseFile) -> tuple[Block, ...]:
    """What a reader must know of how this case was run, where it was not as usual."""
    sentences = [
        _("The criteria were changed after they had been locked. The reason given: %(reason)s")
        % {"reason": reason}
        for reason in case.profile_changes
    ]
    if case.no_first_opinion:
        sentences.append(
            _(
                "This case has no first opinion: the client gave none of its own before the "
                "second, so what the second added to it cannot be measured. The reason given: "
                "%(reason)s"
            )
            % {"reason": case.no_first_opinion}
        )
    return tuple(Paragraph(text=sentence) for sentence in sentences)


def _open_questions(case: CaseFile) -> tuple[Block, ...]:
    questions = tuple(question for question in case.open_questions if question.strip())
    if not questions:
        return ()
    has_conclusions = any(opinion.conclusion.strip() for opinion in case.opinions)
    return (
        Heading(level=3, text=_("What the client asked"), anchor="open-questions"),
        Items(items=questions, is_numbered=True),
        Paragraph(
            text=_("The assessors' own conclusions, further on, are the answers in words so far.")
            if has_conclusions
            else _("No assessor has answered these questions in writing."),
            tone="small",
        ),
    )
