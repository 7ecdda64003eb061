"""After the opening: a reply within two working days, a talk, and how it was to take part."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.services.links import CODE_LIVES
from second_opinion.candidates import selectors, services
from second_opinion.candidates.errors import CodeError, NotAskedError, WordsError
from second_opinion.candidates.models import Correction, Experience, Reply, ReportCode
from second_opinion.candidates.states import FeedbackOutcome, Purpose, ReplyKind
from second_opinion.cases.states import CaseState
from second_opinion.library.experience import ITEMS
from tests import factories

STOCKHOLM = ZoneInfo("Europe/Stockholm")
WORDS = "I led nine people, not six. عربي 👩🏽‍🚀"


@pytest.fixture
def opened(cast):
    return factories.make_case(cast, state=CaseState.OPENED).candidacies.get()


def reply(candidacy, *, released_at, kind=ReplyKind.FACTS, words=WORDS):
    return services.reply(candidacy=candidacy, kind=kind, words=words, released_at=released_at)


def test_there_are_two_working_days_to_reply(opened):
    thursday = datetime(2026, 11, 26, 16, 30, tzinfo=STOCKHOLM)

    closes_at = selectors.reply_closes_at(opened, thursday)

    assert closes_at == datetime(2026, 12, 1, 0, 0, tzinfo=STOCKHOLM)  # Monday at 24:00


def test_late_in_the_evening_it_is_the_providers_day_that_counts(opened):
    opened.case.provider.time_zone = "Pacific/Auckland"
    released_at = datetime(2026, 11, 24, 23, 30, tzinfo=STOCKHOLM)  # Wednesday in Auckland

    closes_at = selectors.reply_closes_at(opened, released_at)

    assert closes_at == datetime(2026, 11, 28, 0, 0, tzinfo=ZoneInfo("Pacific/Auckland"))


def answer(cast, fact, *, is_accepted=True, reason="The diploma.", stated="six", correct="nine"):
    return services.answer_correction(
        actor=cast.coordinator,
        reply=fact,
        is_accepted=is_accepted,
        reason=reason,
        stated=stated,
        correct=correct,
    )


def test_a_corrected_fact_is_kept_beside_what_stood_and_cannot_be_answered_again(cast, opened):
    fact = reply(opened, released_at=timezone.now())
    assert selectors.replies_of(opened)[0].awaits_answer

    assert answer(cast, fact) == answer(cast, fact)
    with pytest.raises(NotAskedError, match="answered already"):
        answer(cast, fact, is_accepted=False)

    said = selectors.replies_of(opened)[0]
    assert said.words == WORDS
    assert (said.answer.stated, said.answer.correct) == ("six", "nine")
    assert not said.awaits_answer
    assert b"diploma" not in bytes(Correction.objects.get().content)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"reason": " "}, "Write why"),
        ({"stated": ""}, "Write what stood before"),
        ({"correct": ""}, "Write how it is"),
    ],
)
def test_an_accepted_correction_says_why_and_both_facts(cast, opened, words, sentence):
    fact = reply(opened, released_at=timezone.now())

    with pytest.raises(WordsError, match=sentence):
        answer(cast, fact, **words)


def test_a_comment_is_not_accepted_or_refused(cast, opened):
    said = reply(opened, released_at=timezone.now(), kind=ReplyKind.COMMENT)

    with pytest.raises(NotAskedError, match="goes along with the report as it is"):
        answer(cast, said)


def test_the_database_keeps_the_answer_to_a_correction(cast, opened):
    answer(cast, reply(opened, released_at=timezone.now()))

    with pytest.raises(IntegrityError, match="stays as it was given"), transaction.atomic():
        Correction.objects.update(is_accepted=False)


def test_a_reply_is_kept_in_full_and_in_order(opened):
    now = timezone.now()
    assert not selectors.has_replied(opened, now)

    reply(opened, released_at=now)
    reply(opened, released_at=now)
    reply(opened, released_at=now, kind=ReplyKind.COMMENT, words="Fair. " * 1600)

    said = selectors.replies_of(opened)
    assert [one.kind for one in said] == [ReplyKind.FACTS, ReplyKind.COMMENT]
    assert said[0].words == WORDS
    assert selectors.has_replied(opened, now)
    assert not selectors.has_replied(opened, timezone.now())  # a further version, shown later
    assert b"nine people" not in bytes(Reply.objects.first().content)
    with pytest.raises(IntegrityError, match="stays as it was said"), transaction.atomic():
        Reply.objects.update(kind=ReplyKind.COMMENT)


@pytest.mark.parametrize("released_ago", [None, timedelta(days=30)])
def test_there_is_no_reply_before_the_report_nor_after_the_time(opened, released_ago):
    released_at = timezone.now() - released_ago if released_ago else None

    with pytest.raises(NotAllowedError):
        reply(opened, released_at=released_at)


# --- feedback


def test_a_talk_that_is_booked_settles_it(cast, opened):
    assert not selectors.feedback_settled(opened)
    services.offer_times(
        actor=cast.coordinator,
        candidacy=opened,
        purpose=Purpose.FEEDBACK,
        times=services.Times(
            starts=[timezone.now() + timedelta(days=1)], minutes=30, place="By telephone"
        ),
    )
    talk = selectors.talk_about(opened, Purpose.FEEDBACK)
    assert not selectors.feedback_settled(opened)

    services.choose_time(candidacy=opened, meeting=talk.meeting, time=talk.offers[0].time)

    assert selectors.feedback_settled(opened)
    assert not selectors.is_feedback_over(opened)


@pytest.mark.parametrize("who", ["candidate", "coordinator"])
def test_a_talk_that_nobody_wants_settles_it_too(cast, opened, who):
    for _ in range(2):
        if who == "candidate":
            services.decline_feedback(candidacy=opened)
        else:
            services.note_feedback(
                actor=cast.coordinator, candidacy=opened, outcome=FeedbackOutcome.DECLINED
            )

    assert selectors.feedback_settled(opened)
    assert opened.feedback_notes.count() == 1


def test_there_is_nothing_to_talk_about_before_the_opening(cast, candidacy):
    with pytest.raises(NotAskedError):
        services.decline_feedback(candidacy=candidacy)
    with pytest.raises(NotAskedError):
        services.note_feedback(
            actor=cast.coordinator, candidacy=candidacy, outcome=FeedbackOutcome.HELD
        )


# --- how it was


ANSWERS = {item.key: 4 for item in ITEMS}


def test_how_it_was_is_asked_after_the_talk_and_told_once(opened):
    with pytest.raises(NotAllowedError, match="after we have talked"):
        services.tell_experience(candidacy=opened, answers=ANSWERS)
    services.decline_feedback(candidacy=opened)

    services.tell_experience(candidacy=opened, answers=ANSWERS, words=WORDS)

    assert selectors.experience_of(opened) == {"answers": ANSWERS, "words": WORDS}
    assert Experience.objects.get().knew_decision is False
    with pytest.raises(NotAllowedError, match="Thank you"):
        services.tell_experience(candidacy=opened, answers=ANSWERS)


@pytest.mark.parametrize("state", [CaseState.DECIDED, CaseState.CLOSED])
def test_what_is_told_once_the_decision_is_known_is_kept_apart(opened, state):
    services.decline_feedback(candidacy=opened)
    factories.put_in_state(opened.case, state)

    services.tell_experience(candidacy=opened, answers=ANSWERS)

    assert Experience.objects.get().knew_decision is True


@pytest.mark.parametrize("answers", [{}, {"job_related": 6}, {"job_related": 0}, {"made up": 3}])
def test_only_what_was_asked_can_be_answered(opened, answers):
    services.decline_feedback(candidacy=opened)

    with pytest.raises(NotAskedError):
        services.tell_experience(candidacy=opened, answers=answers)


# --- the code before the report


@pytest.fixture
def link(candidacy):
    return services.make_token(candidacy=candidacy)[0]


def test_a_code_opens_once(link):
    code = services.make_code(link=link, mail=uuid4())

    services.enter_code(link=link, code=f" {code[:4].lower()}-{code[4:]} ")

    with pytest.raises(CodeError):
        services.enter_code(link=link, code=code)
    assert code not in str(ReportCode.objects.values())


def test_after_three_wrong_codes_the_right_one_is_worth_nothing(link):
    code = services.make_code(link=link, mail=uuid4())
    for _ in range(3):
        with pytest.raises(CodeError):
            services.enter_code(link=link, code="WRONG234")

    with pytest.raises(CodeError):
        services.enter_code(link=link, code=code)


def test_a_code_is_the_newest_one_is_young_and_belongs_to_its_link(candidacy, link):
    old = services.make_code(link=link, mail=uuid4())
    new = services.make_code(link=link, mail=uuid4())
    other = services.make_token(candidacy=candidacy)[0]

    for holder, code in ((link, old), (other, new)):
        with pytest.raises(CodeError):
            services.enter_code(link=holder, code=code)
    ReportCode.objects.update(made_at=timezone.now() - CODE_LIVES)
    with pytest.raises(CodeError):
        services.enter_code(link=link, code=new)


def test_codes_are_not_sent_without_end(link):
    for _ in range(3):
        services.ask_for_code(link=link)
        services.make_code(link=link, mail=uuid4())

    with pytest.raises(CodeError, match="Several codes"):
        services.ask_for_code(link=link)
