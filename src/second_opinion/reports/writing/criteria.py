"""Criterion by criterion: each opinion, the combination, where they differ, and the evidence."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from second_opinion.ingest.case_file import (
    CriterionEntry,
    OpinionEntry,
    OpinionKind,
    RatingEntry,
)
from second_opinion.reports.analysis import CriterionAnalysis
from second_opinion.reports.writing import drawings, names, numbers, reasons
from second_opinion.reports.writing.answer import in_full
from second_opinion.reports.writing.authored import override_in_words
from second_opinion.reports.writing.document import (
    Block,
    Facts,
    Heading,
    Paragraph,
    Part,
    Quotation,
    Table,
)
from second_opinion.reports.writing.figures import table_of_whole
from second_opinion.reports.writing.overview import at_a_glance
from second_opinion.reports.writing.sources import NoteBook
from second_opinion.reports.writing.subject import Subject

_ABOVE, _BELOW = 0.75, 0.25


def candidate_in_detail(subject: Subject, book: NoteBook, *, is_alone: bool) -> Part:
    """Everything on one candidate; the answer in full too where page one was shared with others."""
    blocks: list[Block] = []
    if not is_alone:
        blocks.append(Paragraph(text=reasons.answer(subject), tone="lead"))
        blocks += [*override_in_words(subject), *in_full(subject, book)]
    blocks += _basis(subject)
    blocks += at_a_glance(subject)
    blocks += _own_words(subject)
    for place, (criterion, figures) in enumerate(subject.criteria(), start=1):
        blocks += _criterion(subject, criterion, figures, place)
    title = (
        _("Criterion by criterion")
        if is_alone
        else _("%(candidate)s, criterion by criterion") % {"candidate": names.person(subject.name)}
    )
    return Part(title=title, anchor=subject.anchor, blocks=tuple(blocks), opens_page=True)


def _basis(subject: Subject) -> Iterator[Block]:
    """What the answer rests on, in figures and in words."""
    yield Heading(level=3, text=_("What the answer rests on"), anchor=f"{subject.anchor}-basis")
    if subject.figures.has_number:
        yield table_of_whole(subject)
    yield Facts(items=reasons.facts(subject))


def _own_words(subject: Subject) -> Iterator[Block]:
    written = [opinion for opinion in subject.opinions if opinion.conclusion.strip()]
    if written:
        yield Heading(level=3, text=_("The assessors' own conclusions"))
    for opinion in written:
        yield Quotation(
            paragraphs=_paragraphs(opinion.conclusion), source=names.with_opinion(opinion)
        )


def _criterion(
    subject: Subject, criterion: CriterionEntry, figures: CriterionAnalysis, place: int
) -> Iterator[Block]:
    ratings = subject.ratings_on(criterion.name)
    yield Heading(
        level=3,
        text=_title(subject, criterion, figures),
        anchor=f"{subject.anchor}-criterion-{place}",
    )
    yield Paragraph(text=_requirement(criterion), tone="small")
    if figures.is_observed:
        scores = tuple((opinion, rating.score if rating else None) for opinion, rating in ratings)
        yield drawings.criterion(subject.case, criterion, figures, scores)
        yield _table(subject, criterion, figures, ratings)
        if any(score is not None for _opinion, score in scores):
            yield Paragraph(text=_agreement(subject, place - 1))
        yield from _sources(subject, criterion, figures)
    else:
        yield Paragraph(text=_guess(subject, figures))
    yield from _evidence(subject, ratings)
    yield from _not_observed(ratings)


def _title(subject: Subject, criterion: CriterionEntry, figures: CriterionAnalysis) -> str:
    if not figures.is_observed:
        finding = _("%(criterion)s: not observed")
    elif figures in reasons.missed_minimums(subject):
        finding = _("%(criterion)s: likely below the minimum level")
    elif figures.probability_above_bar >= _ABOVE:
        finding = _("%(criterion)s: likely above the bar")
    elif figures.probability_above_bar <= _BELOW:
        finding = _("%(criterion)s: likely below the bar")
    else:
        finding = _("%(criterion)s: too close to the bar to tell")
    return finding % {"criterion": criterion.name}


def _requirement(criterion: CriterionEntry) -> str:
    """What the criterion means, and on a line of its own what it weighs."""
    sentences = [_("Weight %(weight)s.") % {"weight": numbers.weight(criterion.weight)}]
    if criterion.minimum is not None:
        sentences.append(
            _("Minimum level %(level)s.") % {"level": numbers.score(criterion.minimum)}
        )
    lines = (criterion.definition.strip(), " ".join(sentences))
    return "\n".join(line for line in lines if line)


def _table(
    subject: Subject,
    criterion: CriterionEntry,
    figures: CriterionAnalysis,
    ratings: tuple[tuple[OpinionEntry, RatingEntry | None], ...],
) -> Table:
    rows = [
        (
            names.with_opinion(opinion),
            _("not observed")
            if rating is None or rating.score is None
            else numbers.score(rating.score),
            _level(criterion, rating),
        )
        for opinion, rating in ratings
    ]
    rows += [
        (
            instrument.name,
            numbers.reading(reading.value),
            _("give or take %(size)s; %(kind)s")
            % {
                "size": numbers.size(reading.standard_error),
                "kind": names.of_instrument(instrument.kind),
            },
        )
        for instrument, reading in subject.readings_on(criterion.name)
    ]
    rows.append((_("Combination"), _estimate(subject, figures), _standing(figures)))
    return Table(
        caption=_("%(criterion)s, in figures") % {"criterion": criterion.name},
        columns=(_("Opinion"), _("Score"), _("What it means")),
        rows=tuple(rows),
        shares=(5, 3, 7),
    )


def _level(criterion: CriterionEntry, rating: RatingEntry | None) -> str:
    """The behavioural anchor of the score, or of the nearest level that has one."""
    if rating is None or rating.score is None or not criterion.anchors:
        return "\N{EN DASH}"
    if rating.score in criterion.anchors:
        return criterion.anchors[rating.score]
    score = rating.score
    nearest = min(criterion.anchors, key=lambda level: (abs(level - score), level))
    return _("nearest described level, %(level)s: %(anchor)s") % {
        "level": numbers.score(nearest),
        "anchor": criterion.anchors[nearest],
    }


def _estimate(subject: Subject, figures: CriterionAnalysis) -> str:
    case = subject.case
    return _("%(mean)s (%(between)s)") % {
        "mean": numbers.points(min(max(figures.estimate.mean, case.scale_low), case.scale_high)),
        "between": numbers.between(figures.estimate, low=case.scale_low, high=case.scale_high),
    }


def _standing(figures: CriterionAnalysis) -> str:
    words = _("above the bar %(chances)s") % {
        "chances": numbers.chances(figures.probability_above_bar)
    }
    if figures.probability_below_minimum is None:
        return words
    return _("%(above)s; below the minimum %(chances)s") % {
        "above": words,
        "chances": numbers.chances(figures.probability_below_minimum),
    }


def _agreement(subject: Subject, place: int) -> str:
    sentences = []
    for difference in subject.figures.differences:
        size = difference.by_criterion[place]
        if size is None:
            continue
        words = {
            "other": names.person(difference.other),
            "reference": names.person(difference.reference),
            "size": numbers.size(size),
            "range": numbers.size(difference.chance_range),
        }
        if size == 0:
            sentence = _("Agree: %(other)s and %(reference)s gave the same score.")
        elif difference.is_surprising[place]:
            sentence = (
                _(
                    "Differ: %(other)s rates %(size)s above %(reference)s, more than chance can "
                    "explain, which is up to %(range)s. Read the evidence of both before relying "
                    "on either."
                )
                if size > 0
                else _(
                    "Differ: %(other)s rates %(size)s below %(reference)s, more than chance can "
                    "explain, which is up to %(range)s. Read the evidence of both before relying "
                    "on either."
                )
            )
        elif size > 0:
            sentence = _(
                "Agree within chance: %(other)s rates %(size)s above %(reference)s; "
                "chance can explain up to %(range)s."
            )
        else:
            sentence = _(
                "Agree within chance: %(other)s rates %(size)s below %(reference)s; "
                "chance can explain up to %(range)s."
            )
        sentences.append(sentence % words)
    return " ".join(sentences) or _alone(subject, place)


def _alone(subject: Subject, place: int) -> str:
    """Nothing to compare: new information where the first opinion has none, else just one."""
    figures, before = subject.figures.criteria[place], subject.figures.criteria_before
    has_first = any(one.kind is OpinionKind.FIRST for one in subject.opinions)
    rated = any(
        one.kind is OpinionKind.FIRST and rating is not None and rating.score is not None
        for one, rating in subject.ratings_on(figures.name)
    )
    if not has_first or rated or before is None:
        return _("Only one assessor rated this, so nothing can be compared.")
    moved = figures.estimate.mean - before[place]
    return _(
        "New information: the first opinion says nothing of it. What is most likely moved by "
        "%(size)s, %(direction)s what the first opinion's other ratings suggest."
    ) % {
        "size": numbers.size(moved),
        "direction": _("up from") if moved >= 0 else _("down from"),
    }


def _sources(
    subject: Subject, criterion: CriterionEntry, figures: CriterionAnalysis
) -> Iterator[Block]:
    """How many different kinds of sources speak of it, where a case has more than opinions."""
    if not subject.case.instruments:
        return
    kinds = [_("assessments")] if figures.opinions else []
    kinds += [
        names.of_instrument(instrument.kind)
        for instrument, _reading in subject.readings_on(criterion.name)
    ]
    found = tuple(dict.fromkeys(kinds))
    sentence = ngettext(
        "Seen by %(number)d source: %(sources)s.",
        "Seen by %(number)d different sources: %(sources)s.",
        len(found),
    )
    yield Paragraph(
        text=sentence % {"number": len(found), "sources": numbers.listed(found)}, tone="small"
    )


def _guess(subject: Subject, figures: CriterionAnalysis) -> str:
    return _(
        "Nobody observed this, so nothing can be said of it. In the whole it counts as the other "
        "criteria suggest, %(estimate)s; that is an assumption and no evidence."
    ) % {"estimate": _estimate(subject, figures)}


def _evidence(
    subject: Subject,
    ratings: tuple[tuple[OpinionEntry, RatingEntry | None], ...],
) -> Iterator[Block]:
    """What was noted, then who noted nothing."""
    without = []
    for opinion, rating in ratings:
        notes = tuple(note for note in rating.evidence if note.strip()) if rating else ()
        if notes:
            yield Quotation(
                paragraphs=tuple(part for note in notes for part in _paragraphs(note)),
                source=_seen_by(subject, opinion, rating),
            )
        elif rating is not None and rating.score is not None:
            without.append(names.with_opinion(opinion))
    if without:
        sentence = ngettext(
            "%(who)s: no evidence was noted for this score.",
            "%(who)s: no evidence was noted for these scores.",
            len(without),
        )
        yield Paragraph(text=sentence % {"who": "; ".join(without)}, tone="small")


def _seen_by(subject: Subject, opinion: OpinionEntry, rating: RatingEntry | None) -> str:
    """Who noted it, when, and whether it speaks for or against by the score it was given."""
    parts = [names.with_opinion(opinion)]
    if rating is not None and rating.score is not None:
        parts.append(_("speaks for") if rating.score >= subject.case.bar else _("speaks against"))
    if opinion.on is not None:
        parts.append(numbers.day(opinion.on))
    return " \N{MIDDLE DOT} ".join(parts)


def _not_observed(
    ratings: tuple[tuple[OpinionEntry, RatingEntry | None], ...],
) -> Iterator[Block]:
    for opinion, rating in ratings:
        if rating is not None and rating.score is not None:
            continue
        reason = rating.reason_not_observed.strip() if rating else ""
        yield Paragraph(
            text=_("Not observed by %(who)s: %(reason)s")
            % {"who": names.with_opinion(opinion), "reason": reason or _("no reason was given.")},
            tone="small",
        )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
