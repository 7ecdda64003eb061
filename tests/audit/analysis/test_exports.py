"""An exported case, and what anybody can check in it without us."""

import copy

import pytest

from second_opinion.audit.analysis.exports import verify
from second_opinion.audit.analysis.receipts import export_of
from second_opinion.audit.analysis.verification import UnreadableReceiptError
from second_opinion.cases.states import CaseState
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports.selectors import events_visible_to
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(cast):
    factories.make_case(cast, state=CaseState.OPENED)  # its events lie between those of the other
    case = factories.make_case(cast, state=CaseState.CLOSED)
    factories.make_case(cast)
    return export_of(case.pseudonym, list(events_visible_to(cast.coordinator, case=case)))


def test_a_whole_case_holds(export):
    verdict = verify(export)

    assert verdict.refuted == ()
    assert f"All {len(export['events'])} events are in the log" in verdict.proved[0]
    assert "Every sealed opinion was sealed before the opening." in verdict.proved
    assert "The client read no earlier than the candidates." in verdict.proved


def test_it_names_nobody_and_holds_no_words(export, cast):
    names = ("Kim", "Karlsson", "Said so", "Purchasing", cast.assessor.name, cast.client.name)

    assert [name for name in names if name in str(export)] == []


@pytest.mark.parametrize(
    "change",
    [
        lambda found: found["events"][3]["entry"].update(verb="case.forged"),
        lambda found: found["events"][3]["entry"].update(at="2020-01-01T00:00:00+00:00"),
        lambda found: found["events"][3]["path"].reverse(),
        lambda found: found.update(root="00" * 32),
        lambda found: found["events"].reverse(),
        lambda found: found["events"].append(copy.deepcopy(found["events"][0])),
    ],
    ids=["verb", "time", "path", "head", "order", "twice"],
)
def test_what_was_changed_is_refuted(export, change):
    change(export)

    assert verify(export).refuted


def test_a_seal_after_the_opening_is_refuted(export):
    opened = next(one for one in export["events"] if one["entry"]["verb"] == "case.opened")
    export["events"].remove(opened)
    export["events"].insert(0, opened)
    opened["entry"]["position"] = 0

    assert any("sealed before the opening" in sentence for sentence in verify(export).refuted)


@pytest.mark.parametrize("part", ["root", "size", "events"])
def test_a_part_that_is_missing_is_named(export, part):
    del export[part]

    with pytest.raises(UnreadableReceiptError, match=part):
        verify(export)


def test_before_the_opening_the_log_does_not_tell_when_or_how_often_anybody_wrote(cast):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    opinion = factories.engage(cast, case.candidacies.get(), cast.assessor, OpinionKind.SECOND)
    other = factories.engage(cast, case.candidacies.get(), cast.decider, OpinionKind.FIRST)
    factories.seal(other)
    before = list(events_visible_to(cast.coordinator, case=case))

    factories.seal(opinion)

    assert list(events_visible_to(cast.coordinator, case=case)) == before
    assert {event.verb for event in before if event.subject_kind == "opinion"} == {
        "assessor.engaged"
    }


@pytest.mark.parametrize("who", ["orderer", "decider", "assessor", "stranger"])
def test_the_log_of_a_case_is_for_its_coordinators(cast, who):
    case = factories.make_case(cast, state=CaseState.REPORTED)

    assert not events_visible_to(getattr(cast, who), case=case).exists()
