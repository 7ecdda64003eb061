"""Questionnaires: given to all alike, answered in one language, scored with an honest error."""

import math
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.audit.models import Event
from second_opinion.audit.tasks import deliver_due
from second_opinion.candidates import services as candidates
from second_opinion.candidates.states import MailKind
from second_opinion.cases.services import (
    enter_contact,
    start_assessment,
    withdraw_candidacy,
    withdraw_case,
)
from second_opinion.cases.states import CaseState
from second_opinion.cli.demo.past import as_of
from second_opinion.engine.combination import planning_population
from second_opinion.engine.ratings import Scale
from second_opinion.instruments import selectors, services
from second_opinion.instruments.errors import AnswerError, GivingError
from second_opinion.instruments.models import (
    GivenQuestionnaire,
    QuestionnaireForm,
    Result,
    StatementAnswer,
)
from second_opinion.instruments.writing.answers import answers_in_words
from second_opinion.instruments.writing.giving import asked_anyway
from second_opinion.library.questionnaires import CONTENT
from second_opinion.opinions import policies
from second_opinion.opinions.selectors import results_visible_to
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports.analysis import analyse
from second_opinion.reports.selectors import case_file_of
from tests import factories, questionnaires
from tests.questionnaires import BEARS_ON, KEY, N_ITEMS

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return factories.make_case(cast)


@pytest.fixture
def given(cast, case):
    return questionnaires.begin(cast, case)


def answer(given, place, number, language="en"):
    services.answer_statement(given=given, place=place, answer=number, language=language)


# --- given


@pytest.mark.parametrize("who", ["orderer", "decider", "assessor", "stranger"])
def test_only_who_runs_the_case_gives_a_questionnaire(cast, case, who):
    questionnaires.lock_with_questionnaire(cast, case)

    with pytest.raises(NotAllowedError):
        services.give_questionnaire(actor=getattr(cast, who), case=case, key=KEY, bears_on=BEARS_ON)

    assert not GivenQuestionnaire.objects.exists()


def test_it_is_given_to_every_candidate_once(cast):
    case = factories.make_case(cast, candidates=("Kim Karlsson", "Robin Rask", "Sam Sten"))
    questionnaires.lock_with_questionnaire(cast, case)
    withdraw_candidacy(actor=None, candidacy=case.candidacies.last())

    first, again = questionnaires.give(cast, case), questionnaires.give(cast, case)

    assert [each.candidacy.name for each in first] == ["Kim Karlsson", "Robin Rask"]
    assert again == []
    assert QuestionnaireForm.objects.count() == 1
    verbs = Event.objects.filter(verb="questionnaire.given")
    assert verbs.count() == 2


def test_a_profile_that_measures_nothing_so_gets_none(cast):
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)

    with pytest.raises(NotAllowedError, match="measures no criterion by a questionnaire"):
        questionnaires.give(cast, case)


def test_it_is_given_after_the_lock_and_before_the_opening(cast, case):
    with pytest.raises(NotAllowedError, match="after the requirement profile is locked"):
        questionnaires.give(cast, case)
    questionnaires.lock_with_questionnaire(cast, case)
    withdraw_case(actor=cast.coordinator, case=case, reason="Cancelled.")
    case.refresh_from_db()

    with pytest.raises(NotAllowedError, match="before the opinions are opened"):
        questionnaires.give(cast, case)


@pytest.mark.parametrize(
    ("key", "bears_on", "sentence"),
    [
        ("neo-pi-r", BEARS_ON, "There is no such questionnaire here"),
        (KEY, {"Judgement": "calm"}, "Judgement cannot be read by that scale"),
        (KEY, {"Leadership": "luck"}, "cannot be read by that scale"),
    ],
)
def test_what_does_not_fit_the_case_is_refused(cast, case, key, bears_on, sentence):
    questionnaires.lock_with_questionnaire(cast, case)

    with pytest.raises(GivingError, match=sentence):
        services.give_questionnaire(actor=cast.coordinator, case=case, key=key, bears_on=bears_on)


def test_no_more_of_a_candidates_time_is_asked_than_the_order_allows(cast, case):
    questionnaires.lock_with_questionnaire(cast, case)
    case.order.minutes_allowed = asked_anyway(case) + 4
    case.order.save()

    with pytest.raises(GivingError, match=f"{asked_anyway(case) + 5} minutes would be asked"):
        questionnaires.give(cast, case)


# --- answered


def test_nothing_is_answered_before_the_candidate_was_told_of_it(cast, case):
    questionnaires.lock_with_questionnaire(cast, case)
    factories.inform(cast, case)
    (given,) = questionnaires.give(cast, case)
    start_assessment(actor=cast.coordinator, case=case)

    with pytest.raises(NotAllowedError, match="not been told of this questionnaire yet"):
        answer(questionnaires.fresh(given), 1, 4)


def test_nothing_is_answered_before_the_assessment_begins(cast, case):
    questionnaires.lock_with_questionnaire(cast, case)
    (given,) = questionnaires.give(cast, case)
    with pytest.raises(NotAllowedError, match="read first what this is about"):
        answer(questionnaires.fresh(given), 1, 4)
    factories.inform(cast, case)

    with pytest.raises(NotAllowedError, match="has not begun yet"):
        answer(questionnaires.fresh(given), 1, 4)


def test_who_has_withdrawn_is_asked_nothing(given):
    candidates.withdraw(candidacy=given.candidacy)

    with pytest.raises(NotAllowedError, match="You have withdrawn"):
        answer(questionnaires.fresh(given), 1, 4)


def test_the_first_answer_fixes_the_language(given):
    answer(given, 1, 4, "sv")

    with pytest.raises(AnswerError, match=r"You began in Swedish.*was not saved"):
        answer(given, 2, 4, "en")
    with pytest.raises(AnswerError, match="does not exist in that language"):
        answer(given, 2, 4, "de")

    progress = selectors.progress_of(given)
    assert (progress.language, progress.next_place) == ("sv", 2)


@pytest.mark.parametrize(("place", "number"), [(0, 1), (25, 1), (1, 0), (1, 6)])
def test_an_answer_that_there_is_not_is_refused(given, place, number):
    with pytest.raises(AnswerError, match="Choose one of the answers"):
        answer(given, place, number)


def test_the_same_from_two_tabs_is_kept_once_and_another_takes_its_place(given):
    for number in (4, 4, 2, None, None):
        answer(given, 1, number)

    assert StatementAnswer.objects.count() == 3
    progress = selectors.progress_of(given)
    assert progress.answered[1].answer is None
    assert progress.answered[1].at == StatementAnswer.objects.first().at
    assert progress.left_out == [1]


def test_answers_lie_encrypted_and_are_never_changed(given):
    answer(given, 1, 5)
    row = StatementAnswer.objects.get()

    assert b"answer" not in bytes(row.content)
    for change in (
        lambda: StatementAnswer.objects.update(content=b"x"),
        lambda: StatementAnswer.objects.all().delete(),
        lambda: GivenQuestionnaire.objects.update(bears_on={}),
        lambda: QuestionnaireForm.objects.update(content={}),
    ):
        with pytest.raises(IntegrityError, match="stay"), transaction.atomic():
            change()


def test_nothing_is_sent_in_with_statements_not_come_to(given):
    answer(given, 1, 5)

    with pytest.raises(AnswerError, match="neither answered nor left out"):
        services.send_answers(given=given)


def test_what_was_sent_in_stays_and_twice_is_once(given):
    questionnaires.answer_all(given)
    first = services.send_answers(given=given)

    assert services.send_answers(given=questionnaires.fresh(given)) == first
    assert Result.objects.count() == 1
    with pytest.raises(NotAllowedError, match="You have sent in your answers"):
        answer(questionnaires.fresh(given), 1, 1)
    with pytest.raises(IntegrityError, match="have been sent in"), transaction.atomic():
        StatementAnswer.objects.create(given=given, place=1, language="en", content=b"")


def test_a_form_that_is_installed_anew_changes_nothing_of_what_was_asked(given, tmp_path, settings):
    text = (CONTENT / f"{KEY}.toml").read_text(encoding="utf-8")
    changed = text.replace("I speak early in a meeting.", "I am silent in meetings.")
    (tmp_path / f"{KEY}.toml").write_text(changed, encoding="utf-8")
    settings.SECOND_OPINION_QUESTIONNAIRE_FOLDER = tmp_path

    offered = selectors.offered_questionnaires().questionnaires[KEY]
    asked = selectors.progress_of(questionnaires.fresh(given)).questionnaire

    assert offered.item[1].text("en") == "I am silent in meetings."
    assert asked.item[1].text("en") == "I speak early in a meeting."


# --- scored


# Places of the conscientiousness items: c1 c3 c5 straight, c2 c4 turned.
HIGH = {1: 5, 11: 5, 21: 5, 6: 1, 16: 1}


def test_scores_become_a_reading_that_nobody_sees_before_the_opening(cast, case, given):
    questionnaires.answer_all(given, answers=HIGH)
    services.send_answers(given=given)

    assert results_visible_to(cast.coordinator, case=case) == []
    assert results_visible_to(cast.assessor, case=case) == []
    factories.open_case(cast, case)
    case.refresh_from_db()
    assert len(results_visible_to(cast.assessor, case=case)) == 1
    (entry,) = case_file_of(case).instruments
    (reading,) = entry.readings
    # Mean 5 of 5, a middle of 3.7 and a deviation of .6: 2.17 deviations up. Of a case on 1 to 5,
    # candidates have a mean of 3.5 and, apart from each other, a standard deviation S on a
    # criterion. Validity .15 (low: not validated) times the root of .6 / .8.
    validity = 0.15 * math.sqrt(0.6 / 0.8)
    in_deviations = math.sqrt(1 / validity**2 - 1 + (0.4 / 0.6) ** 2)
    spread = reading.standard_error / in_deviations
    assert reading.criterion == "Leadership"
    assert 0.3 < spread < 1.0
    expected = min(5, _planning_mean() + spread * 1.3 / 0.6)
    assert reading.value == pytest.approx(expected, abs=0.011)
    assert reading.standard_error > 5 * spread


def test_a_questionnaire_is_never_the_sole_source(cast, case, given):
    questionnaires.answer_all(given, answers=HIGH)
    services.send_answers(given=given)
    factories.open_case(cast, case)
    case.refresh_from_db()
    file = case_file_of(case)
    unrated = replace(
        file,
        opinions=tuple(
            replace(
                opinion,
                ratings=tuple(each for each in opinion.ratings if each.criterion != "Leadership"),
            )
            for opinion in file.opinions
        ),
    )

    (found,) = analyse(unrated).candidates

    assert found.weight_observed < 0.5
    leadership = next(each for each in found.criteria if each.name == "Leadership")
    assert (leadership.readings, leadership.is_observed) == (1, False)


def _planning_mean():
    return float(planning_population([Scale(1, 5)]).mean[0])


def test_too_few_answers_give_no_reading(given):
    questionnaires.answer_all(given, answers={1: None, 11: None})

    services.send_answers(given=given)

    assert not Result.objects.exists()


def test_a_criterion_without_a_scale_gets_hypotheses_alone(cast, case):
    questionnaires.lock_with_questionnaire(cast, case)
    (given,) = questionnaires.give(cast, case, bears_on={"Leadership": ""})
    factories.inform(cast, case)
    start_assessment(actor=cast.coordinator, case=case)
    questionnaires.answer_all(questionnaires.fresh(given))

    services.send_answers(given=questionnaires.fresh(given))

    assert not Result.objects.exists()


def test_what_stands_out_is_a_question_for_the_interview_in_the_readers_language(given):
    # Every other scale at its lowest: agreeing with what is turned, and not with what is straight.
    form = selectors.progress_of(given).questionnaire
    low = {place: 5 if item.is_reversed else 1 for place, item in enumerate(form.item, start=1)}
    questionnaires.answer_all(given, answers=low | HIGH)

    words = answers_in_words(selectors.progress_of(given), language="sv")

    assert len(words.hypotheses) == 1
    assert words.hypotheses[0].startswith("Svaren betonar planering och att göra färdigt mer än")
    assert words.statements[0].answer == "Fits fully"
    assert any("validated" in warning or "measures" in warning for warning in words.warnings)


def test_how_it_was_answered_is_asked_about_and_no_verdict(given):
    questionnaires.answer_all(given, answers=dict.fromkeys(range(1, N_ITEMS + 1), 5))

    words = answers_in_words(selectors.progress_of(given), language="en")

    assert any("24 statements in a row have the same answer" in each for each in words.questions)
    assert any("faster than most people read" in each for each in words.questions)
    assert any("both agreed with" in each for each in words.questions)


def test_ordinary_answers_raise_no_question(given):
    form = selectors.progress_of(given).questionnaire
    plain = {place: 2 if item.is_reversed else 4 for place, item in enumerate(form.item, start=1)}
    questionnaires.answer_all(given, answers=plain)

    words = answers_in_words(selectors.progress_of(given), language="en")

    assert words.hypotheses == ()
    assert [each for each in words.questions if "faster" not in each] == []


def test_answers_are_for_the_engaged_assessors_of_the_provider_alone(cast, given):
    second = factories.engage(cast, given.candidacy, cast.assessor, OpinionKind.SECOND)
    first = factories.engage(cast, given.candidacy, cast.decider, OpinionKind.FIRST)

    assert not policies.may_read_answers(cast.coordinator, second)
    assert not policies.may_read_answers(cast.decider, first)
    # Not before the client's own assessment is sealed, as everything of the second opinion.
    assert not policies.may_read_answers(cast.assessor, second)
    factories.seal(first)
    assert policies.may_read_answers(cast.assessor, second)
    candidates.withdraw(candidacy=given.candidacy)
    second.candidacy.refresh_from_db()
    assert not policies.may_read_answers(cast.assessor, second)


# --- taken back


def test_what_was_given_by_mistake_is_taken_back_from_all_and_can_be_given_anew(cast):
    case = factories.make_case(cast, candidates=("Kim Karlsson", "Robin Rask"))
    given = questionnaires.begin(cast, case)
    answer(given, 1, 4)
    for wrong in ({"actor": cast.orderer}, {"key": "neo-pi-r"}):
        with pytest.raises(NotAllowedError):
            services.take_questionnaire_back(
                **{"actor": cast.coordinator, "case": case, "key": KEY, "reason": "Zq."} | wrong
            )
    with pytest.raises(GivingError, match="Say why"):
        services.take_questionnaire_back(actor=cast.coordinator, case=case, key=KEY, reason=" ")

    taken = services.take_questionnaire_back(
        actor=cast.coordinator, case=case, key=KEY, reason="Zqwrong criteria."
    )

    assert taken == 2
    assert selectors.given_to(given.candidacy) == []
    assert [one.because for one in selectors.taken_back_in(case)] == ["Zqwrong criteria."]
    assert b"Zq" not in bytes(GivenQuestionnaire.objects.first().taken_back_because)
    assert Event.objects.filter(verb="questionnaire.taken_back").count() == 2
    for act in (lambda one: answer(one, 2, 4), lambda one: services.send_answers(given=one)):
        with pytest.raises(NotAllowedError, match="no longer needed"):
            act(questionnaires.fresh(given))
    for change in (
        lambda: StatementAnswer.objects.create(given=given, place=2, language="en", content=b""),
        lambda: GivenQuestionnaire.objects.update(taken_back_at=None),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert len(questionnaires.give(cast, case)) == 2


def test_what_one_candidate_has_sent_in_stays_given_to_all(cast):
    case = factories.make_case(cast, candidates=("Kim Karlsson", "Robin Rask"))
    given = questionnaires.begin(cast, case)
    questionnaires.answer_all(given)
    services.send_answers(given=given)

    with pytest.raises(NotAllowedError, match="has sent in their answers"):
        services.take_questionnaire_back(
            actor=cast.coordinator, case=case, key=KEY, reason="A slip."
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        GivenQuestionnaire.objects.filter(pk=given.pk).update(
            taken_back_at=given.at, taken_back_because=b"x"
        )


# --- reminded of

NOON = timezone.now().replace(hour=11, minute=0)


def reminded(given):
    return given.candidacy.mailings.filter(kind=MailKind.ANSWERS_REMINDER).count()


def begun_a_month_ago(cast):
    with as_of(NOON - timedelta(days=30)):
        case = factories.make_case(cast)
        enter_contact(
            actor=cast.coordinator, candidacy=case.candidacies.get(), email="kim@home.example"
        )
        return questionnaires.fresh(questionnaires.begin(cast, case))


def work_through(first, last):
    for day in range(first, last):
        with as_of(NOON - timedelta(days=30 - day)):
            deliver_due()


def test_reminders_are_two_at_most_and_then_a_person_is_told(cast):
    given = begun_a_month_ago(cast)

    work_through(1, 2)
    assert reminded(given) == 0
    work_through(2, 15)

    assert reminded(given) == 2
    assert given.candidacy.case.letters.filter(kind="silent").count() == 1


def test_who_is_answering_is_left_in_peace(cast):
    given = begun_a_month_ago(cast)
    work_through(1, 2)
    with as_of(NOON - timedelta(days=28, hours=3)):
        answer(given, 1, 4)

    work_through(2, 4)
    assert reminded(given) == 0
    work_through(4, 6)
    assert reminded(given) == 1


@pytest.mark.parametrize("end", ["sent in", "taken back", "withdrawn"])
def test_reminders_stop_when_nothing_is_awaited_any_more(cast, end):
    given = begun_a_month_ago(cast)
    case = given.candidacy.case
    if end == "sent in":
        questionnaires.answer_all(given)
        services.send_answers(given=given)
    elif end == "taken back":
        services.take_questionnaire_back(
            actor=cast.coordinator, case=case, key=KEY, reason="A slip."
        )
    else:
        candidates.withdraw(candidacy=given.candidacy)

    work_through(1, 10)

    assert reminded(given) == 0
