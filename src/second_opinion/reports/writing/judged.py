"""What differences, a lower second opinion and the base rate mean, in sentences."""

from __future__ import annotations

from django.utils.translation import gettext as _

from second_opinion.reports.analysis import (
    LEAST_LINKED_CASES,
    DeclaredFact,
    Disagreement,
    DisagreementType,
    Fact,
    KnownBefore,
    LeftOut,
)
from second_opinion.reports.writing import names, numbers
from second_opinion.reports.writing.subject import Subject


def outlook(subject: Subject) -> str:
    """Now X, before Y: never that somebody will or will not work out."""
    figures, entry = subject.figures.outlook, subject.case.outlook
    if figures is None or entry is None:
        return ""
    group = entry.reference_group or _(
        "people whom you would have hired at this point without a second opinion"
    )
    before = {
        KnownBefore.FIRST_OPINION: _("after the first opinion alone"),
        KnownBefore.BELIEF: _("reckoned from what the client believed when ordering"),
        KnownBefore.BASE_RATE: _("the base rate, since there was no first opinion"),
    }[figures.rests_on]
    return _(
        "Now %(now)s, before %(before)s: the probability that %(candidate)s works out in the "
        "role. Before means %(meaning)s. Of ten such people (%(group)s) %(worked_out)s work out; "
        "for a single person the probability may go up or down. It says what is likely, not what "
        "will be."
    ) % {
        "now": numbers.percent(figures.now),
        "before": numbers.percent(figures.before),
        "candidate": names.person(subject.name),
        "meaning": before,
        "group": group,
        "worked_out": numbers.score(entry.worked_out),
    }


def outlook_now_and_before(subject: Subject) -> str:
    """The same in a sentence for page one."""
    figures = subject.figures.outlook
    if figures is None:
        return ""
    before = {
        KnownBefore.FIRST_OPINION: _("after the first opinion alone"),
        KnownBefore.BELIEF: _("by what the client believed when ordering"),
        KnownBefore.BASE_RATE: _("by the base rate, since there was no first opinion"),
    }[figures.rests_on]
    return _(
        "The probability that %(candidate)s works out in the role is now %(now)s; before it was "
        "%(before)s, %(meaning)s. It says what is likely, not what will be."
    ) % {
        "candidate": names.person(subject.name),
        "now": numbers.chances(figures.now),
        "before": numbers.chances(figures.before),
        "meaning": before,
    }


def outlook_in_short(subject: Subject) -> str:
    """The same in one line, for several finalists side by side."""
    figures = subject.figures.outlook
    if figures is None:
        return ""
    return _("Working out in the role: now %(now)s, before %(before)s.") % {
        "now": numbers.percent(figures.now),
        "before": numbers.percent(figures.before),
    }


def disagreement(subject: Subject) -> str:
    """What the differences look like, how sure that is, and what to do about it."""
    found = subject.figures.disagreement
    if found is None:
        return ""
    words = {
        "probability": numbers.chances(found.probabilities[found.type]),
        "criterion": found.criterion,
    }
    return _sentence(found) % words


def _sentence(found: Disagreement) -> str:
    if found.type is DisagreementType.WITHIN_NOISE:
        return _(
            "The differences look like ordinary noise, %(probability)s. Nothing needs to be done."
        )
    if found.type is DisagreementType.LEVEL:
        return _(
            "One assessor rates higher than the other on everything and everybody, "
            "%(probability)s: a difference of level. An offset is the remedy, once enough cases "
            "link the two; the intervals already allow for it."
        )
    if found.type is DisagreementType.PATTERN:
        return _(
            "The difference lies on %(criterion)s alone, %(probability)s. The remedy is a third "
            "opinion on that criterion only."
        )
    if found.can_tell_level:
        return _(
            "The opinions differ throughout on this candidate, %(probability)s, and not on the "
            "others. Put it to the assessors: what did each of them see?"
        )
    return _(
        "The opinions differ throughout, %(probability)s, and the cause cannot be told from one "
        "finalist without a history. No offset is made. Put it to the assessors: what did each "
        "of them see?"
    )


def questions(subject: Subject) -> tuple[str, ...]:
    """Declared facts as questions to the assessors; never causes."""
    found = subject.figures.disagreement
    return () if found is None else tuple(_question(one) for one in found.questions)


def _question(one: DeclaredFact) -> str:
    sentences = {
        Fact.DIFFERENT_EVIDENCE: _(
            "To %(who)s: your opinions rest on different material. What did you see that the "
            "other did not? Share it."
        ),
        Fact.ANCHOR_UNCLEAR: _(
            "To %(who)s: %(criterion)s has no described levels, and your scores differ. What does "
            "each of you mean by yours? Describe the levels."
        ),
        Fact.OUTSIDE_EXPERTISE: _(
            "To %(who)s: you have declared %(criterion)s to lie outside your own field. How far "
            "does your score rest on it? A third opinion on it may be worth more."
        ),
        Fact.SAME_NUMBER_OTHER_REASONS: _(
            "To %(who)s: you gave %(criterion)s the same score from different material. Is it for "
            "the same reasons? Share them."
        ),
    }
    return sentences[one.fact] % {
        "who": numbers.listed(tuple(names.person(name) for name in one.assessors)),
        "criterion": one.criterion or "",
    }


def second_lower(subject: Subject) -> str:
    """Regression to the mean, said before anybody is called harsh."""
    found = subject.figures.second_lower
    if found is None:
        return ""
    words = {
        "assessor": names.person(found.assessor),
        "first": numbers.points(found.first),
        "second": numbers.points(found.second),
        "expected": numbers.points(found.expected),
        "often": numbers.odds(found.probability),
    }
    if found.is_lower:
        return (
            _(
                "The second opinion, %(second)s, is lower than the first, %(first)s. That is to be "
                "expected: a first opinion that stands out is partly luck, and after such a one "
                "the second is lower in %(often)s cases; about %(expected)s is most likely. It "
                "does not show that %(assessor)s is harsh. It is called regression to the mean."
            )
            % words
        )
    return (
        _(
            "The second opinion, %(second)s, is higher than the first, %(first)s. That is to be "
            "expected: a first opinion that is low is partly bad luck, and after such a one the "
            "second is higher in %(often)s cases; about %(expected)s is most likely. It does not "
            "show that %(assessor)s is lenient. It is called regression to the mean."
        )
        % words
    )


def severity(subject: Subject) -> str:
    """Who rates high or low, where that is known, and what is not applied; "" with no rater."""
    if not subject.opinions:
        return ""
    population = subject.analysis.population
    applied, assumed = [], []
    for opinion in subject.opinions:
        known = population.severities.get(opinion.assessor)
        shown = population.shown_severities.get(opinion.assessor)
        if known is not None:
            applied.append(_offset(opinion.assessor, known.level))
        elif shown is not None:
            assumed.append(_offset(opinion.assessor, shown.level))
    sentences = []
    if applied:
        sentences.append(
            _("Taken off, from candidates rated by others too: %(offsets)s.")
            % {"offsets": numbers.listed(tuple(applied))}
        )
    if assumed:
        sentences.append(
            _(
                "By assumption, and not taken off: %(offsets)s. It may as well be that they saw "
                "other candidates."
            )
            % {"offsets": numbers.listed(tuple(assumed))}
        )
    if not applied:
        sentences.append(
            _(
                "No score is moved for an assessor's severity: fewer than %(least)d earlier cases "
                "link the assessors to others, so it would be by assumption. What is not known of "
                "it widens the interval."
            )
            % {"least": LEAST_LINKED_CASES}
        )
    return " ".join(sentences)


def _offset(assessor: str, level: float) -> str:
    direction = _("%(who)s rates %(size)s high") if level >= 0 else _("%(who)s rates %(size)s low")
    return direction % {"who": names.person(assessor), "size": numbers.size(level)}


def left_out(subject: Subject) -> str:
    """Said where the others' scores suggest why something was not observed."""
    found = subject.figures.not_observed
    if found.verdict is not LeftOut.LIKELY_INFORMATIVE:
        return ""
    words = {"size": numbers.size(found.difference)}
    if found.difference < 0:
        return (
            _(
                "Where one assessor observed nothing, the others' scores lie %(size)s below what "
                "the rest lets expect: more than chance can explain. What was left out may have "
                "been weak; ask why it was."
            )
            % words
        )
    return (
        _(
            "Where one assessor observed nothing, the others' scores lie %(size)s above what the "
            "rest lets expect: more than chance can explain. Ask why it was left out."
        )
        % words
    )
