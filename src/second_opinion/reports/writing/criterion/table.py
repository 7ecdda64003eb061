"""One criterion in figures: each opinion, each instrument, and the combination."""

from __future__ import annotations

from django.utils.translation import gettext as _

from second_opinion.ingest.case_file import CriterionEntry, OpinionEntry, RatingEntry
from second_opinion.reports.analysis import CriterionAnalysis
from second_opinion.reports.writing import names, numbers
from second_opinion.reports.writing.blocks import Table
from second_opinion.reports.writing.subject import Subject


def table_of(
    subject: Subject,
    criterion: CriterionEntry,
    figures: CriterionAnalysis,
    ratings: tuple[tuple[OpinionEntry, RatingEntry | None], ...],
) -> Table:
    """Row by row what each said, and what the number means."""
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
    rows.append((_("Combination"), estimate_in_words(subject, figures), _standing(figures)))
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


def estimate_in_words(subject: Subject, figures: CriterionAnalysis) -> str:
    """What is most likely, and the interval around it, within the scale."""
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
