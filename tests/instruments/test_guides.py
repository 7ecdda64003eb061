"""The interview guide: generated, changed until its first use, fixed, departed from."""

import pytest
from django.db import IntegrityError, transaction

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.cases import services as cases
from second_opinion.cases.selectors import offered_criteria
from second_opinion.cases.states import CaseState, Method
from second_opinion.instruments import selectors, services
from second_opinion.instruments.errors import InvalidDeviationError, InvalidGuideError
from second_opinion.instruments.models import Deviation, Guide
from second_opinion.instruments.services import SectionChange
from second_opinion.instruments.states import DeviationKind
from second_opinion.instruments.writing.guide import sections_for
from second_opinion.instruments.writing.other_language import in_language
from second_opinion.library.criteria import Seniority
from second_opinion.opinions import services as opinions
from second_opinion.opinions.errors import GuideError
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports.rendering import page_of
from second_opinion.reports.rendering.stored import document_of
from tests import factories

pytestmark = pytest.mark.django_db
LIBRARY = ("leading_people", "planning")


@pytest.fixture
def case(cast):
    """In assessment, without the client's own opinion; its criteria are of the test factories."""
    return factories.make_case(cast, state=CaseState.IN_ASSESSMENT)


@pytest.fixture
def opinion(cast, case):
    return factories.engage(cast, case.candidacies.get(), cast.assessor, OpinionKind.SECOND)


def change(section, **new):
    unchanged = {
        "position": section.position,
        "place": section.position,
        "minutes": section.minutes,
        "core": frozenset(question.number for question in section.core),
        "texts": {},
    }
    return SectionChange(**(unchanged | new))


def from_library(cast):
    """The criteria of a draft, chosen from the library and weighed."""
    draft = factories.make_draft(cast)
    names = [
        cases.choose_criterion(
            actor=cast.orderer, case=draft, key=key, seniority=Seniority.UNIT
        ).name
        for key in LIBRARY
    ]
    cases.weigh_criteria(
        actor=cast.orderer, case=draft, weights=dict(zip(names, (30.0, 70.0), strict=True))
    )
    return list(draft.profiles.get().criteria.all())


def test_a_guide_asks_what_the_library_asks_the_weightiest_first(cast):
    criteria = from_library(cast)

    sections = sections_for(criteria, language="en")

    planning = criteria[1].interview
    assert [section["criterion"] for section in sections] == [
        criteria[1].name,
        criteria[0].name,
    ]
    assert [section["minutes"] for section in sections] == [55, 25]
    asked = [question["text"] for question in sections[0]["questions"] if question["is_core"]]
    assert asked == [
        *[each["question"] for each in planning["past_behaviour"][:2]],
        planning["situational"][0]["question"],
    ]
    assert len(sections[0]["questions"]) == 5
    assert sections[0]["listen_for"] == planning["listen_for"]


def test_what_no_interview_measures_is_not_asked_about(cast):
    criteria = from_library(cast)
    criteria[0].methods = [Method.REFERENCE]

    assert [each["criterion"] for each in sections_for(criteria, language="en")] == [
        criteria[1].name
    ]


@pytest.mark.parametrize(("language", "word"), [("sv", "Berätta"), ("en", "Tell me")])
def test_a_criterion_of_ones_own_gets_questions_in_the_language_of_the_case(case, language, word):
    sections = sections_for(case.profiles.get().criteria.all(), language=language)

    assert sections[0]["questions"][0]["text"].startswith(word)
    assert "Leadership" in sections[0]["questions"][0]["text"]


def test_a_coordinator_changes_the_guide_until_it_is_used(cast, case, opinion):
    guide = services.prepare_guide(actor=cast.coordinator, case=case)
    first, second = selectors.sections_of(guide)

    services.save_guide(
        actor=cast.coordinator,
        case=case,
        changes=[
            change(first, place=2, core=frozenset({"1.2"}), texts={"1.2": "What of Kim's team?"}),
            change(second, place=1, minutes=15),
        ],
    )

    guide.refresh_from_db()
    changed = selectors.sections_of(guide)
    assert [section.criterion for section in changed] == [second.criterion, first.criterion]
    assert changed[0].minutes == 15
    assert [question.text for question in changed[1].core] == ["What of Kim's team?"]
    assert services.prepare_guide(actor=cast.coordinator, case=case) == guide


def test_the_first_use_fixes_the_guide_for_good(cast, case, opinion):
    used = opinions.take_up_guide(actor=cast.assessor, opinion=opinion)

    assert used.is_frozen
    assert opinions.take_up_guide(actor=cast.assessor, opinion=opinion) == used
    with pytest.raises(NotAllowedError, match="stays as it is"):
        services.save_guide(
            actor=cast.coordinator,
            case=case,
            changes=[change(section) for section in selectors.sections_of(used)],
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Guide.objects.filter(pk=used.pk).update(sections=[])
    with pytest.raises(IntegrityError), transaction.atomic():
        Guide.objects.filter(pk=used.pk).delete()


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ({"minutes": 4}, "5 to 60 minutes"),
        ({"core": frozenset()}, "at least one question"),
        ({"texts": {"1.1": "  "}}, "1 to 500 characters"),
        ({"texts": {"1.1": "x" * 501}}, "1 to 500 characters"),
        ({"position": 7}, "other parts"),
    ],
)
def test_a_guide_that_nobody_could_ask_by_is_refused(cast, case, new, says):
    guide = services.prepare_guide(actor=cast.coordinator, case=case)
    first, second = selectors.sections_of(guide)

    with pytest.raises(InvalidGuideError, match=says):
        services.save_guide(
            actor=cast.coordinator, case=case, changes=[change(first, **new), change(second)]
        )

    guide.refresh_from_db()
    assert selectors.sections_of(guide) == (first, second)


def test_a_deviation_is_logged_with_its_reason_which_only_its_writer_reads(cast, case, opinion):
    opinions.log_deviation(
        actor=cast.assessor,
        opinion=opinion,
        question="1.2",
        kind=DeviationKind.LEFT_OUT,
        because="The fire alarm went off.",
    )

    deviation = Deviation.objects.get()
    assert b"fire alarm" not in bytes(deviation.because)
    (logged,) = selectors.own_deviations(
        cast.assessor, guide=deviation.guide, candidacy=opinion.candidacy
    )
    assert (logged.question, logged.because) == ("1.2", "The fire alarm went off.")
    assert (
        selectors.own_deviations(
            cast.coordinator, guide=deviation.guide, candidacy=opinion.candidacy
        )
        == []
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Deviation.objects.update(question="1.1")


def test_after_the_opening_the_coordinator_and_the_report_tell_where_an_interview_went(
    cast, case, opinion
):
    opinions.log_deviation(
        actor=cast.assessor,
        opinion=opinion,
        question="1.1",
        kind=DeviationKind.LEFT_OUT,
        because="The fire alarm went off.",
    )
    factories.seal(opinion)
    assert selectors.deviations_in(case) == []
    opened = opinions.open_case(actor=cast.coordinator, case=case)

    (told,) = selectors.deviations_in(opened)
    version = factories.sign_report(cast, opened)
    page = page_of(document_of(version, language="en"))

    assert (told.question, told.because) == ("1.1", "The fire alarm went off.")
    assert "Where an interview left its guide" in page
    assert "question 1.1, left out." in page
    assert "The fire alarm went off." in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"question": "9.9"}, "no such question"),
        ({"kind": "forgotten"}, "asked differently or left out"),
        ({"because": "  "}, "Say why"),
    ],
)
def test_a_deviation_says_what_and_why(cast, opinion, wrong, says):
    right = {"question": "1.1", "kind": DeviationKind.ADDED, "because": "A follow-up."}

    with pytest.raises(InvalidDeviationError, match=says):
        opinions.log_deviation(actor=cast.assessor, opinion=opinion, **(right | wrong))


def test_the_clients_own_assessor_has_no_guide(cast, case):
    own = factories.engage(cast, case.candidacies.get(), cast.decider, OpinionKind.FIRST)

    assert opinions.take_up_guide(actor=own.assessor, opinion=own) is None
    with pytest.raises(GuideError):
        opinions.log_deviation(
            actor=own.assessor,
            opinion=own,
            question="1.1",
            kind=DeviationKind.ADDED,
            because="A follow-up.",
        )


def test_a_guide_is_put_into_the_candidates_language_as_far_as_the_library_goes():
    people = factories.Cast()
    case = factories.make_case(people, language="sv")
    for key in LIBRARY:
        cases.choose_criterion(
            actor=people.coordinator, case=case, key=key, seniority=Seniority.UNIT
        )
    cases.lock_profile(actor=people.coordinator, case=case)
    guide = services.prepare_guide(actor=people.coordinator, case=case)
    guide.sections[0]["questions"][0]["text"] = "Vår egen fråga?"

    english = in_language(guide, "en")

    library = offered_criteria().criteria
    texts = str(english.sections)
    for key in LIBRARY:
        wording = library[key].en
        for text in (wording.name, wording.definition, wording.listen_for[0]):
            assert text in texts
        assert wording.situational[0].question in texts
        assert wording.situational[0].probes[1] in texts
        assert wording.anchors.unit["5"] in texts
    assert english.sections[0]["questions"][0]["text"] == "Vår egen fråga?"
    assert "Berätta" not in texts
    assert in_language(guide, "sv") is guide
