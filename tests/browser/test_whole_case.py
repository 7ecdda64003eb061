"""One case from its order to its close, each person in a browser of their own.

All is in Swedish but one of the two finalists, who reads English. Every page on the way is held
to axe. A week goes by while the candidates may reply.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from second_opinion.audit.tasks import deliver_due
from second_opinion.cases.models import Case
from second_opinion.cases.states import CaseState
from second_opinion.cli.demo.past import as_of
from second_opinion.cli.doctor.records import record_findings
from tests.browser.windows import Browsers, mail_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROLE = "Ekonomichef Norden"
CRITERIA = {
    "Leder genom andra": "Chefen leder fem chefer som själva är experter.",
    "Förstår siffrorna": "Koncernen lever på att prognosen håller.",
}
MAJA, SAMUEL = "Maja Ek", "Samuel Öberg"
MAILED_TO = {MAJA: "maja@example.com", SAMUEL: "samuel@example.com"}
LANGUAGES = {MAJA: "sv", SAMUEL: "en"}
A_WEEK = timedelta(days=7)


def test_a_case_goes_from_order_to_close(cast, open_browser):
    browsers = Browsers(open_browser, MAILED_TO, LANGUAGES)
    with as_of(timezone.now() - A_WEEK):
        _order(cast, browsers)
        _approve(cast, browsers)
        _ask_back_and_accept(cast, browsers)
        _tell_the_candidates(cast, browsers)
        _hear_maja(cast, browsers)
        _hear_samuel(cast, browsers)
        _assess(cast, browsers)
        _open_and_report(cast, browsers)
        _reply(browsers)
    browsers.close()
    _release(cast, browsers)
    _decide(cast, browsers)
    _talk_and_close(cast, browsers)

    assert browsers.faults == []
    assert Case.objects.get().state == CaseState.CLOSED
    assert record_findings() == []


def _order(cast, browsers):
    page = browsers.of(cast.orderer)
    page.goto("/")
    browsers.go(page, "Beställ en second opinion")
    page.get_by_label("Vilken roll gäller det?").fill(ROLE)
    page.get_by_label("Vem ska ge en second opinion?").select_option("Lindqvist Rekrytering")
    browsers.go(page, "Påbörja beställningen", ROLE)
    page.get_by_role("link", name="Rollen", exact=True).click()
    page.get_by_label("Rollen som den är").fill("Fem länder, tre system och en styrelse.")
    page.get_by_label("Rapportens språk").select_option("sv")
    browsers.go(page, "Spara och gå vidare", "Slutkandidaterna")
    for number, name in enumerate(MAILED_TO, start=1):
        page.get_by_label(f"Slutkandidat {number}", exact=True).fill(name)
        page.get_by_label(f"Privat e-postadress till slutkandidat {number}").fill(MAILED_TO[name])
        page.get_by_label(f"Språk för slutkandidat {number}").select_option(LANGUAGES[name])
    page.get_by_label("Hur hittades de, och hur valdes de?").fill("Annons, två intervjuer.")
    browsers.go(page, "Spara och gå vidare", "Varför en second opinion")
    page.get_by_label("Varför vill du ha en second opinion?").fill("Vi känner dem för väl.")
    browsers.go(page, "Spara och gå vidare", "Det du fortfarande inte vet")
    page.get_by_label("Frågeställning 1").fill("Hur leder kandidaten chefer som kan mer?")
    page.get_by_label("Vad kan ni inte bedöma själva?").fill("Koncernredovisning.")
    browsers.go(page, "Spara och gå vidare", "Om du måste besluta i dag")
    for name in MAILED_TO:
        belief = page.get_by_role("region", name=name)
        belief.get_by_label("Ja", exact=True).check()
        belief.get_by_label("Hur säker är du?").fill("6")
        belief.get_by_role("button", name="Spara").click()
        expect(belief.get_by_role("status")).to_contain_text("Sparat")
    browsers.go(page, "Gå vidare", "Vad rollen kräver")
    for name, reason in CRITERIA.items():
        _add_criterion(page, name, reason)
    browsers.go(page, "Gå vidare", "Vem som beslutar")
    page.get_by_label("Doris Dahl").check()
    browsers.go(page, "Spara och gå vidare", "Villkor")
    due = timezone.localdate() + timedelta(days=21)
    page.get_by_label("När behöver du rapporten?").fill(due.isoformat())
    page.get_by_label("Avtalat pris").fill("25 000")
    page.get_by_label("Rollens årslön").fill("1 200 000")
    browsers.go(page, "Spara och gå vidare", "Vad är det värt för er?")
    browsers.go(page, "Läs igenom och skicka", "Läs igenom och skicka")
    browsers.go(page, "Underteckna och skicka beställningen", ROLE)


def _add_criterion(page, name, reason):
    new = page.get_by_role("region", name="Lägg till ett eget kriterium")
    new.get_by_label("Kriterium").fill(name)
    new.get_by_label("Varför kräver arbetet det?").fill(reason)
    new.get_by_label("Vikt, procent").fill("50")
    for method in ("Strukturerad intervju", "Referenser"):
        new.get_by_label(method).check()
    for point, words in {1: "Ger order", 3: "Förklarar", 5: "Får andra att växa"}.items():
        new.get_by_label(f"Så ser nivå {point} ut").fill(words)
    new.get_by_role("button", name="Lägg till kriteriet").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def _approve(cast, browsers):
    page = browsers.of(cast.decider)
    page.goto("/")
    browsers.go(page, ROLE, ROLE)
    browsers.go(page, "Läs och svara på kriterierna", "Vad rollen kräver")
    browsers.go(page, "Godkänn kriterierna")
    expect(page.get_by_text("Doris Dahl godkände")).to_be_visible()


def _ask_back_and_accept(cast, browsers):
    page = browsers.of(cast.coordinator)
    page.goto("/")
    browsers.look(page)
    browsers.go(page, ROLE, ROLE)
    browsers.go(page, "Fråga tillbaka", "Fråga tillbaka")
    page.get_by_label("Vad behöver du veta").fill("Vilka system gäller det?")
    browsers.go(page, "Fråga tillbaka", ROLE)

    asked = browsers.of(cast.orderer)
    asked.goto("/")
    browsers.go(asked, ROLE, ROLE)
    browsers.go(asked, "Fortsätt med beställningen", ROLE)
    expect(asked.get_by_text("Vilka system gäller det?")).to_be_visible()
    browsers.go(asked, "Rollen", "Rollen")
    asked.get_by_label("Rollen som den är").fill("Fem länder, SAP och en styrelse som frågar.")
    browsers.go(asked, "Spara och gå vidare", "Slutkandidaterna")
    browsers.go(asked, "Beställningen", ROLE)
    browsers.go(asked, "Läs igenom och skicka", "Läs igenom och skicka")
    browsers.go(asked, "Underteckna och skicka beställningen", ROLE)

    page.reload()
    browsers.go(page, "Acceptera och lås kriterierna", "Acceptera och lås")
    browsers.go(page, "Acceptera och lås kriterierna", ROLE)
    expect(page.get_by_text("Kravprofilen är låst.")).to_be_visible()


def _tell_the_candidates(cast, browsers):
    page = browsers.of(cast.coordinator)
    browsers.go(page, "Anlita bedömare", "Anlita bedömare")
    page.get_by_label("Karin Holm").check()
    page.get_by_label("Per Sand").check()
    browsers.go(page, "Anlita de markerade", ROLE)
    for name in MAILED_TO:
        browsers.go(page, name, name)
        browsers.go(page, "Skriv vad kandidaten får veta", name)
        browsers.go(page, "Spara, och se hur det blir", name)
        browsers.go(page, "Skicka texten till kandidaten", name)
        page.goto(page.url.split("/candidacies/")[0] + _case_path())
    deliver_due()


def _hear_maja(cast, browsers):
    """In Swedish: reads, asks, needs something, chooses a time, and tells of her own."""
    page = browsers.of_candidate(MAJA)
    browsers.go(page, "Läs", "Vad det här handlar om")
    browsers.go(page, "Jag har läst det här", "Hej, Maja Ek")
    browsers.go(page, "Fråga", "Fråga")
    page.get_by_label("Din fråga").fill("Vem träffar jag?")
    browsers.go(page, "Skicka frågan", "Fråga")
    browsers.go(page, "Något du behöver", "Något du behöver")
    page.get_by_label("Vad behöver du?").fill("Pauser.")
    page.get_by_label("Varför? Bara om du vill berätta det").fill("Ryggen.")
    browsers.go(page, "Be om det", "Något du behöver")

    desk = browsers.of(cast.coordinator)
    browsers.go(desk, MAJA, MAJA)
    desk.get_by_label("Ditt svar, som kandidaten läser").fill("Per Sand, i nittio minuter.")
    browsers.go(desk, "Svara", MAJA)
    desk.get_by_label("Hur det görs, utan varför").fill("Tio minuters paus varje timme.")
    browsers.go(desk, "Berätta för kandidaten", MAJA)
    _offer(desk, browsers, "Intervju", MAJA)

    browsers.go(page, "Fråga", "Fråga")
    expect(page.get_by_text("Per Sand, i nittio minuter.")).to_be_visible()
    browsers.go(page, "Tider", "Tider")
    page.get_by_role("radio").first.check()
    browsers.go(page, "Välj", "Tider")
    browsers.go(page, "Det du vill lägga till", "Det du vill lägga till")
    page.get_by_label("Det jag vill att ni ska veta").fill("Jag byggde upp teamet i Oslo.")
    browsers.go(page, "Lägg till texten")
    expect(page.get_by_text("Jag byggde upp teamet i Oslo.")).to_be_visible()
    for name in ("Dina uppgifter", "Dra dig ur", "Var jag är"):
        browsers.go(page, name)


def _hear_samuel(cast, browsers):
    """In English, on another telephone."""
    page = browsers.of_candidate(SAMUEL)
    browsers.go(page, "Read it", "What this is about")
    browsers.go(page, "I have read this", "Hello, Samuel Öberg")
    browsers.go(page, "Ask", "Ask")
    page.get_by_label("Your question").fill("How long will it take?")
    browsers.go(page, "Send the question", "Ask")
    desk = browsers.of(cast.coordinator)
    desk.goto(_case_path())
    browsers.go(desk, SAMUEL, SAMUEL)
    desk.get_by_label("Ditt svar, som kandidaten läser").fill("About two hours in all.")
    browsers.go(desk, "Svara", SAMUEL)
    browsers.go(page, "Ask", "Ask")
    expect(page.get_by_text("About two hours in all.")).to_be_visible()
    for name in ("Something you need", "Times", "What you want to add", "Your data", "Withdraw"):
        browsers.go(page, name)


def _offer(desk, browsers, purpose, name):
    desk.get_by_role("radio", name=purpose).check()
    start = timezone.localtime() + timedelta(days=1)
    desk.get_by_label("Första tiden").fill(f"{start:%Y-%m-%dT10:00}")
    desk.get_by_label("Andra tiden").fill(f"{start:%Y-%m-%dT13:00}")
    desk.get_by_label("Var, eller adressen till videomötet").fill("Storgatan 1")
    browsers.go(desk, "Erbjud tiderna", name)


def _assess(cast, browsers):
    desk = browsers.of(cast.coordinator)
    desk.goto(_case_path())
    browsers.go(desk, "Starta bedömningen", ROLE)
    for assessor, score in ((cast.first_assessor, "3"), (cast.second_assessor, "4")):
        page = browsers.of(assessor)
        for name in MAILED_TO:
            page.goto("/assessments/")
            browsers.look(page)
            if assessor == cast.second_assessor and name == MAJA:
                _declare(page, browsers, name)
            else:
                browsers.go(page, name, name)
            _rate(page, score, name)
            browsers.go(page, "Läs igenom och försegla", name)
            browsers.go(page, "Försegla min bedömning", name)
            expect(page.get_by_text("Din bedömning är förseglad.")).to_be_visible()


def _declare(page, browsers, name):
    """Engaged without being asked first: before the file opens, and once for the case."""
    browsers.go(page, name, "Innan du får se underlaget")
    page.get_by_role("checkbox").check()
    browsers.go(page, "Vidare till underlaget", name)


def _rate(page, score, name):
    for criterion in CRITERIA:
        part = page.get_by_role("region", name=criterion)
        part.get_by_role("radio", name=re.compile(rf"^{score}")).check()
        words = f"{name} berättade hur gruppen gick från två till nio på ett år."
        part.get_by_label("Vad det bygger på").fill(words)
        part.get_by_role("button", name="Spara").click()
        expect(part.locator(".state")).to_contain_text("Sparat")
    conclusion = page.get_by_role("region", name="Din slutsats")
    conclusion.get_by_role("textbox").fill("Två exempel pekar åt samma håll.")
    conclusion.get_by_role("button", name="Spara").click()
    expect(conclusion.locator(".state")).to_contain_text("Sparat")


def _open_and_report(cast, browsers):
    page = browsers.of(cast.coordinator)
    page.goto("/")
    browsers.go(page, ROLE, ROLE)
    browsers.go(page, "Öppna bedömningarna", "Öppna bedömningarna")
    browsers.go(page, "Öppna alla bedömningar nu", ROLE)
    browsers.go(page, "Skriv rapporten", "Skriv rapporten")
    _sign(browsers, page, version=1)
    for name in MAILED_TO:
        browsers.go(page, name, ROLE)
        expect(page.get_by_text(f"Det här läser {name}.")).to_be_visible()
        page.get_by_role("link", name="rapport, version 1").click()
    browsers.go(page, "Lämna kandidaternas version", "Lämna kandidaternas version")
    browsers.go(page, "Låt kandidaterna läsa den", ROLE)
    deliver_due()


def _sign(browsers, page, *, version):
    browsers.go(page, "Underteckna rapporten", "Underteckna rapporten")
    browsers.go(page, "Underteckna rapporten", "Skriv rapporten")
    expect(page.get_by_text("Rapporten är undertecknad.")).to_be_visible()
    page.goto(_case_path())
    browsers.go(page, f"Rapport, version {version}", ROLE)


def _reply(browsers):
    page = browsers.of_candidate(MAJA)
    browsers.go(page, "Din rapport", "En kod före rapporten")
    page.get_by_role("button", name="Mejla mig en kod").click()
    deliver_due()
    page.get_by_label("Kod").fill(_code_to(MAJA))
    browsers.go(page, "Öppna rapporten")
    browsers.go(page, "Rätta eller lämna synpunkter", "Ditt svar på rapporten")
    page.get_by_label("En uppgift som är fel").check()
    page.get_by_label("Dina ord").fill("Gruppen i Oslo var elva personer.")
    browsers.go(page, "Skicka mitt svar", "Ditt svar på rapporten")
    expect(page.get_by_text("Gruppen i Oslo var elva personer.")).to_be_visible()

    english = browsers.of_candidate(SAMUEL)
    browsers.go(english, "Your report", "A code before the report")
    english.get_by_role("button", name="Mail me a code").click()
    deliver_due()
    english.get_by_label("Code").fill(_code_to(SAMUEL))
    browsers.go(english, "Open the report")
    browsers.go(english, "Correct or comment", "Your reply to the report")
    english.get_by_label("A comment").check()
    english.get_by_label("Your words").fill("I recognise myself.")
    browsers.go(english, "Send my reply", "Your reply to the report")


def _release(cast, browsers):
    """With Maja's correction answered first: the answer goes along with the report."""
    page = browsers.of(cast.coordinator)
    page.goto(_case_path())
    browsers.go(page, MAJA, MAJA)
    page.get_by_label("Ja, uppgiften rättas").check()
    page.get_by_label("Om ja: vad som stod").fill("Från två till nio.")
    page.get_by_label("Om ja: hur det är").fill("Från två till elva.")
    page.get_by_label("Varför, i ord som kandidaten").fill("Maja har visat listan.")
    browsers.go(page, "Besvara rättelsen", MAJA)
    page.goto(_case_path())
    browsers.go(page, "Skriv en ny version av rapporten", "Skriv rapporten")
    _sign(browsers, page, version=2)
    browsers.go(page, "Lämna rapporten till uppdragsgivaren", "Lämna rapporten")
    browsers.go(page, "Lämna rapporten till uppdragsgivaren", ROLE)


def _decide(cast, browsers):
    decider = browsers.of(cast.decider)
    decider.goto("/")
    browsers.go(decider, ROLE, ROLE)
    browsers.go(decider, "Läs rapporten", "Vad skulle du göra i dag?")
    for name in MAILED_TO:
        decider.get_by_role("group", name=name).get_by_label("Anställa", exact=True).check()
    browsers.go(decider, "Svara och läs rapporten", ROLE)
    expect(decider.get_by_text("Gruppen i Oslo var elva personer.")).to_be_visible()

    page = browsers.of(cast.orderer)
    page.goto("/")
    browsers.go(page, ROLE, ROLE)
    browsers.go(page, "Läs rapporten", ROLE)
    browsers.go(page, "För in beslutet", "Beslutet")
    page.get_by_label(MAJA).check()
    page.get_by_label("Varför?").fill("Hon har gjort det förut.")
    page.get_by_label("Om ni beslutar emot rapporten").fill("Referenserna.")
    browsers.go(page, "För in beslutet för gott", "Beslutet")
    expect(page.get_by_text("Maja Ek anställs.")).to_be_visible()


def _talk_and_close(cast, browsers):
    desk = browsers.of(cast.coordinator)
    desk.goto(_case_path())
    browsers.go(desk, SAMUEL, SAMUEL)
    _offer(desk, browsers, "Samtal om resultatet", SAMUEL)
    deliver_due()
    english = browsers.of_candidate(SAMUEL)
    browsers.go(english, "Choose a time", "Times")
    english.get_by_role("radio").first.check()
    browsers.go(english, "Choose", "Times")

    page = browsers.of_candidate(MAJA)
    browsers.go(page, "Ja eller nej", "Ett samtal om resultatet")
    browsers.go(page, "Jag vill inte ha något samtal", "Ett samtal om resultatet")
    browsers.go(page, "Var jag är", "Hej, Maja Ek")
    browsers.go(page, "Tio påståenden", "Hur blev du bemött?")
    for answer in page.get_by_label("4", exact=True).all():
        answer.check()
    browsers.go(page, "Skicka mina svar", "Hur blev du bemött?")

    desk.goto(_case_path())
    browsers.go(desk, "Avsluta uppdraget", "Avsluta uppdraget")
    browsers.go(desk, "Avsluta uppdraget", ROLE)
    browsers.go(desk, "Läs uppdragets logg", "Uppdragets logg")
    browsers.go(page, "Var jag är", "Hej, Maja Ek")


def _code_to(name):
    return re.search(r"\b[A-Z0-9]{8}\b", mail_to(MAILED_TO[name]))[0]


def _case_path():
    return f"/cases/{Case.objects.get().pseudonym}/"
