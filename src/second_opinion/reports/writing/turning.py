"""What would change the conclusion, in sentences with its size."""

from __future__ import annotations

from django.utils.translation import gettext as _

from second_opinion.reports.analysis import Conclusion, Turn
from second_opinion.reports.writing import names, numbers
from second_opinion.reports.writing.subject import Subject


def what_would_change(subject: Subject) -> str:
    """Of the rule's conclusion; where too little is known, what has to be found out first."""
    turning = subject.figures.turning
    if turning is None:
        return _too_little(subject)
    sentences = [_further(subject, turn) for turn in turning.further]
    if not sentences:
        sentences = [
            _("One more opinion would not change it, whatever it said; it would take several.")
        ]
    if turning.criterion is not None:
        sentences.append(_criterion(subject, turning.criterion))
    return " ".join(sentences)


def next_step(conclusion: Conclusion) -> str:
    """What a conclusion asks of who decides."""
    return {
        Conclusion.SUPPORTED: _(
            "What to do next: decide. Nothing in the evidence asks for more first; plan for the "
            "risks below."
        ),
        Conclusion.SUPPORTED_WITH_CONDITIONS: _(
            "What to do next: settle who meets the conditions below, and how. If that cannot be "
            "done, this is no support for hiring."
        ),
        Conclusion.NOT_SUPPORTED: _(
            "What to do next: decide. To hire all the same takes reasons of your own that outweigh "
            "what stands here."
        ),
        Conclusion.EVIDENCE_INSUFFICIENT: _(
            "What to do next: find out more before you decide. What would settle it stands below."
        ),
    }[conclusion]


def _too_little(subject: Subject) -> str:
    unseen = tuple(one.name for one in subject.figures.criteria if not one.is_observed)
    if unseen:
        return _(
            "Evidence on %(criteria)s, which nobody has observed: without it no conclusion can be "
            "drawn either way."
        ) % {"criteria": numbers.listed(unseen)}
    return _("One more independent opinion on all criteria: what there is leaves too wide a range.")


def _further(subject: Subject, turn: Turn) -> str:
    words = {
        "level": numbers.score(turn.level),
        "conclusion": names.of_conclusion(turn.conclusion),
        "size": numbers.size(turn.level - subject.figures.whole.estimate.mean),
    }
    if turn.is_upwards:
        return (
            _(
                "One more independent assessor who rated %(level)s or higher throughout, %(size)s "
                "above where the whole lies now, would change it to: %(conclusion)s."
            )
            % words
        )
    return (
        _(
            "One more independent assessor who rated %(level)s or lower throughout, %(size)s below "
            "where the whole lies now, would change it to: %(conclusion)s."
        )
        % words
    )


def _criterion(subject: Subject, turn: Turn) -> str:
    now = next(one for one in subject.figures.criteria if one.name == turn.criterion)
    words = {
        "criterion": turn.criterion,
        "level": numbers.score(turn.level),
        "between": numbers.between(
            now.estimate, low=subject.case.scale_low, high=subject.case.scale_high
        ),
        "conclusion": names.of_conclusion(turn.conclusion),
        "odds": numbers.odds(turn.probability or 0.0),
    }
    if turn.is_upwards:
        return (
            _(
                "Most turns on %(criterion)s, where the interval is %(between)s: were it certain "
                "to be %(level)s or higher (%(odds)s), the conclusion would be: %(conclusion)s."
            )
            % words
        )
    return (
        _(
            "Most turns on %(criterion)s, where the interval is %(between)s: were it certain to "
            "be %(level)s or lower (%(odds)s), the conclusion would be: %(conclusion)s."
        )
        % words
    )
