"""Where the opinions on one criterion differ, and whether chance explains it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from second_opinion.ingest.case_file import OpinionKind
from second_opinion.reports.writing import names, numbers
from second_opinion.reports.writing.subject import Subject


def agreement_in_words(subject: Subject, place: int) -> str:
    """A sentence for each two opinions that both rated it; place is the criterion's, from 0."""
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
