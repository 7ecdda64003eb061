"""Where reading the scores as steps would say something else, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from second_opinion.reports.analysis import CaseAnalysis
from second_opinion.reports.writing import names, numbers
from second_opinion.reports.writing.subject import Subject


def as_steps(subject: Subject) -> str:
    """Empty where both readings agree."""
    found = subject.figures.as_steps
    if found is None or not found.parts:
        return ""
    words = {
        "share": numbers.whole_percent(found.at_ends),
        "chances": numbers.chances(found.probability_above_bar),
        "conclusion": names.of_conclusion(found.conclusion),
    }
    first = (
        _(
            "%(share)s of the scores lie at an end of the scale. With an end score read as “that "
            "or beyond”, the probability of standing above the bar is %(chances)s."
        )
        % words
    )
    if found.conclusion is subject.figures.conclusion:
        return f"{first} " + _("The conclusion is the same.")
    return (
        f"{first} "
        + _(
            "The conclusion would be another: %(conclusion)s. It hangs on how the ends of the "
            "scale are read, so read the ratings themselves."
        )
        % words
    )


def compared(analysis: CaseAnalysis) -> str:
    """What the comparison of both readings gave, over all candidates."""
    read = [one.as_steps for one in analysis.candidates if one.as_steps is not None]
    if not read:
        return ""
    what = _(
        "The scores were also read as steps of %(step)s, an end score as “that or beyond” "
        "(the ordinal model)."
    ) % {"step": numbers.score(analysis.step)}
    if any(one.parts for one in read):
        return f"{what} " + _(
            "The two readings part; it is said of each candidate for whom, and how."
        )
    return f"{what} " + _(
        "Both readings give the same conclusions, and probabilities within five percentage points."
    )
