"""One criterion: the finding as its title, what it requires, figures, sources and evidence."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from second_opinion.ingest.case_file import CriterionEntry
from second_opinion.reports.analysis import CriterionAnalysis
from second_opinion.reports.writing import drawings, names, numbers, reasons
from second_opinion.reports.writing.blocks import Block, Heading, Paragraph
from second_opinion.reports.writing.criterion.agreement import agreement_in_words
from second_opinion.reports.writing.criterion.evidence import evidence_on, not_observed
from second_opinion.reports.writing.criterion.table import estimate_in_words, table_of
from second_opinion.reports.writing.subject import Subject

_ABOVE, _BELOW = 0.75, 0.25


def criterion_section(
    subject: Subject, criterion: CriterionEntry, figures: CriterionAnalysis, place: int
) -> Iterator[Block]:
    """All of it; place is the criterion's in the profile, from 1."""
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
        yield table_of(subject, criterion, figures, ratings)
        if any(score is not None for _opinion, score in scores):
            yield Paragraph(text=agreement_in_words(subject, place - 1))
        yield from _sources(subject, criterion, figures)
    else:
        yield Paragraph(text=_guess(subject, figures))
    yield from evidence_on(subject, ratings)
    yield from not_observed(ratings)


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
    ) % {"estimate": estimate_in_words(subject, figures)}
