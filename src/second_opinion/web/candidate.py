"""A candidate's way through a case, in words for the candidate: done, now, and ahead."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from second_opinion.candidates import selectors
from second_opinion.candidates.writing import notice as minutes
from second_opinion.cases.models import Candidacy
from second_opinion.cases.states import IS_OPENED, CaseState


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of the way; `minutes` is what it asks of the candidate, 0 where nothing."""

    tense: str  # done, now or ahead
    words: str
    at: datetime | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """The one thing that is asked of the candidate now."""

    sentence: str
    button: str = ""
    address: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    ask: Ask
    steps: tuple[Step, ...]

    @property
    def minutes_left(self) -> int:
        return sum(step.minutes for step in self.steps if step.tense != "done")


def way_of(candidacy: Candidacy) -> Way:
    if candidacy.is_withdrawn:
        return _withdrawn(candidacy)
    told = selectors.acknowledgement_of(candidacy)
    is_opened = candidacy.case.state in IS_OPENED
    steps = [
        Step(
            tense="done" if told else "now",
            words=_("You read what it is about, and say that you have"),
            at=told.at if told else None,
            minutes=minutes.READ,
        ),
        Step(
            tense="done" if is_opened else "now" if told else "ahead",
            words=_("You are interviewed"),
            minutes=minutes.INTERVIEW,
        ),
    ]
    return Way(_ask(candidacy, is_told=told is not None), tuple(steps))


def _ask(candidacy: Candidacy, *, is_told: bool) -> Ask:
    if candidacy.case.state == CaseState.WITHDRAWN:
        return Ask(sentence=_("The case was called off. Nothing more is asked of you."))
    if is_told:
        return Ask(sentence=_("Nothing is asked of you right now."))
    if selectors.notice_of(candidacy) is None:
        return Ask(sentence=_("Nothing is asked of you yet. We write when there is."))
    return Ask(
        sentence=_("Please read what this is about, why, and who sees what."),
        button=_("Read it"),
        address=reverse("candidate_notice"),
        minutes=minutes.READ,
    )


def _withdrawn(candidacy: Candidacy) -> Way:
    step = Step(tense="done", words=_("You withdrew"), at=candidacy.withdrawn_at)
    return Way(Ask(sentence=_("You have withdrawn. Nothing more is asked of you.")), (step,))
