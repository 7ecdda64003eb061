"""Norms in words: where a score stands among others, and who the others are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from second_opinion.accounts.models import Organisation
from second_opinion.ingest.case_file import StandingEntry
from second_opinion.instruments import selectors
from second_opinion.instruments.analysis import (
    FEWEST_FOR_NORMS,
    Place,
    norms_in,
    place_of,
    scale_scores,
)
from second_opinion.instruments.models import GivenQuestionnaire, NormVersion
from second_opinion.instruments.selectors import KeptResult
from second_opinion.instruments.writing.language_names import name_of_language
from second_opinion.library.questionnaires import Questionnaire

STEP = 10
"""Who agreed is counted in tens before a norm is made: else the count tells of the newest one."""
SHOWN_PERCENTILES = (10, 25, 50, 75, 90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """Where one person's scores stand, and among whom; empty where there is no norm."""

    standings: tuple[StandingEntry, ...] = ()
    norm: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleLine:
    """One scale of a norm: nothing of any person."""

    name: str
    mean: float
    deviation: float
    percentiles: tuple[float, ...]  # at SHOWN_PERCENTILES


@dataclass(frozen=True, slots=True, kw_only=True)
class NormLine:
    """A norm as it was made."""

    number: int
    n_people: int
    at: datetime
    scales: tuple[ScaleLine, ...]


NOTHING = Standings()


def placed_in_norms(
    kept: Iterable[KeptResult], *, provider: Organisation, language: str
) -> dict[int, Standings]:
    """By key of the result, in one language, of the scales that speak of criteria."""
    answered = selectors.answered_for(kept)
    in_use = selectors.norms_in_use(provider) if answered else {}
    if not in_use:
        return {}
    with override(language):
        return {key: _standings(given, in_use, language) for key, given in answered.items()}


def _standings(
    given: GivenQuestionnaire, in_use: dict[tuple[str, str, str], NormVersion], language: str
) -> Standings:
    progress = selectors.progress_of(given)
    asked = progress.questionnaire
    made = selectors.norm_for(asked, language=progress.language, among=in_use)
    if made is None:
        return NOTHING
    norms = norms_in(made.content)
    answers = [progress.answered[place].answer for place in sorted(progress.answered)]
    places = {
        score.scale.key: (score.scale.name.in_language(language), place_of(score, norms[key]))
        for score in scale_scores(asked, answers)
        if (key := score.scale.key) in norms
    }
    found = tuple(
        StandingEntry(criterion=criterion, words=in_words(*places[scale]))
        for criterion, scale in given.bears_on.items()
        if scale in places
    )
    return Standings(standings=found, norm=compared_with(made)) if found else NOTHING


def in_words(scale: str, place: Place) -> str:
    """One place, never without its interval."""
    return _(
        "%(scale)s: higher than about %(percent)s in 100 of those compared with; with the error of "
        "measurement, somewhere from %(low)s to %(high)s."
    ) % {"scale": scale, "percent": place.percent, "low": place.low, "high": place.high}


def compared_with(made: NormVersion) -> str:
    """Who the others are, and since when."""
    return _(
        "Compared with %(n)s people who answered the same statements in %(language)s at "
        "%(provider)s and agreed to be counted. Norm %(number)s, made in %(year)s."
    ) % {
        "n": made.n_people,
        "language": name_of_language(made.group.language),
        "provider": made.group.provider,
        "number": made.number,
        "year": localtime(made.at).year,
    }


def own_norms_of(
    questionnaire: Questionnaire, providers: Sequence[Organisation]
) -> tuple[str, ...]:
    """For the register: each norm of one's own that is in use for a questionnaire."""
    found = []
    for provider in providers:
        in_use = selectors.norms_in_use(provider)
        for language in questionnaire.languages:
            made = selectors.norm_for(questionnaire, language=language, among=in_use)
            if made is not None:
                found.append(compared_with(made))
    return tuple(found)


def norm_line(made: NormVersion, asked: Questionnaire, *, language: str) -> NormLine:
    names = {scale.key: scale.name.in_language(language) for scale in asked.scale}
    return NormLine(
        number=made.number,
        n_people=made.n_people,
        at=made.at,
        scales=tuple(
            ScaleLine(
                name=names.get(key, key),
                mean=norm.mean,
                deviation=norm.deviation,
                percentiles=tuple(float(norm.percentile[at - 1]) for at in SHOWN_PERCENTILES),
            )
            for key, norm in norms_in(made.content).items()
        ),
    )


def count_in_words(n_people: int) -> str:
    """How many have agreed, in tens up to the least number: the newest one stays unknown."""
    if n_people >= FEWEST_FOR_NORMS:
        return _("At least %(fewest)s people have agreed: enough for a norm.") % {
            "fewest": FEWEST_FOR_NORMS
        }
    if n_people < STEP:
        return _("Fewer than %(step)s of the %(fewest)s people needed have agreed.") % {
            "step": STEP,
            "fewest": FEWEST_FOR_NORMS,
        }
    return _("At least %(n)s of the %(fewest)s people needed have agreed.") % {
        "n": n_people // STEP * STEP,
        "fewest": FEWEST_FOR_NORMS,
    }
