"""The conflicts page of a case with a long register: a page at a time, what is open first."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from second_opinion.accounts.models import Membership, Person
from second_opinion.accounts.states import Role
from second_opinion.cases.states import CaseState
from second_opinion.panels import services
from second_opinion.panels.analysis import Around, conflicts_of
from second_opinion.panels.states import Ending, RulingOutcome, Source, TieKind
from second_opinion.web.checks import ASSESSORS_PER_PAGE
from tests import factories

pytestmark = pytest.mark.django_db

FREE = 60


class Register:
    """Sixty assessors who are free, one with a question open, one with a conflict, one cleared."""

    def __init__(self, client):
        self.cast = factories.Cast()
        self.case = factories.make_case(self.cast, state=CaseState.IN_ASSESSMENT)
        fill(self.cast, FREE - 1)  # the cast has an assessor who is free, too
        self.open, self.upheld, self.cleared = (
            self.tied(name) for name in ("Örjan Åsk", "Upheld Person", "Cleared Person")
        )
        self.rule(self.upheld, RulingOutcome.UPHELD)
        self.rule(self.cleared, RulingOutcome.CLEARED)
        self.path = reverse("conflicts", args=[self.case.pseudonym])
        self.client = client
        client.force_login(self.cast.coordinator)

    def tied(self, name):
        person = factories.make_person(Role.ASSESSOR, organisation=self.cast.provider, name=name)
        services.declare_tie(
            actor=person,
            provider=self.cast.provider,
            one=person,
            other=self.case.client,
            kind=TieKind.EMPLOYMENT,
            ending=Ending.HOLDS,
            source=Source.ASSESSOR,
        )
        return person

    def finding(self, person):
        return next(iter(conflicts_of(self.case, [person], around=Around())))

    def rule(self, person, outcome):
        services.rule_on_conflict(
            actor=self.cast.coordinator,
            case=self.case,
            assessor=person,
            finding=self.finding(person).key,
            outcome=outcome,
            reason=f"Why for {person}.",
            around=Around(),
        )

    def page(self, query=""):
        answer = self.client.get(self.path + query)
        assert answer.status_code == 200
        return answer.content.decode()

    def shown(self, query=""):
        """The names in the list, as they come."""
        return re.findall(r"<h2>(.*?)</h2>", self.page(query))


def fill(cast, number):
    people = Person.objects.bulk_create(
        Person(email=f"free{n}@free.example", name=f"Free Person {n:03}") for n in range(number)
    )
    Membership.objects.bulk_create(
        Membership(person=one, organisation=cast.provider, role=Role.ASSESSOR) for one in people
    )


@pytest.fixture
def register(client):
    return Register(client)


def test_what_is_to_be_decided_comes_first_then_conflicts_then_what_was_cleared(register):
    shown = register.shown()

    assert shown[:3] == ["Örjan Åsk", "Upheld Person", "Cleared Person"]
    assert len(shown) == ASSESSORS_PER_PAGE


def test_every_assessor_stands_on_one_page(register):
    pages = [register.shown(f"?page={number}") for number in (1, 2, 3)]

    names = [name for page in pages for name in page]
    assert len(names) == len(set(names)) == FREE + 3
    assert register.shown("?page=99") == pages[-1]


def test_it_says_how_many_there_are_of_each(register):
    page = register.page()

    for words in (
        "All&nbsp;(63)",
        "To be decided&nbsp;(1)",
        "A conflict of interest&nbsp;(1)",
        "Nothing stands in the way&nbsp;(61)",
    ):
        assert words in page


def test_one_is_found_by_name_whatever_its_letters_and_by_what_stands_open(register):
    assert register.shown("?q=orjan") == ["Örjan Åsk"]
    assert register.shown("?q=person+upheld") == ["Upheld Person"]
    assert register.shown("?which=conflict") == ["Upheld Person"]
    assert register.shown("?which=conflict&q=orjan") == []
    assert "Nobody here." in register.page("?q=nobody+at+all")
    assert len(register.shown("?which=nothing-like-it")) == ASSESSORS_PER_PAGE


def test_a_decision_leads_back_to_where_it_was_made(register):
    answer = register.client.post(
        f"{register.path}?q=orjan",
        {
            "act": "rule",
            "assessor": register.open.pseudonym,
            "finding": register.finding(register.open).key,
            "outcome": "upheld",
            "reason": "They still work there.",
        },
    )

    assert answer["Location"] == f"{register.path}?q=orjan"
    assert register.shown("?which=open") == []


def test_a_tie_can_be_entered_of_whoever_is_on_the_page_and_of_nobody_else_in_the_list(register):
    first, found = register.page(), register.page("?q=free+person+058")

    assert '<option value="' in first
    assert "Free Person 058</option>" not in first
    assert "Free Person 058</option>" in found
    assert first.count("<option") < ASSESSORS_PER_PAGE + 40


def test_who_was_chosen_is_offered_again_where_the_tie_is_refused(register):
    wanted = Person.objects.get(name="Free Person 058")

    answer = register.client.post(
        register.path, {"act": "declare", "whose": wanted.pseudonym, "ending": "holds"}
    )

    assert answer.status_code == 422
    assert "Free Person 058</option>" in answer.content.decode()


def test_only_the_ties_of_those_on_the_page_are_told(register):
    far = Person.objects.get(name="Free Person 058")
    services.declare_tie(
        actor=far,
        provider=register.cast.provider,
        one=far,
        other=services.Named(name="Bortaverk AB", is_firm=True),
        kind=TieKind.EMPLOYMENT,
        ending=Ending.HOLDS,
        source=Source.ASSESSOR,
    )

    assert "Bortaverk" not in register.page()
    assert "Bortaverk" in register.page("?q=free+person+058")


def test_a_short_register_is_one_list_without_more(client):
    cast = factories.Cast()
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    client.force_login(cast.coordinator)

    page = client.get(reverse("conflicts", args=[case.pseudonym])).content.decode()

    assert 'role="search"' not in page
    assert 'rel="next"' not in page


def test_a_longer_register_costs_no_more_statements(register):
    def statements():
        with CaptureQueriesContext(connection) as found:
            register.page()
        return len(found)

    register.page()
    few = statements()
    people = Person.objects.bulk_create(
        Person(email=f"more{n}@free.example", name=f"More Person {n:03}") for n in range(40)
    )
    Membership.objects.bulk_create(
        Membership(person=one, organisation=register.cast.provider, role=Role.ASSESSOR)
        for one in people
    )

    assert statements() == few
