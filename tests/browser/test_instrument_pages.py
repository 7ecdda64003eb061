"""Pages of references, work samples and outside tests, on a phone and on a desk."""

import re

import pytest

from second_opinion.accounts.states import Role
from second_opinion.candidates import services as candidates
from second_opinion.cases.services import enter_contact
from second_opinion.cases.states import CaseState
from second_opinion.instruments import services as instruments
from second_opinion.instruments.models import Result
from second_opinion.opinions import services as opinions
from second_opinion.web.urls import RESULTS
from tests import factories
from tests.browser.looking import faults_of, in_every_way
from tests.files import pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# They answer with a file; and the pages of candidate and referee, which only a link opens.
TEXTLESS = {"work_sample_file", "given_file", "masked_document_file"}


@pytest.fixture
def people():
    return factories.Cast()


@pytest.fixture
def case(people):
    case = factories.make_case(
        people, state=CaseState.IN_ASSESSMENT, candidates=["Kim Karlsson", "Åsa Ödmjuk-Lång"]
    )
    for candidacy in case.candidacies.all():
        enter_contact(
            actor=people.coordinator, candidacy=candidacy, email=f"c{candidacy.pk}@home.example"
        )
    factories.give_task(people, case, task="Choose.\n\nBetween three suppliers, and say why.")
    return case


@pytest.fixture
def kim(people, case):
    """A candidate of whom everything is there, and a question besides."""
    kim = case.candidacies.first()
    opinions.enter_test(
        actor=people.coordinator, candidacy=kim, test=factories.outside_test(norm_n=90)
    )
    answered = factories.release_referee(kim)
    factories.release_referee(
        kim, name="Bo Boss", email="bo@now.example", is_at_present_employer=True
    )
    factories.name_referee(kim, name="Lo", email="lo@firm.example")
    instruments.give_reference(referee=answered, answer=factories.reference(words="Good."))
    instruments.begin_task(candidacy=kim)
    instruments.answer_task(candidacy=kim, words="The second one.\n\nBecause of the price.")
    return kim


@pytest.fixture
def rater(people, kim):
    rater = factories.make_person(Role.ASSESSOR, organisation=people.provider, name="Ria Rater")
    opinions.engage_rater(actor=people.coordinator, candidacy=kim, rater=rater)
    return rater


def by_link(window, candidacy, referee=None):
    _link, token = candidates.make_token(candidacy=candidacy, referee=referee)
    window.goto(f"/personal/{token}/")
    window.get_by_role("main").get_by_role("button").click()


@in_every_way
def test_axe_finds_nothing(language, scheme, width, people, case, kim, rater, open_browser):
    look = {"width": width, "language": language, "color_scheme": scheme}
    rating, test = kim.work_sample_ratings.get(), Result.objects.get(kind="test")
    desk, faults = open_browser(person=people.coordinator, **look), []
    pages = [
        f"/candidacies/{kim.pseudonym}/",
        f"/candidacies/{kim.pseudonym}/tests/",
        f"/candidacies/{kim.pseudonym}/tests/{test.pseudonym}/",
        f"/candidacies/{kim.pseudonym}/referees/",
        f"/cases/{case.pseudonym}/work-sample/",
    ]
    for path in pages:
        desk.goto(path)
        faults += [f"{path}: {fault}" for fault in faults_of(desk)]
    own = open_browser(person=rater, **look)
    for path in ("/assessments/", f"/work-samples/{rating.pseudonym}/"):
        own.goto(path)
        faults += [f"{path}: {fault}" for fault in faults_of(own)]
    phone = open_browser(**look)
    by_link(phone, kim)
    for path in ("/candidate/referees/", "/candidate/task/"):
        phone.goto(path)
        faults += [f"{path}: {fault}" for fault in faults_of(phone)]
    other = open_browser(**look)
    by_link(other, case.candidacies.last())
    other.goto("/candidate/task/")
    faults += faults_of(other)
    other.locator("button[value=begin]").click()
    faults += faults_of(other)
    theirs = open_browser(**look)
    by_link(theirs, kim, kim.referees.get(name="Bo Boss"))
    faults += faults_of(theirs)
    by_link(theirs, kim, factories.release_referee(kim, name="Rolf", email="rolf@firm.example"))
    faults += faults_of(theirs)
    factories.open_case(people, case)
    desk.goto(f"/candidacies/{kim.pseudonym}/given/")
    faults += faults_of(desk)

    assert faults == []
    looked_at = {"outside_tests", "outside_test", "referees", "work_sample", "given"}
    looked_at |= {"rate_work_sample", "referee"}
    looked_at |= {"masking", "masked_document"}  # below
    assert {page.name for page in RESULTS} - TEXTLESS == looked_at


ANSWER = (
    "Jag heter Kim Karlsson och har arbetat på Nordverk AB i sex år.\n\n"
    "Den andra leverantören är bäst. Skriv till kim.karlsson@example.com eller ring 070-123 45 67."
)


@pytest.fixture
def masked_case(people):
    """Masking is chosen; Kim has answered in words, and the other in a file nobody can read."""
    case = factories.make_case(
        people, state=CaseState.IN_ASSESSMENT, candidates=["Kim Karlsson", "Åsa Ödmjuk-Lång"]
    )
    instruments.choose_masking(actor=people.coordinator, case=case, is_masked=True)
    factories.give_task(people, case)
    kim, other = case.candidacies.all()
    candidates.add_words(candidacy=kim, words="I was the first woman to lead Zqverk.")
    for one, answer in ((kim, {"words": ANSWER}), (other, {"name": "a.pdf", "content": pdf()})):
        instruments.begin_task(candidacy=one)
        instruments.answer_task(candidacy=one, **answer)
    return case


@in_every_way
def test_axe_finds_nothing_on_masked_documents(
    language, scheme, width, people, masked_case, open_browser
):
    look = {"width": width, "language": language, "color_scheme": scheme}
    kim, other = masked_case.candidacies.all()
    rater = factories.make_person(Role.ASSESSOR, organisation=people.provider, name="Ria Rater")
    desk, faults = open_browser(person=people.coordinator, **look), []
    desk.goto(f"/cases/{masked_case.pseudonym}/masking/")
    faults += faults_of(desk)
    desk.locator("button[value=open]").first.click()
    faults += faults_of(desk)
    document = desk.url

    # By keyboard alone: what is masked besides, and why.
    desk.locator("#id_words").focus()
    desk.keyboard.type("leverantören")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Bara en.")
    desk.keyboard.press("Enter")
    desk.wait_for_url(document)
    assert "Bara en." in desk.locator("#changed + ul").inner_text()
    desk.locator("details summary").last.click()
    faults += faults_of(desk)
    desk.locator("input[name=has_compared]").check()
    desk.locator("button[value=release]").click()
    faults += faults_of(desk)

    for one, source in ((other, "answer"), (kim, "sheet")):
        unread = factories.open_masked(people, one, kind=source)
        desk.goto(f"/masked/{unread.pseudonym}/")
        faults += faults_of(desk)
    rating = opinions.engage_rater(actor=people.coordinator, candidacy=kim, rater=rater)
    own = open_browser(person=rater, **look)
    for path in ("/assessments/", f"/work-samples/{rating.pseudonym}/"):
        own.goto(path)
        faults += faults_of(own)
        assert "Karlsson" not in own.locator("body").inner_text()
    factories.open_case(people, masked_case)
    assessor = open_browser(person=people.assessor, **look)
    assessor.goto(f"/candidacies/{kim.pseudonym}/given/")
    faults += faults_of(assessor)
    assessor.get_by_role("link", name=re.compile("riginal")).click()
    faults += faults_of(assessor)
    assert "Karlsson" not in assessor.locator("article .lead").inner_text()
    assessor.locator("button[value=open]").click()
    assert "Nordverk" in assessor.locator("table.both").inner_text()
    faults += faults_of(assessor)

    assert faults == []
