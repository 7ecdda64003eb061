"""The pages of panels: what is sent is kept, and more people cost no more queries."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.accounts.states import Role
from second_opinion.cases.states import CaseState
from second_opinion.opinions.selectors import around_of, asking_in
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels.selectors import own_ties
from second_opinion.panels.selectors.assessors import (
    Certificate,
    Shown,
    ShownCompetence,
    newest_of,
    shown_in,
)
from second_opinion.panels.selectors.proposals import Need, needs_of, standings_in
from second_opinion.panels.selectors.vocabulary import vocabulary_of
from second_opinion.panels.services import (
    answer_proposal,
    confirm_assessor,
    confirm_needs,
    propose_assessor,
    save_assessor,
)
from second_opinion.panels.states import DeclineReason, Level, Proof
from tests import factories, questionnaires

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def test_an_assessor_adds_a_competence_found_by_their_own_words(cast, client):
    client.force_login(cast.assessor)
    page = f"/assessors/{cast.assessor.pseudonym}/"

    suggested = client.post(page, {"act": "suggest", "text": "avtalsrättsliga frågor"})
    client.post(
        page,
        {"act": "add", "key-1": "contract_law", "level-1": "3", "proof-1": "cases"},
    )
    languages = {"language-1": "sv", "language-level-1": "native", "language-2": "en"}
    languages |= {"language-3": "De", "language-level-3": "reads"}
    details = languages | {"cap": "3", "price": "20000", "free_from": "2027-02-01"}
    client.post(page, {"act": "details", **details})
    refused = client.post(page, {"act": "details", **details, "cap": "many"})

    assert "Contract law" in suggested.content.decode()
    shown = shown_in(newest_of(cast.assessor, cast.provider))
    assert [one.key for one in shown.competences] == ["contract_law"]
    assert (shown.cap, shown.price) == (3, 20000.0)
    assert [(one.code, one.level) for one in shown.languages] == [("sv", "native"), ("de", "reads")]
    assert 'value="native" selected' in client.get(page).content.decode()
    assert (refused.status_code, "Nothing was saved" in refused.content.decode()) == (422, True)


def test_an_assessor_declares_and_corrects_a_tie(cast, client):
    client.force_login(cast.assessor)
    tie = {"kind": "employment", "name": "Nordljus AB", "is_firm": "yes", "ending": "unknown"}
    client.post("/ties/", tie)
    (declared,) = own_ties(cast.assessor)

    client.post(
        f"/ties/{declared.pseudonym}/",
        {"ending": "ended", "ended_on": "2020-01-31", "reason": "Looked up."},
    )

    assert "until 31 January 2020" in client.get("/ties/").content.decode()
    assert client.post(f"/ties/{declared.pseudonym}/", tie).status_code == 404


@pytest.mark.parametrize("address", ["panel", "conflicts", "assessors"])
def test_more_assessors_cost_no_more_queries(cast, client, address):
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
    page = "/assessors/" if address == "assessors" else f"/cases/{case.pseudonym}/{address}/"
    german = [Need(words="German", key="german", level=2)]
    confirm_needs(actor=cast.coordinator, case=case, needs=german)
    client.force_login(cast.coordinator)
    client.get(page)

    few = queries_of(client, page)
    for name in ("Moa Ek", "Ture Alm", "Siri Dal"):
        factories.make_person(Role.ASSESSOR, organisation=cast.provider, name=name)

    assert queries_of(client, page) == few


def test_people_confirmed_engaged_asked_and_declined_cost_no_more_queries(cast, client):
    """Four of each cost the shortlist's page what one of each does."""
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
    german = [Need(words="German", key="german", level=2)]
    confirm_needs(actor=cast.coordinator, case=case, needs=german)
    client.force_login(cast.coordinator)
    page = f"/cases/{case.pseudonym}/panel/"
    _one_of_each(cast, case, "Ek")
    client.get(page)

    few = queries_of(client, page)
    for name in ("Alm", "Dal", "Ask"):
        _one_of_each(cast, case, name)

    assert queries_of(client, page) == few


def _one_of_each(cast, case, name):
    """Somebody on the list, somebody asked, somebody who declined, and a first assessor."""
    listed, asked, declined = (
        assessor_of_german(cast, f"{given} {name}") for given in ("Moa", "Ture", "Siri")
    )
    assert listed
    for person in (asked, declined):
        propose_assessor(
            actor=cast.coordinator,
            case=case,
            assessor=person,
            asking=asking_in(case),
            reason="Knows the trade.",
        )
    standing = next(one for one in standings_in(case) if one.proposal.assessor == declined)
    answer_proposal(
        actor=declined,
        standing=standing,
        around=around_of(case),
        declined_because=DeclineReason.NO_TIME,
        words="Until March.",
    )
    first = factories.make_person(Role.ASSESSOR, organisation=cast.client, name=f"Uno {name}")
    factories.engage(cast, case.candidacies.get(), first, OpinionKind.FIRST)


def assessor_of_german(cast, name, price=20_000.0):
    person = factories.make_person(Role.ASSESSOR, organisation=cast.provider, name=name)
    german = ShownCompetence(key="german", level=Level.SKILLED, proof=Proof.CASES)
    version = save_assessor(
        actor=person,
        assessor=person,
        provider=cast.provider,
        shown=Shown(competences=(german,), price=price),
    )
    confirm_assessor(actor=cast.coordinator, version=version)
    return person


def seven_of_german(cast):
    """Seven who pass every condition, each a little dearer than the one before."""
    for place, name in enumerate(("Ada", "Bo", "Cia", "Dan", "Eva", "Finn", "Gun")):
        assessor_of_german(cast, f"{name} Lind", price=20_000.0 + place)
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
    german = [Need(words="German", key="german", level=2)]
    confirm_needs(actor=cast.coordinator, case=case, needs=german)
    return case


def test_all_who_pass_are_shown_by_name_and_each_can_be_asked_with_a_reason(cast, client):
    case = seven_of_german(cast)
    client.force_login(cast.coordinator)
    page = f"/cases/{case.pseudonym}/panel/"

    few, every = (client.get(page + more).content.decode() for more in ("", "?all"))

    assert ("Ask Eva Lind" in few, "Ask Gun Lind" in few) == (True, False)
    assert 'href="?all#shortlist"' in few
    assert ("Ask Ada Lind" in every, "Ask Gun Lind" in every) == (True, True)
    gun = Person.objects.get(name="Gun Lind")
    sent = {"act": "propose", "assessor": str(gun.pseudonym)}
    refused = client.post(page + "?all", sent)
    assert (refused.status_code, "Ask Gun Lind" in refused.content.decode()) == (422, True)
    client.post(page + "?all", sent | {"reason": "Lives in the town."})
    assert [one.proposal.assessor for one in standings_in(case)] == [gun]


def test_the_line_of_a_decline_asks_the_next_on_the_list_instead(cast, client):
    case = seven_of_german(cast)
    ada, bo = (Person.objects.get(name=f"{name} Lind") for name in ("Ada", "Bo"))
    client.force_login(cast.coordinator)
    page = f"/cases/{case.pseudonym}/panel/"
    client.post(page, {"act": "propose", "assessor": str(ada.pseudonym)})
    waiting = client.get(page).content.decode()
    (standing,) = standings_in(case)
    answer_proposal(
        actor=ada,
        standing=standing,
        around=around_of(case),
        declined_because=DeclineReason.NO_TIME,
    )

    declined = client.get(page).content.decode()
    client.post(page, {"act": "propose", "assessor": str(bo.pseudonym)})
    replaced = client.get(page).content.decode()

    assert ["instead" in one for one in (waiting, declined, replaced)] == [False, True, False]
    line = declined.split("Ada Lind has declined")[1].split("</li>")[0]
    assert "Ask Bo Lind instead" in line
    assert str(bo.pseudonym) in line
    assert [one.proposal.assessor for one in standings_in(case)] == [bo, ada]


def test_all_who_pass_are_shown_a_page_at_a_time(cast, client, monkeypatch):
    monkeypatch.setattr("second_opinion.web.pages.panels.panel.ASSESSORS_PER_PAGE", 3)
    case = seven_of_german(cast)
    client.force_login(cast.coordinator)

    page = client.get(f"/cases/{case.pseudonym}/panel/?all&page=3").content.decode()

    assert ("Ask Gun Lind" in page, "Ask Finn Lind" in page) == (True, False)
    assert "Why them, and not the first on the list" in page
    assert "7 to 7 of 7" in page


def test_what_the_vocabulary_lacks_is_entered_where_the_needs_are_confirmed(cast, client):
    lacking = {"competence_lacking": "Klockgjutning, tyska"}
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED, details=lacking)
    client.force_login(cast.coordinator)
    page = f"/cases/{case.pseudonym}/needs/"
    offered = client.get(page).content.decode()
    own = {"words-1": "Klockgjutning", "key-1": "own", "level-1": "3", "gap-1": "yes"}
    german = {"words-2": "tyska", "key-2": "german", "level-2": "2", "double-2": "yes"}

    nameless = client.post(page, own | german)
    names = {"sv-1": "Klockgjutning", "en-1": "", "also-1": "bell founding, klockgjuteri"}
    client.post(page, own | german | names)

    assert "None of these: enter it as your firm’s own" in offered
    refused = nameless.content.decode()
    assert "Name it in Swedish or in English" in refused
    assert 'name="key-2" value="german" checked' in refused  # what was chosen is there still
    first, second = needs_of(case)
    entry = vocabulary_of(cast.provider, keys=[first.key])[first.key]
    assert entry.labels == ("Klockgjutning", "bell founding", "klockgjuteri")
    assert (first.is_gap, first.counts_double) == (True, False)
    assert (second.is_gap, second.counts_double) == (False, True)
    panel = client.get(f"/cases/{case.pseudonym}/panel/").content.decode()
    assert "works with it; the client can judge it; counts double" in panel
    assert 'value="own:' in client.get(page).content.decode()


def test_every_phrase_of_an_order_is_suggested_for_and_what_is_too_much_is_told(cast, client):
    words = [f"competence number {number}x" for number in range(1, 27)]
    lacking = {"competence_lacking": "; ".join(words)}
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED, details=lacking)
    client.force_login(cast.coordinator)

    page = client.get(f"/cases/{case.pseudonym}/needs/").content.decode()

    assert [f"“{each}”" in page for each in (words[8], words[23])] == [True, True]
    assert "2 more phrases stand in the text" in page


def test_an_assessor_adds_several_competences_and_proposes_one_that_is_lacking(cast, client):
    client.force_login(cast.assessor)
    page = f"/assessors/{cast.assessor.pseudonym}/"

    found = client.post(page, {"act": "suggest", "text": "avtalsrätt, orgelstämning"})
    client.post(
        page,
        {"act": "add", "key-1": "contract_law", "level-1": "3", "proof-1": "cases"}
        | {"key-2": "own", "sv-2": "Orgelstämning", "level-2": "4", "proof-2": "declared"},
    )

    assert "What do you mean by “orgelstämning”?" in found.content.decode()
    assert "propose it as your firm’s own" in found.content.decode()
    law, organ = shown_in(newest_of(cast.assessor, cast.provider)).competences
    assert (law.key, organ.level) == ("contract_law", 4)
    assert "counts when a coordinator has confirmed this" in client.get(page).content.decode()
    assert organ.key not in vocabulary_of(cast.provider)


def test_who_has_named_no_language_is_listed_with_that_as_a_question(cast, client):
    case = seven_of_german(cast)
    client.force_login(cast.coordinator)

    page = client.get(f"/cases/{case.pseudonym}/panel/").content.decode()

    assert "Has named no language: ask whether they work in English." in page


def test_who_confirms_sees_what_is_new_and_every_version_can_be_read(cast, client):
    person = assessor_of_german(cast, "Moa Ek")
    now = shown_in(newest_of(person, cast.provider))
    law = ShownCompetence(key="contract_law", level=Level.EXPERT, proof=Proof.DECLARED)
    changed = replace(now, competences=(law,), price=25_000.0)
    save_assessor(actor=person, assessor=person, provider=cast.provider, shown=changed)
    client.force_login(cast.coordinator)
    page = f"/assessors/{person.pseudonym}/"

    told = client.get(page).content.decode()
    first = client.get(f"{page}versions/1/").content.decode()
    second = client.get(f"{page}versions/2/").content.decode()

    new = told[told.index("What is new since version 1") : told.index("Confirm that I have")]
    for words in (
        "Contract law",
        "is an expert; own word only",
        "SEK\N{NO-BREAK SPACE}25,000",
        "SEK\N{NO-BREAK SPACE}20,000",
        "taken away",
    ):
        assert words in new
    assert f"{page}versions/1/" in told
    assert ("German" in first, "Contract law" in first) == (True, False)
    assert "Confirmed by" in first
    assert "What it changed" in second
    assert client.get(f"{page}versions/3/").status_code == 404
    client.force_login(cast.assessor)  # a colleague
    assert client.get(f"{page}versions/1/").status_code == 404


def certify(cast, person, name, until):
    version = save_assessor(
        actor=person,
        assessor=person,
        provider=cast.provider,
        shown=Shown(instruments=(Certificate(instrument=name, valid_until=until),)),
    )
    confirm_assessor(actor=cast.coordinator, version=version)


def test_a_missing_certificate_is_told_on_the_pages_that_it_matters_for(cast, client):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    opinion = factories.engage(cast, case.candidacies.get(), cast.assessor, OpinionKind.SECOND)
    lapsed, other, spare = (
        factories.make_person(Role.ASSESSOR, organisation=cast.provider, name=name)
        for name in ("Moa Ek", "Ture Alm", "Siri Dal")
    )
    today = timezone.localdate()
    for person, days in ((cast.assessor, -1), (lapsed, -1), (other, 20), (spare, 900)):
        certify(cast, person, "Structured interview", today + timedelta(days=days))
    german = [Need(words="German", key="german", level=2)]
    confirm_needs(actor=cast.coordinator, case=case, needs=german)

    client.force_login(cast.coordinator)
    panel = client.get(f"/cases/{case.pseudonym}/panel/").content.decode()
    register = client.get("/assessors/").content.decode()
    client.force_login(cast.assessor)
    own = client.get(f"/assessors/{cast.assessor.pseudonym}/").content.decode()
    workspace = client.get(reverse("assessment", args=[opinion.pseudonym])).content.decode()
    guide = client.get(reverse("guide_pdf", args=[opinion.pseudonym]))

    assert "Moa Ek: has no valid certificate on structured interview" in panel
    for page in (register, own):
        assert "The certificate on Structured interview ended on" in page
    assert register.count("The certificate on Structured interview ends on") == 1
    assert "Structured interview takes a certificate here" in workspace
    assert "the interview guide is not shown" in workspace
    assert guide.status_code == 403


@pytest.mark.parametrize(
    ("left", "said"),
    [(20, "in 20 days."), (1, "in 1 day."), (0, "ends today."), (-1, "ended on")],
)
def test_profile_and_register_say_in_how_many_days_a_certificate_ends(cast, client, left, said):
    certify(cast, cast.assessor, "A test", timezone.localdate() + timedelta(days=left))
    client.force_login(cast.coordinator)

    for path in ("/assessors/", f"/assessors/{cast.assessor.pseudonym}/"):
        assert said in client.get(path).content.decode()


def test_who_is_engaged_and_not_certified_is_told_before_a_questionnaire_is_given(cast, client):
    case = factories.make_case(cast)
    questionnaires.lock_with_questionnaire(cast, case)
    factories.engage(cast, case.candidacies.get(), cast.assessor, OpinionKind.SECOND)
    other = factories.make_person(Role.ASSESSOR, organisation=cast.provider, name="Moa Ek")
    certify(cast, other, questionnaires.KEY, None)
    client.force_login(cast.coordinator)

    page = client.get(reverse("case_questionnaires", args=[case.pseudonym])).content.decode()

    assert f"takes a certificate here, and the register confirms none of {cast.assessor}" in page
    assert "none of Moa Ek" not in page


def queries_of(client, page):
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(page).status_code == 200
    return len(found)
