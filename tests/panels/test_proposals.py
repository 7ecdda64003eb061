"""From what a case needs to an assessor who has accepted and nobody has anything against."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from second_opinion.accounts.states import Role
from second_opinion.cases.states import CaseState
from second_opinion.opinions.errors import EngagementError
from second_opinion.opinions.selectors import around_of, asking_in
from second_opinion.opinions.services import decide_challenge
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels import services
from second_opinion.panels.analysis import Around, Gate, shortlist_for, suggestions_for
from second_opinion.panels.errors import ProposalError, RegisterError
from second_opinion.panels.selectors.assessors import (
    Certificate,
    Shown,
    ShownCompetence,
    Spoken,
    registered_at,
)
from second_opinion.panels.selectors.proposals import (
    Need,
    proposal_for,
    proposed_to,
    standing_in,
    step_words,
)
from second_opinion.panels.services import Named
from second_opinion.panels.states import (
    DeclineReason,
    Ending,
    LanguageLevel,
    Level,
    Proof,
    Source,
    StepKind,
    TieKind,
)
from second_opinion.web.panels import listed_lines
from tests import factories
from tests.panels.test_ties import clear_all

pytestmark = pytest.mark.django_db


def competences_at(level):
    """Contract law, shown by cases, and German, shown by a certificate."""
    return (
        ShownCompetence(key="contract_law", level=level, proof=Proof.CASES),
        ShownCompetence(key="german", level=level, proof=Proof.CERTIFICATE),
    )


LAW_SHOWN = competences_at(Level.SKILLED)


class Firm:
    """Three assessors: one covers German law, one knows some, one has said nothing."""

    def __init__(self):
        self.cast = cast = factories.Cast()
        self.case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
        self.kim = self.case.candidacies.get()
        self.some, self.silent = (
            factories.make_person(Role.ASSESSOR, organisation=cast.provider, name=name)
            for name in ("Siv Some", "Sam Silent")
        )
        for person, level in ((cast.assessor, Level.EXPERT), (self.some, Level.BASIC)):
            self.show(person, competences_at(level))

    def show(self, person, competences):
        version = services.save_assessor(
            actor=person,
            assessor=person,
            provider=self.cast.provider,
            shown=Shown(competences=competences),
        )
        services.confirm_assessor(actor=self.cast.coordinator, version=version)

    def need(self):
        services.confirm_needs(
            actor=self.cast.coordinator,
            case=self.case,
            needs=[
                Need(words="tyska avtal", key="contract_law", level=3),
                Need(words="tyska", key="german", level=2),
            ],
        )

    def shortlist(self, *, around=None):
        asking = asking_in(self.case)
        return shortlist_for(
            self.case,
            around=around or asking.around,
            load=asking.load,
            taken=asking.engaged,
            language="en",
        )

    def propose(self, assessor=None, reason=""):
        proposal = services.propose_assessor(
            actor=self.cast.coordinator,
            case=self.case,
            assessor=assessor or self.cast.assessor,
            asking=asking_in(self.case),
            reason=reason,
        )
        return standing_in(self.case, proposal.pseudonym)

    def answer(self, standing, **answer):
        services.answer_proposal(
            actor=standing.proposal.assessor,
            standing=standing,
            around=around_of(self.case),
            **answer,
        )
        return standing_in(self.case, standing.proposal.pseudonym)


@pytest.fixture
def firm():
    return Firm()


def test_a_text_is_suggested_phrase_by_phrase_and_nothing_is_chosen(firm):
    found = suggestions_for("Tyska; avtalsrätt och IFRS", firm.cast.provider, most=3)

    assert [one.words for one in found] == ["Tyska", "avtalsrätt", "IFRS"]
    assert [one.entries[0].key for one in found] == [
        "german",
        "contract_law",
        "financial_reporting",
    ]
    assert firm.shortlist() is None


def test_a_shortlist_tells_why_somebody_stands_on_it_and_why_not(firm):
    firm.need()

    found = firm.shortlist()

    first, second = found.listed
    assert (first.person, first.covers_gap, second.covers_gap) == (firm.cast.assessor, True, False)
    assert [(one.label, one.shown, one.required) for one in first.needs] == [
        ("Contract law", 4, 3),
        ("German", 4, 2),
    ]
    assert first.score == pytest.approx((1.0 + 0.9) / 2)
    assert [(one.person, one.gate) for one in found.left_out] == [(firm.silent, Gate.NOT_CONFIRMED)]


def test_a_need_may_count_double_and_need_not_be_what_the_client_lacks(firm):
    services.confirm_needs(
        actor=firm.cast.coordinator,
        case=firm.case,
        needs=[
            Need(words="avtal", key="contract_law", level=3, is_gap=False),
            Need(words="tyska", key="german", level=1, weight=2.0),
        ],
    )

    first, second = firm.shortlist().listed

    assert first.score == pytest.approx((1.0 + 2 * 0.9) / 3)
    assert second.covers_gap  # knows little of contract law, which the client can judge
    assert [(one.is_gap, one.weight) for one in first.needs] == [(False, 1.0), (True, 2.0)]


@pytest.mark.parametrize(
    ("both", "shared"),
    [
        ({"schools": "Handels, Lund"}, "school"),
        ({"instruments": (Certificate(instrument="Work  profile"),)}, "method"),
    ],
)
def test_what_is_shared_with_the_first_assessor_is_told_with_its_planning_value(both, shared, firm):
    firm.need()
    for person in (firm.some, firm.silent):
        now = registered_at(firm.cast.provider, [person])[0].shown
        version = services.save_assessor(
            actor=person,
            assessor=person,
            provider=firm.cast.provider,
            shown=replace(now, **both),
        )
        services.confirm_assessor(actor=firm.cast.coordinator, version=version)

    listed = firm.shortlist(around=Around(first_assessors=(firm.silent,))).listed

    told = {one.person: (one.shared, one.correlation) for one in listed}
    assert told[firm.some] == (("employer", shared), 0.3)
    assert told[firm.cast.assessor] == (("employer",), 0.3)


@pytest.mark.parametrize(("ended_years_ago", "is_counted"), [(None, True), (1, True), (9, False)])
def test_an_employer_that_both_have_declared_is_shared_and_named(firm, ended_years_ago, is_counted):
    firm.need()
    outside = factories.make_person(
        Role.ASSESSOR, organisation=firm.cast.client, name="Ute Outside"
    )
    ended_on = None
    if ended_years_ago:
        ended_on = timezone.localdate() - timedelta(days=366 * ended_years_ago)
    for person, name in ((outside, "Nordljus Aktiebolag"), (firm.some, "Nordljus AB")):
        services.declare_tie(
            actor=firm.cast.coordinator,
            provider=firm.cast.provider,
            one=person,
            other=Named(name=name, is_firm=True),
            kind=TieKind.EMPLOYMENT,
            ending=Ending.ENDED if ended_on else Ending.HOLDS,
            ended_on=ended_on,
            source=Source.COORDINATOR,
        )
    around = Around(first_assessors=(outside,))
    clear_all(firm.cast.coordinator, firm.case, firm.some, around)

    listed = {one.person: one for one in firm.shortlist(around=around).listed}

    shared = ("employer",) if is_counted else ()
    assert listed[firm.some].shared == shared
    assert listed[firm.cast.assessor].shared == ()
    (line,) = listed_lines([listed[firm.some]], first=None)
    told = " ".join(line.facts)
    assert ("employer (Nordljus AB, as both have declared)" in told) is is_counted


@pytest.mark.parametrize(
    ("languages", "gate", "asked"),
    [
        ((), None, "en"),
        ((Spoken(code="sv"), Spoken(code="en")), None, ""),
        ((Spoken(code="en", level=LanguageLevel.NATIVE),), None, ""),
        ((Spoken(code="en", level=LanguageLevel.READS),), Gate.LANGUAGE, ""),
        ((Spoken(code="sv"),), Gate.LANGUAGE, ""),
    ],
)
def test_a_case_takes_who_works_in_its_language_and_asks_of_who_named_none(
    languages, gate, asked, firm
):
    firm.need()
    now = registered_at(firm.cast.provider, [firm.some])[0].shown
    version = services.save_assessor(
        actor=firm.some,
        assessor=firm.some,
        provider=firm.cast.provider,
        shown=replace(now, languages=languages),
    )
    services.confirm_assessor(actor=firm.cast.coordinator, version=version)

    found = firm.shortlist()

    left_out = {one.person: one.gate for one in found.left_out}
    assert left_out.get(firm.some) == gate
    listed = {one.person: one.asked_language for one in found.listed}
    assert listed.get(firm.some, "") == asked


def test_the_first_is_asked_as_they_are_and_any_other_with_a_reason(firm):
    firm.need()

    with pytest.raises(ProposalError, match="does not stand first"):
        firm.propose(firm.some)
    firm.propose(firm.some, reason="Has worked with the client's trade.")
    firm.propose()
    with pytest.raises(ProposalError, match="asked already"):
        firm.propose()


def test_somebody_with_a_tie_is_left_out_and_cannot_be_asked(firm):
    firm.need()
    services.declare_tie(
        actor=firm.cast.assessor,
        provider=firm.cast.provider,
        one=firm.cast.assessor,
        other=Named(name="Client AB", is_firm=True),
        kind=TieKind.OWNERSHIP,
        ending=Ending.HOLDS,
        source=Source.ASSESSOR,
    )

    assert firm.shortlist().left_out[0].gate in {Gate.CONFLICT, Gate.NOT_CONFIRMED}
    with pytest.raises(ProposalError, match="conflict of interest"):
        firm.propose(reason="The best.")


def test_who_accepts_has_declared_everything_first(firm):
    standing = firm.propose(reason="The only one.")
    with pytest.raises(ProposalError, match="no tie beside"):
        firm.answer(standing)
    services.declare_tie(
        actor=firm.cast.assessor,
        provider=firm.cast.provider,
        one=firm.cast.assessor,
        other=Named(name="Karlsson, Kim"),
        kind=TieKind.TRAINED_BY,
        ending=Ending.HOLDS,
        source=Source.ASSESSOR,
    )

    with pytest.raises(ProposalError, match="ties you to this case"):
        firm.answer(standing, declares_no_more=True)


def test_who_declines_is_replaced_by_the_next(firm):
    firm.need()
    standing = firm.answer(
        firm.propose(), declined_because=DeclineReason.NO_TIME, words="Until March."
    )

    assert step_words(standing.answer) == "no_time\nUntil March."
    assert proposal_for(firm.cast.assessor, standing.proposal.pseudonym).is_over
    firm.propose(firm.some)  # first now, and so without a reason


def test_a_candidate_challenges_and_nobody_is_engaged_meanwhile(firm):
    standing = firm.answer(firm.propose(reason="The best."), declares_no_more=True)
    (shown,) = proposed_to(firm.kim)
    services.challenge_proposal(candidacy=firm.kim, standing=shown, words="We are cousins.")

    with pytest.raises(EngagementError, match="challenged"):
        factories.engage(firm.cast, firm.kim, firm.cast.assessor, OpinionKind.SECOND)
    decide_challenge(
        actor=firm.cast.coordinator,
        standing=standing,
        candidacy=firm.kim,
        is_upheld=False,
        words="Another Anna.",
    )
    factories.engage(firm.cast, firm.kim, firm.cast.assessor, OpinionKind.SECOND)

    (after,) = proposed_to(firm.kim)
    assert step_words(after.own(firm.kim, {StepKind.DISMISSED})) == "Another Anna."


def test_a_challenge_that_is_upheld_ends_it_and_the_candidate_reads_why(firm):
    standing = firm.answer(firm.propose(reason="The best."), declares_no_more=True)
    services.challenge_proposal(candidacy=firm.kim, standing=standing, words="We are cousins.")
    decide_challenge(
        actor=firm.cast.coordinator,
        standing=standing,
        candidacy=firm.kim,
        is_upheld=True,
        words="Thank you.",
    )

    (after,) = proposed_to(firm.kim)
    assert after.is_over
    with pytest.raises(EngagementError, match="challenged"):
        factories.engage(firm.cast, firm.kim, firm.cast.assessor, OpinionKind.SECOND)


@pytest.mark.parametrize(
    ("needs", "why"),
    [
        ([], "Choose one"),
        ([Need(words="x", key="nothing", level=2)], "no entry"),
        ([Need(words="x", key="german", level=9)], "A level"),
        ([Need(words="x", key="german", level=2, weight=9.0)], "once or double"),
    ],
)
def test_needs_that_cannot_be_matched_on_are_refused(firm, needs, why):
    with pytest.raises(RegisterError, match=why):
        services.confirm_needs(actor=firm.cast.coordinator, case=firm.case, needs=needs)
