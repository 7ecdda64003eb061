"""One candidate at a glance: how the opinions agree, and which source saw which criterion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from second_opinion.ingest.case_file import CriterionEntry, InstrumentKind
from second_opinion.reports.writing import drawings, names, numbers
from second_opinion.reports.writing.before_and_now import before_and_now
from second_opinion.reports.writing.blocks import Block, Heading, Table
from second_opinion.reports.writing.drawn import (
    Agreement,
    AgreementRow,
    Coverage,
    CoverageRow,
    Dot,
    Mark,
)
from second_opinion.reports.writing.subject import Subject

_DASH = "\N{EN DASH}"
Cell = Literal["seen", "not seen", "not asked"]


def at_a_glance(subject: Subject) -> Iterator[Block]:
    """Nothing where there is one criterion only: its own drawing says it all."""
    if len(subject.case.criteria) < 2 or not subject.opinions:
        return
    if any(len(_dots(subject, place)) > 1 for place in range(len(subject.case.criteria))):
        yield Heading(level=3, text=_("How far the opinions agree"))
        yield _agreement(subject)
    yield from before_and_now(subject)
    yield Heading(level=3, text=_("Who saw what"))
    yield _coverage(subject)
    yield _scores(subject)


def _agreement(subject: Subject) -> Agreement:
    case = subject.case
    rows = tuple(
        AgreementRow(name=criterion.name, dots=_dots(subject, place), note=_note(subject, place))
        for place, criterion in enumerate(case.criteria)
    )
    larger = sum(_is_surprising(subject, place) for place in range(len(case.criteria)))
    title = (
        ngettext(
            "%(candidate)s: on %(number)d criterion the opinions differ more than chance explains",
            "%(candidate)s: on %(number)d criteria the opinions differ more than chance explains",
            larger,
        )
        if larger
        else _("%(candidate)s: chance can explain every difference between the opinions")
    ) % {"candidate": names.person(subject.name), "number": larger}
    said = "; ".join(
        f"{row.name}: " + ", ".join(f"{dot.label} {dot.value_label}" for dot in row.dots)
        for row in rows
        if row.dots
    )
    return Agreement(
        title=title,
        description=_("Scores by criterion. %(scores)s.") % {"scores": said},
        scale_low=case.scale_low,
        scale_high=case.scale_high,
        bar=Mark(value=case.bar, label=_("bar %(level)s") % {"level": numbers.score(case.bar)}),
        rows=rows,
        key=_key(subject),
        ticks=drawings.ticks(case.scale_low, case.scale_high),
    )


def _dots(subject: Subject, place: int) -> tuple[Dot, ...]:
    ratings = subject.ratings_on(subject.case.criteria[place].name)
    short = names.short_of_opinions(tuple(opinion for opinion, _rating in ratings))
    return tuple(
        Dot(
            value=rating.score,
            value_label=numbers.score(rating.score),
            label=short[number],
            place=number,
        )
        for number, (_opinion, rating) in enumerate(ratings)
        if rating is not None and rating.score is not None
    )


def _is_surprising(subject: Subject, place: int) -> bool:
    return any(difference.is_surprising[place] for difference in subject.figures.differences)


def _note(subject: Subject, place: int) -> str:
    """The widest difference between two opinions, in points; a star where chance is too little."""
    values = [dot.value for dot in _dots(subject, place)]
    if len(values) < 2:
        return ""
    size = numbers.score(round(max(values) - min(values), 2))
    return f"{size}\N{ASTERISK}" if _is_surprising(subject, place) else size


def _key(subject: Subject) -> tuple[str, ...]:
    """Whose mark is whose; from the third opinion on all are diamonds."""
    words = [names.of_opinion(opinion.kind) for opinion in subject.opinions]
    marks = words[:2]
    if len(words) == 3:
        marks.append(words[2])
    if len(words) > 3:
        marks.append(_("further opinions"))
    return tuple(marks)


def _scores(subject: Subject) -> Table:
    """The figures of both drawings."""
    kinds = _kinds(subject)
    rows = tuple(
        (
            criterion.name,
            *(
                _("not observed")
                if rating is None or rating.score is None
                else numbers.score(rating.score)
                for _opinion, rating in subject.ratings_on(criterion.name)
            ),
            *(_read(subject, criterion, kind) for kind in kinds),
            _note(subject, place) or _DASH,
        )
        for place, criterion in enumerate(subject.case.criteria)
    )
    sources = _sources(subject)
    return Table(
        caption=_(
            "Scores by criterion and source, and how far apart the opinions are; * more than "
            "chance explains"
        ),
        columns=(_("Criterion"), *sources, _("apart")),
        rows=rows,
        shares=(5, *[3] * len(sources), 2),
    )


def _read(subject: Subject, criterion: CriterionEntry, kind: InstrumentKind) -> str:
    """What instruments of a kind read of a criterion."""
    read = [
        numbers.points(reading.value)
        for instrument, reading in subject.readings_on(criterion.name)
        if instrument.kind is kind
    ]
    return "; ".join(read) or _DASH


def _coverage(subject: Subject) -> Coverage:
    sources = _sources(subject)
    rows = tuple(
        CoverageRow(name=criterion.name, cells=_cells(subject, criterion))
        for criterion, _figures in subject.criteria()
    )
    unseen = tuple(row.name for row in rows if "seen" not in row.cells)
    title = (
        _("%(candidate)s: nobody saw %(criteria)s")
        % {"candidate": names.person(subject.name), "criteria": numbers.listed(unseen)}
        if unseen
        else _("%(candidate)s: every criterion was seen by somebody")
        % {"candidate": names.person(subject.name)}
    )
    words = {"seen": _("seen"), "not seen": _("not observed"), "not asked": _DASH}
    return Coverage(
        title=title,
        description=_("Criteria by sources. %(rows)s.")
        % {
            "rows": "; ".join(
                f"{row.name}: "
                + ", ".join(
                    f"{source} {words[cell]}"
                    for source, cell in zip(sources, row.cells, strict=True)
                    if cell != "not asked"
                )
                for row in rows
            )
        },
        sources=sources,
        rows=rows,
        key=(_("seen, with a score or a result"), _("looked for and not observed")),
    )


def _sources(subject: Subject) -> tuple[str, ...]:
    """Opinions, then the kinds of instruments there are."""
    return (
        *names.short_of_opinions(subject.opinions),
        *(names.of_instrument(kind) for kind in _kinds(subject)),
    )


def _kinds(subject: Subject) -> tuple[InstrumentKind, ...]:
    found = (
        instrument.kind
        for instrument in subject.case.instruments
        if instrument.candidate == subject.name
    )
    return tuple(dict.fromkeys(found))


def _cells(subject: Subject, criterion: CriterionEntry) -> tuple[Cell, ...]:
    cells: list[Cell] = [
        "seen" if rating is not None and rating.score is not None else "not seen"
        for _opinion, rating in subject.ratings_on(criterion.name)
    ]
    read = {instrument.kind for instrument, _reading in subject.readings_on(criterion.name)}
    cells += ["seen" if kind in read else "not asked" for kind in _kinds(subject)]
    return tuple(cells)
