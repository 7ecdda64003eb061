"""A profile out of the library, and every instrument in it, from the buttons to the report.

Guide, interview, questionnaire on telephones in Swedish and in English, reference, work sample
and outside test: each reaches the combination with its own error.
"""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from second_opinion.accounts.states import Role
from second_opinion.audit.tasks import deliver_due
from second_opinion.cases import services as cases
from second_opinion.cases.models import Case
from second_opinion.instruments import services as instruments
from second_opinion.instruments.models import GivenQuestionnaire
from second_opinion.instruments.selectors import progress_of
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports.analysis import analyse
from second_opinion.reports.selectors import case_file_of
from tests import factories
from tests.browser.windows import HELLO, Browsers, mail_to
from tests.questionnaires import N_ITEMS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROLE = "Chef för inköp"
TOGETHER, PLANNING = "Samarbete", "Planering och prioritering"
METHODS = ("Strukturerad intervju", "Arbetsprov", "Referenser", "Formulär", "Test")
MAJA, SAMUEL = "Maja Ek", "Samuel Öberg"
ADDRESSES = {MAJA: "maja@home.example", SAMUEL: "samuel@home.example"}
LANGUAGES = {MAJA: "sv", SAMUEL: "en"}
REFEREE = "rut@firm.example"
BY_HAND = (1, 2, N_ITEMS)
"""Places that are answered by pressing."""


@pytest.fixture
def people(browser, live_server):
    return factories.Cast()


@pytest.fixture
def raters(people):
    names = ("Ria Rater", "Rolf Rater")
    return [
        factories.make_person(Role.ASSESSOR, organisation=people.provider, name=name)
        for name in names
    ]


@pytest.fixture
def case(people):
    """An order that lacks its profile only."""
    case, actor = factories.make_draft(people, role=ROLE), people.orderer
    due = timezone.localdate() + timedelta(days=14)
    why = {
        "language": "sv",
        "why": "Vi känner dem för väl.",
        "role_preview": "Tolv inköpare.",
        "due_on": due,
    }
    chosen = {"how_chosen": "Två intervjuer.", "competence_lacking": "Inköp av kategorier."}
    cases.save_order(actor=actor, case=case, fields=why | chosen)
    cases.save_questions(actor=actor, case=case, questions=["Hur leder kandidaten andra?"])
    finalists = [
        cases.CandidateEntry(name=name, email=ADDRESSES[name], language=LANGUAGES[name])
        for name in ADDRESSES
    ]
    cases.save_candidates(actor=actor, case=case, entries=finalists)
    for candidacy in case.candidacies.all():
        cases.record_belief(actor=actor, candidacy=candidacy, would_hire=True, sure_of_ten=6)
    cases.name_deciders(actor=actor, case=case, people=[people.decider])
    return case


def test_every_instrument_reaches_the_combination_with_its_error(
    people, raters, case, open_browser
):
    browsers = Browsers(open_browser, ADDRESSES, LANGUAGES)
    desk = browsers.of(people.coordinator)
    _build_the_profile(browsers, people, case)
    _prepare(browsers, people, case)
    maja = browsers.of_candidate(MAJA)
    _answer_in_swedish(browsers, maja)
    _do_the_work_sample(browsers, maja)
    _name_a_referee(browsers, maja)
    _give_the_reference(browsers, open_browser)
    _answer_in_english(browsers, browsers.of_candidate(SAMUEL))
    _rate_the_work_sample(browsers, desk, raters, case)
    _enter_a_test(browsers, desk, case.candidacies.first())
    for name in ADDRESSES:
        _interview(browsers, people, name)

    _open_and_report(browsers, desk, case)

    assert browsers.faults == []
    shown = _figures_on(desk)
    found = case_file_of(Case.objects.get())
    read = {(one.candidate, one.kind.value): one for one in found.instruments}
    assert set(read) == {
        *((MAJA, kind) for kind in ("questionnaire", "reference", "work sample", "test")),
        (SAMUEL, "questionnaire"),
    }
    for one in found.instruments:
        for reading in one.readings:
            figures = (_as_shown(reading.value), _as_shown(reading.standard_error))
            assert (one.name, one.candidate, reading.criterion, *figures) in shown
    assert {reading.criterion for reading in read[MAJA, "work sample"].readings} == {
        TOGETHER,
        PLANNING,
    }
    with_all, with_none = (
        analyse(each).candidates[0] for each in (found, replace(found, instruments=()))
    )
    assert [each.readings for each in with_all.criteria] == [3, 4]
    assert _widths(with_all) < _widths(with_none)


def _build_the_profile(browsers, people, case):
    page = browsers.of(people.orderer)
    page.goto(f"/orders/{case.pseudonym}/profile/")
    browsers.go(page, "Välj ur biblioteket", "Kriterier att välja bland")
    for words, name in (("kollegor", TOGETHER), ("prioritering", PLANNING)):
        page.get_by_label("Ord, på svenska eller engelska").fill(words)
        browsers.go(page, "Sök")
        browsers.go(page, f"Välj {name}")
        expect(
            page.get_by_role("region", name=name).get_by_text("Det finns i kravprofilen.")
        ).to_be_visible()
    browsers.go(page, "Till kravprofilen", "Vad rollen kräver")
    for name in (TOGETHER, PLANNING):
        part = page.get_by_role("region", name=name)
        for method in METHODS:
            part.get_by_label(method, exact=True).check()
        part.get_by_role("button", name="Spara").click()
        expect(part.locator(".state")).to_contain_text("Sparat")
    page.wait_for_load_state("networkidle")  # each tick is saved as well
    page.goto("/")
    factories.submit_order(people, case)
    factories.approve(people, case)
    cases.lock_profile(actor=people.coordinator, case=case)
    cases.waive_first_opinion(actor=people.coordinator, case=case, reason="Vill ingen ha.")
    for candidacy in case.candidacies.all():
        factories.engage(people, candidacy, people.assessor, OpinionKind.SECOND)


def _prepare(browsers, people, case):
    """Guide, questionnaire and task, before the candidates come in."""
    page = browsers.of(people.coordinator)
    page.goto(f"/cases/{case.pseudonym}/")
    browsers.go(page, "Intervjuguide", "Intervjuguide")
    expect(page.get_by_role("region", name=TOGETHER)).to_contain_text("flera grupper")
    browsers.go(page, "Spara guiden", "Intervjuguide")
    page.goto(f"/cases/{case.pseudonym}/")
    browsers.go(page, "Formulär till kandidaterna", "Formulär")
    expect(page.get_by_label(PLANNING)).not_to_have_value("")  # as the questionnaire suggests
    page.get_by_role("button", name="Lämna ut det till alla kandidater").first.click()
    browsers.look(page, "Formulär")
    factories.start_assessment(people, case)
    page.goto(f"/cases/{case.pseudonym}/work-sample/")
    page.get_by_label("Uppgiften, så som kandidaterna").fill("Välj en leverantör av tre.")
    for name in (TOGETHER, PLANNING):
        page.get_by_label(name).check()
    browsers.go(page, "Spara uppgiften", "Arbetsprov")
    page.get_by_role("button", name="Lämna uppgiften").click()
    browsers.look(page, "Arbetsprov")
    deliver_due()


def _answer_in_swedish(browsers, page):
    browsers.go(page, "Till formuläret", "Kort arbetsformulär")
    browsers.go(page, "Börja på svenska", f"Påstående 1 av {N_ITEMS}")
    for place in BY_HAND:
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Påstående {place} av {N_ITEMS}")
        page.get_by_label("Stämmer ganska bra", exact=True).check()
        page.get_by_role("button", name="Spara svaret" if place == N_ITEMS else "Nästa").click()
        if place + 1 not in BY_HAND and place < N_ITEMS:
            expect(page.get_by_role("heading", level=1)).to_contain_text(f"{place + 1} av")
            _answer_up_to_the_last(MAJA, 4)
            page.goto("/candidate/")
            browsers.go(page, "Till formuläret", "Kort arbetsformulär")
            browsers.go(page, "Gå vidare", f"Påstående {N_ITEMS} av {N_ITEMS}")
    browsers.look(page, "Kort arbetsformulär")
    browsers.go(page, "Skicka in mina svar", "Kort arbetsformulär")


def _answer_up_to_the_last(name, answer):
    """What lies between is the same again and again: it is kept, and the page goes on after it."""
    given = GivenQuestionnaire.objects.get(candidacy__name=name)
    for place in range(1, N_ITEMS):
        instruments.answer_statement(
            given=given, place=place, answer=answer, language=LANGUAGES[name]
        )


def _answer_in_english(browsers, page):
    """By keyboard alone."""
    browsers.go(page, "To the questionnaire", "Short work questionnaire")
    browsers.go(page, "Begin, in English", f"Statement 1 of {N_ITEMS}")
    for place in BY_HAND:
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text(f"Statement {place} of {N_ITEMS}")
        page.get_by_role("radio").nth(4).focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        if place + 1 not in BY_HAND and place < N_ITEMS:
            expect(heading).to_have_text(f"Statement {place + 1} of {N_ITEMS}")
            _answer_up_to_the_last(SAMUEL, 5)
            page.goto("/candidate/")
            browsers.go(page, "To the questionnaire", "Short work questionnaire")
            browsers.go(page, "Go on", f"Statement {N_ITEMS} of {N_ITEMS}")
    browsers.look(page, "Short work questionnaire")
    browsers.go(page, "Send in my answers", "Short work questionnaire")
    given = GivenQuestionnaire.objects.get(candidacy__name=SAMUEL)
    assert {each.answer for each in progress_of(given).answered.values()} == {5}


def _do_the_work_sample(browsers, page):
    page.goto("/candidate/")
    browsers.look(page, f"{HELLO['sv']}, {MAJA}")
    browsers.go(page, "Till arbetsprovet", "Arbetsprov")
    browsers.go(page, "Visa mig uppgiften", "Arbetsprov")
    page.get_by_label("Ditt svar").fill("Den andra, för priset.")
    browsers.go(page, "Skicka mitt svar: det kan inte ändras sedan", "Arbetsprov")


def _name_a_referee(browsers, page):
    browsers.go(page, "Dina referenser", "Dina referenser")
    page.get_by_label("Personens namn").fill("Rut Referens")
    page.get_by_label("Personens egen mejladress").fill(REFEREE)
    page.get_by_label("Var ni arbetade tillsammans").fill("Firman")
    page.get_by_label("Började").fill("2018-01")
    page.get_by_label("Slutade").fill("2021-06")
    browsers.go(page, "Ange personen: vi skriver inte till någon än", "Dina referenser")
    browsers.go(page, "Ni får skriva till Rut Referens", "Dina referenser")
    deliver_due()


def _give_the_reference(browsers, open_browser):
    page = open_browser(width=360)
    page.goto(re.search(r"/personal/\S+", mail_to(REFEREE))[0])
    browsers.go(page, "Öppna min sida", f"En referens för {MAJA}")
    page.get_by_label("Började").fill("2018-01")
    page.get_by_label("Slutade").fill("2021-06")
    for name in (TOGETHER, PLANNING):
        part = page.get_by_role("region", name=name)
        part.get_by_role("radio").nth(3).check()
        part.get_by_role("textbox").fill("När systemet byttes: hon höll ihop grupperna.")
    browsers.go(page, "Skicka mina svar", f"En referens för {MAJA}")


def _rate_the_work_sample(browsers, desk, raters, case):
    desk.goto(f"/cases/{case.pseudonym}/work-sample/")
    for rater in raters:
        row = desk.get_by_role("region", name=MAJA)
        row.get_by_label("Vem som skattar").select_option(rater.name)
        row.get_by_role("button", name="Fråga personen med ett mejl").click()
        browsers.look(desk, "Arbetsprov")
    for rater, level in zip(raters, (2, 3), strict=True):
        page = browsers.of(rater)
        page.goto("/assessments/")
        browsers.go(page, MAJA, f"Arbetsprov av {MAJA}")
        for name in (TOGETHER, PLANNING):
            part = page.get_by_role("region", name=name)
            part.get_by_role("radio").nth(level).check()
            part.get_by_role("textbox").fill("Andra stycket.")
        browsers.go(page, "Försegla min skattning", f"Arbetsprov av {MAJA}")


def _enter_a_test(browsers, desk, candidacy):
    desk.goto(f"/candidacies/{candidacy.pseudonym}/tests/")
    fields = {
        "Test, skala och version": "Planeringstest, version 2",
        "Poäng": "60",
        "Normgruppens medelvärde": "50",
        "Normgruppens standardavvikelse": "10",
        "Vilka normgruppen är": "Sökande i Sverige",
        "Reliabilitet, ur manualen": "0.84",
        "Dagen det gjordes": timezone.localdate().isoformat(),
        "Vem som höll i det": "Tea Testare",
    }
    for label, words in fields.items():
        desk.get_by_label(label).first.fill(words)
    desk.get_by_label("Kriterium som det säger").select_option(PLANNING)
    browsers.go(desk, "Spara resultatet", "Test från annat håll")


def _interview(browsers, people, name):
    """The guide's questions and the levels stand beside the place for evidence."""
    page = browsers.of(people.assessor)
    page.goto("/assessments/")
    browsers.go(page, name, name)
    for criterion, question in ((TOGETHER, "flera grupper"), (PLANNING, "")):
        part = page.get_by_role("region", name=criterion)
        expect(part.locator(".guide")).to_contain_text(question)
        expect(part.locator(".anchor").first).not_to_be_empty()
        part.get_by_role("radio", name=re.compile("^4")).check()
        part.get_by_label("Vad det bygger på").fill("Berättade hur två grupper blev en på ett år.")
        part.get_by_role("button", name="Spara").click()
        expect(part.locator(".state")).to_contain_text("Sparat")
    browsers.go(page, "Läs igenom och försegla", name)
    browsers.go(page, "Försegla min bedömning", name)


def _open_and_report(browsers, desk, case):
    desk.goto(f"/cases/{case.pseudonym}/")
    browsers.go(desk, "Öppna bedömningarna", "Öppna bedömningarna")
    browsers.go(desk, "Öppna alla bedömningar nu", ROLE)
    address = desk.url
    browsers.go(desk, "Skriv rapporten", "Skriv rapporten")
    browsers.go(desk, "Underteckna rapporten", "Underteckna rapporten")
    browsers.go(desk, "Underteckna rapporten", "Skriv rapporten")
    desk.goto(address)
    browsers.go(desk, "Rapport, version 1", ROLE)


def _figures_on(page):
    table = page.locator("table").filter(has_text="Vad instrumenten visar").locator("tbody tr")
    return {tuple(row.locator("th, td").all_inner_texts()) for row in table.all()}


def _as_shown(figure):
    return f"{figure:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _widths(candidate):
    return [each.estimate.high - each.estimate.low for each in candidate.criteria]
