"""A candidate's way through a case, in words for the candidate: done, now, and ahead."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.candidates import policies, selectors
from second_opinion.candidates.selectors import Talk
from second_opinion.candidates.states import Purpose
from second_opinion.candidates.writing import notice as minutes
from second_opinion.cases.models import Candidacy
from second_opinion.cases.selectors import (
    PlannedDates,
    criteria_of,
    is_without_interview,
    planned_dates_of,
)
from second_opinion.cases.states import IS_OPENED, CaseState, Method
from second_opinion.instruments import selectors as questionnaires
from second_opinion.instruments.policies import may_answer, may_take_task
from second_opinion.reports import selectors as reports

CHOOSING = 2  # minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of the way; `minutes` is what it asks of the candidate, 0 where nothing.

    Of its times one is known at most: when it was or will be, or by which day, or until when.
    """

    tense: str  # done, now or ahead
    words: str
    at: datetime | None = None
    by: date | None = None  # as planned, where nothing better is known
    until: datetime | None = None
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


@dataclass(frozen=True, slots=True)
class Menu:
    """Which of the pages that not every case has are of any use to this candidate."""

    task: bool
    referees: bool
    meetings: bool


def menu_of(candidacy: Candidacy) -> Menu:
    """A profile that names no methods asks for whatever there is."""
    named = [criterion.methods for criterion in criteria_of(candidacy.case)]
    sample = questionnaires.work_sample_of(candidacy.case)
    asks_referees = not any(named) or any(Method.REFERENCE in each for each in named)
    meets = not named or any(not each or Method.INTERVIEW in each for each in named)
    return Menu(
        task=sample is not None and sample.given_at is not None,
        referees=asks_referees or candidacy.referees.exists(),
        meetings=meets or candidacy.meetings.exists(),
    )


def way_of(candidacy: Candidacy) -> Way:
    if candidacy.is_withdrawn:
        return _withdrawn(candidacy)
    told = selectors.acknowledgement_of(candidacy)
    interviews = [
        talk
        for talk in selectors.talks_of(candidacy)
        if talk.meeting.purpose == Purpose.INTERVIEW and not talk.is_called_off
    ]
    planned = planned_dates_of(candidacy.case)
    is_opened = candidacy.case.state in IS_OPENED
    is_met = is_opened or (bool(interviews) and all(talk.is_over for talk in interviews))
    steps = [
        Step(
            tense="done" if told else "now",
            words=_("You read what it is about, and say that you have"),
            at=told.at if told else None,
            minutes=minutes.READ,
        ),
        *_questionnaire_steps(candidacy, is_told=told is not None, is_opened=is_opened),
        *_work_sample_steps(candidacy, is_opened=is_opened),
        *(
            _interview_step(talk, is_told=told is not None, is_opened=is_opened)
            for talk in interviews or _interview_to_come(candidacy)
        ),
        Step(
            tense="done" if is_opened else "now" if is_met else "ahead",
            words=_("The assessors finish, each apart. Then all is opened together"),
            by=None if is_opened else _ahead(planned.candidates_read_on),
        ),
        *_steps_after(candidacy, planned),
    ]
    return Way(_ask(candidacy, interviews, is_told=told is not None), tuple(steps))


def _steps_after(candidacy: Candidacy, planned: PlannedDates) -> list[Step]:
    """From the report on: read and reply, talk, the decision, and how it was."""
    released_at = reports.to_candidates_at(candidacy.case)
    is_open = selectors.is_reply_open(candidacy, released_at)
    has_replied = selectors.has_replied(candidacy, released_at)
    is_replied = has_replied or (released_at is not None and not is_open)
    is_talked = selectors.is_feedback_over(candidacy)
    is_decided = candidacy.case.state in {CaseState.DECIDED, CaseState.CLOSED}
    return [
        Step(
            tense="done" if is_replied else "now" if is_open else "ahead",
            words=_("You read the report, and correct or comment within two working days"),
            by=_ahead(planned.candidates_read_on) if released_at is None else None,
            until=selectors.reply_closes_at(candidacy, released_at)
            if released_at and is_open
            else None,
            minutes=minutes.REPORT,
        ),
        Step(
            tense="done" if is_talked else "now" if is_replied else "ahead",
            words=_("We talk about the result, if you like"),
            minutes=minutes.FEEDBACK,
        ),
        Step(
            tense="done" if is_decided else "ahead",
            words=_("%(client)s decides") % {"client": candidacy.case.client},
        ),
        Step(
            tense="done" if selectors.has_told_experience(candidacy) else "ahead",
            words=_("You tell us how you were treated, if you like"),
            minutes=minutes.EXPERIENCE,
        ),
    ]


def _questionnaire_steps(candidacy: Candidacy, *, is_told: bool, is_opened: bool) -> list[Step]:
    """What was not sent in before the opening is asked for no more."""
    return [
        Step(
            tense="done" if state.sent_at else "now" if is_told else "ahead",
            words=_("You answer a questionnaire"),
            at=state.sent_at,
            minutes=0 if state.sent_at else state.questionnaire.minutes,
        )
        for state in questionnaires.given_to(candidacy)
        if state.sent_at or not is_opened
    ]


def _work_sample_steps(candidacy: Candidacy, *, is_opened: bool) -> list[Step]:
    """Once the task was given; what was not answered before the opening is asked for no more."""
    sample = questionnaires.work_sample_of(candidacy.case)
    attempt = questionnaires.attempt_of(candidacy)
    answered_at = attempt.answered_at if attempt else None
    if sample is None or sample.given_at is None or (is_opened and answered_at is None):
        return []
    return [
        Step(
            tense="done" if answered_at else "now",
            words=_("You do a work sample"),
            at=answered_at,
            minutes=0 if answered_at else sample.minutes,
        )
    ]


def _interview_to_come(candidacy: Candidacy) -> tuple[Talk | None, ...]:
    """One that is not arranged yet; none where instruments alone measure."""
    return () if is_without_interview(candidacy.case) else (None,)


def _interview_step(talk: Talk | None, *, is_told: bool, is_opened: bool) -> Step:
    chosen = talk.chosen if talk else None
    offered = talk.offers[0] if talk and talk.offers else None
    known = chosen or offered
    is_met = is_opened or (talk is not None and talk.is_over)
    holder = talk.meeting.held_by if talk else None
    return Step(
        tense="done" if is_met else "now" if is_told else "ahead",
        words=_("%(person)s interviews you") % {"person": holder}
        if holder
        else _("You are interviewed"),
        at=chosen.time.starts_at if chosen else None,
        minutes=known.time.minutes if known else minutes.INTERVIEW,
    )


def _ask(candidacy: Candidacy, interviews: list[Talk], *, is_told: bool) -> Ask:
    if candidacy.case.state == CaseState.WITHDRAWN:
        return Ask(sentence=_("The case was called off. Nothing more is asked of you."))
    if not is_told:
        return _ask_to_read(candidacy)
    if (to_do := _ask_to_answer(candidacy) or _ask_for_work_sample(candidacy)) is not None:
        return to_do
    for talk in selectors.talks_of(candidacy):
        if talk.chosen is None and not talk.is_unsuited and talk.can_be_chosen:
            return Ask(
                sentence=_("Please choose a time: there are some to choose from."),
                button=_("Choose a time"),
                address=reverse("candidate_times"),
                minutes=CHOOSING,
            )
    if any(talk.chosen is not None and not talk.is_over for talk in interviews):
        return Ask(
            sentence=_("Nothing is asked of you before the interview."),
            button=_("When and where"),
            address=reverse("candidate_times"),
        )
    return _ask_after(candidacy) or Ask(
        sentence=_("Nothing is asked of you right now. We write when there is.")
    )


def _ask_to_answer(candidacy: Candidacy) -> Ask | None:
    """The first questionnaire that can be answered."""
    for state in questionnaires.given_to(candidacy):
        if may_answer(state.given):
            return Ask(
                sentence=_(
                    "Please answer a questionnaire. You can pause and go on whenever you like."
                ),
                button=_("To the questionnaire"),
                address=reverse("candidate_questionnaire", args=[state.given.pseudonym]),
                minutes=state.questionnaire.minutes,
            )
    return None


def _ask_for_work_sample(candidacy: Candidacy) -> Ask | None:
    """While it is given and not answered."""
    sample = questionnaires.work_sample_of(candidacy.case)
    if sample is None or not may_take_task(candidacy):
        return None
    attempt = questionnaires.attempt_of(candidacy)
    if attempt is not None and attempt.answered_at is not None:
        return None
    return Ask(
        sentence=_("Please do the work sample when you have the time."),
        button=_("To the work sample"),
        address=reverse("candidate_task"),
        minutes=sample.minutes,
    )


def _ask_after(candidacy: Candidacy) -> Ask | None:
    """What the report and the talk about it ask for, if anything."""
    released_at = reports.to_candidates_at(candidacy.case)
    if released_at is None:
        return None
    has_replied = selectors.has_replied(candidacy, released_at)
    if selectors.is_reply_open(candidacy, released_at) and not has_replied:
        return Ask(
            sentence=_("Your report is here. You can correct facts and comment."),
            button=_("Read the report"),
            address=reverse("candidate_report"),
            minutes=minutes.REPORT,
        )
    if not selectors.feedback_settled(candidacy):
        return Ask(
            sentence=_("Would you like to talk about the result?"),
            button=_("Yes or no"),
            address=reverse("candidate_feedback"),
            minutes=minutes.FEEDBACK,
        )
    if policies.may_tell_experience(candidacy):
        return Ask(
            sentence=_("Please tell us how you were treated. It changes nothing for you."),
            button=_("Ten statements"),
            address=reverse("candidate_experience"),
            minutes=minutes.EXPERIENCE,
        )
    return None


def _ask_to_read(candidacy: Candidacy) -> Ask:
    if selectors.notice_of(candidacy) is None:
        return Ask(sentence=_("Nothing is asked of you yet. We write when there is."))
    return Ask(
        sentence=_("Please read what this is about, why, and who sees what."),
        button=_("Read it"),
        address=reverse("candidate_notice"),
        minutes=minutes.READ,
    )


def _ahead(day: date) -> date | None:
    """A planned day that has passed says nothing any more."""
    return day if day >= timezone.localdate() else None


def _withdrawn(candidacy: Candidacy) -> Way:
    step = Step(tense="done", words=_("You withdrew"), at=candidacy.withdrawn_at)
    return Way(Ask(sentence=_("You have withdrawn. Nothing more is asked of you.")), (step,))
