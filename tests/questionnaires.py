"""Cases whose candidates are asked to answer a questionnaire, for the tests of several rooms."""

from second_opinion.cases.services import Grounds, lock_profile, start_assessment, write_profile
from second_opinion.cases.states import Method
from second_opinion.ingest.case_file import CriterionEntry
from second_opinion.instruments import services
from second_opinion.instruments.models import GivenQuestionnaire
from second_opinion.instruments.selectors import progress_of
from second_opinion.opinions.states import OpinionKind
from tests import factories

KEY = "work-demonstration"
N_ITEMS = 24
CRITERIA = (
    CriterionEntry(name="Leadership", weight=60),
    CriterionEntry(name="Judgement", weight=40),
)
GROUNDS = {"Leadership": Grounds(methods=(Method.INTERVIEW, Method.QUESTIONNAIRE))}
BEARS_ON = {"Leadership": "conscientiousness"}


def lock_with_questionnaire(cast, case):
    """A locked profile with one criterion that a questionnaire measures, and one that none does."""
    write_profile(actor=cast.coordinator, case=case, criteria=CRITERIA, grounds=GROUNDS)
    lock_profile(actor=cast.coordinator, case=case)
    case.refresh_from_db()


def give(cast, case, *, bears_on=BEARS_ON):
    return services.give_questionnaire(
        actor=cast.coordinator, case=case, key=KEY, bears_on=bears_on
    )


def begin(cast, case):
    """Given, told of, and read: the candidates can answer."""
    lock_with_questionnaire(cast, case)
    give(cast, case)
    factories.inform(cast, case)
    start_assessment(actor=cast.coordinator, case=case)
    case.refresh_from_db()
    return GivenQuestionnaire.objects.filter(candidacy__case=case).first()


def answer_all(given, *, answers=None, language="en"):
    """Every statement: by place, 4 where nothing is said."""
    for place in range(1, N_ITEMS + 1):
        services.answer_statement(
            given=given, place=place, answer=(answers or {}).get(place, 4), language=language
        )


def fresh(given):
    return GivenQuestionnaire.objects.select_related("candidacy__case", "form").get(pk=given.pk)


def answered_case(cast):
    """One candidate has sent in answers of which one part stands out; an assessor is engaged."""
    given = begin(cast, cast.order(role="A role with a questionnaire"))
    form = progress_of(given).questionnaire
    low = {place: 5 if item.is_reversed else 1 for place, item in enumerate(form.item, start=1)}
    answer_all(given, answers=low | {1: 5, 11: 5, 21: 5, 6: 1, 16: None})
    services.send_answers(given=given)
    factories.engage(cast, given.candidacy, cast.second_assessor, OpinionKind.SECOND)
    return given.candidacy.case


def to_give(cast):
    """Nothing was given yet."""
    case = cast.order(role="A role that could have a questionnaire")
    lock_with_questionnaire(cast, case)
    return case
