"""Pages of masked documents: what they show to whom, and what they give away besides words."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from second_opinion.accounts.services import give_role
from second_opinion.accounts.states import Role
from second_opinion.audit.tasks import deliver_due
from second_opinion.candidates import services as candidates
from second_opinion.cases.states import CaseState
from second_opinion.instruments import services
from second_opinion.instruments.models import MaskedDocument, OriginalLook
from second_opinion.instruments.selectors import is_masked
from second_opinion.opinions import services as opinions
from second_opinion.opinions.states import OpinionKind
from tests import factories
from tests.files import pdf
from tests.journey.test_side_channels import counted

pytestmark = pytest.mark.django_db

SHORT, LONG = "Bo Ek", "Bartholomea Featherstonehaugh-Cholmondeley"
ANSWER = "I am {name}. Ask {name} at {mail}: the second one is best."


def browser(person):
    client = Client()
    client.force_login(person)
    return client


class Desk:
    """A case where documents are masked, its coordinator, and a rater."""

    def __init__(self, *, name=SHORT):
        self.cast = factories.Cast()
        self.case = factories.make_case(self.cast, state=CaseState.IN_ASSESSMENT, candidates=[name])
        self.page = reverse("masking", args=[self.case.pseudonym])
        self.client = browser(self.cast.coordinator)
        self.client.post(self.page, {"act": "choose", "is_masked": "yes"})
        factories.give_task(self.cast, self.case)
        self.candidacy = self.case.candidacies.get()
        services.begin_task(candidacy=self.candidacy)

    def answer(self, **answer):
        services.answer_task(candidacy=self.candidacy, **answer)
        return self

    def open(self, source="answer"):
        sent = {"act": "open", "candidacy": str(self.candidacy.pseudonym), "source": source}
        return self.client.post(self.page, sent)["Location"]

    def release(self, source="answer"):
        path = self.open(source)
        return self.client.post(path, {"act": "release", "has_compared": "on"}, follow=True)

    def engage(self):
        rater = factories.make_person(Role.ASSESSOR, organisation=self.cast.provider, name="Ria")
        return opinions.engage_rater(
            actor=self.cast.coordinator, candidacy=self.candidacy, rater=rater
        )


@pytest.fixture
def desk():
    return Desk().answer(words=ANSWER.format(name=SHORT, mail="bo@ek.example"))


def test_the_review_marks_what_differs_and_releases_for_the_rater(desk):
    path = desk.open()
    page = desk.client.get(path).content.decode()
    assert "<mark>Bo Ek</mark>" in page
    assert "<mark>[person 1]</mark>" in page
    rating = desk.engage()
    own = reverse("rate_work_sample", args=[rating.pseudonym])
    before = browser(rating.rater).get(own).content.decode()
    assert "the second one is best" not in before

    unticked = desk.client.post(path, {"act": "release"})
    assert unticked.status_code == 422
    assert "Say that you have compared" in unticked.content.decode()
    desk.client.post(path, {"act": "release", "has_compared": "on"})

    after = browser(rating.rater).get(own).content.decode()
    assert "the second one is best" in after
    assert "Bo Ek" not in after + browser(rating.rater).get("/assessments/").content.decode()


def test_changes_are_made_on_the_page_and_a_fault_keeps_what_was_written(desk):
    path = desk.open()
    sent = {"act": "mask", "words": "second one", "kind": "organisation", "reason": "A firm."}

    wrong = desk.client.post(path, sent | {"words": "third one"})
    desk.client.post(path, sent)
    desk.client.post(path, {"act": "show", "words": "second one", "reason": "No firm."})

    assert wrong.status_code == 422
    assert 'value="third one"' in wrong.content.decode()
    page = desk.client.get(path).content.decode()
    assert "masked “second one”: A firm." in page
    assert "showed “second one”: No firm." in page
    for strange in ({"act": "mask", "kind": "shoe"}, {"act": "dance"}):
        assert desk.client.post(path, strange).status_code == 422


def test_neither_text_is_shown_before_it_is_opened_and_each_opening_is_on_the_log(desk):
    path = desk.open()
    colleague = factories.make_person(Role.COORDINATOR, organisation=desk.cast.provider)
    other = browser(colleague)

    shut = other.get(path).content.decode()
    assert "Open the original, and note it" in shut
    assert "second one" not in shut
    other.post(path, {"act": "open"})

    assert "second one" in other.get(path).content.decode()
    log = desk.client.get(reverse("case_events", args=[desk.case.pseudonym])).content.decode()
    assert log.count("Somebody opened an unmasked document") == 2
    assert OriginalLook.objects.filter(by=colleague).count() == 1
    listed = desk.client.get(desk.page).content.decode()
    assert f"{colleague} opened the original on" in listed


def test_assessors_come_to_it_only_after_the_opening_and_raters_never(desk):
    desk.release()
    rating = desk.engage()
    path = reverse("masked_document", args=[MaskedDocument.objects.get().pseudonym])
    assessor = browser(desk.cast.assessor)
    assert [browser(one).get(path).status_code for one in (desk.cast.assessor, rating.rater)] == [
        404,
        404,
    ]

    factories.open_case(desk.cast, desk.case)

    given = assessor.get(reverse("given", args=[desk.candidacy.pseudonym])).content.decode()
    assert "[person 1]" in given
    assert "bo@ek.example" not in given
    assert "bo@ek.example" not in assessor.get(path).content.decode()
    assessor.post(path, {"act": "open"})
    assert "bo@ek.example" in assessor.get(path).content.decode()
    assert browser(rating.rater).get(path).status_code == 404


def test_a_file_is_for_who_has_the_original_open_and_never_for_raters(desk):
    desk = Desk(name=LONG).answer(name="Bartholomea.pdf", content=pdf("Zqtext"))
    path = desk.open()
    file = f"{path}file/"
    assert "Write the text of the file" in desk.client.get(path).content.decode()
    assert desk.client.get(file).headers["Content-Type"] == "application/pdf"
    colleague = factories.make_person(Role.COORDINATOR, organisation=desk.cast.provider)
    assert browser(colleague).get(file).status_code == 404

    desk.client.post(path, {"act": "text", "text": f"{LONG} says yes."})
    desk.release()
    rating = desk.engage()

    theirs = browser(rating.rater)
    page = theirs.get(reverse("rate_work_sample", args=[rating.pseudonym])).content.decode()
    assert "[person 1] says yes." in page
    assert "Bartholomea" not in page
    assert (
        theirs.get(reverse("work_sample_file", args=[rating.pseudonym])).status_code
        == theirs.get(reverse("given_file", args=[desk.candidacy.pseudonym])).status_code
        == 404
    )


def test_facts_reach_the_rater_in_one_form(desk):
    desk.release()
    path = desk.open("sheet")
    assert desk.client.post(path, {"act": "facts", "experience": "Sold; x"}).status_code == 422
    desk.client.post(path, {"act": "facts", "experience": "Sold; 30", "education": "Engineer"})
    desk.release("sheet")

    rating = desk.engage()
    page = browser(rating.rater).get(reverse("rate_work_sample", args=[rating.pseudonym]))

    assert "Sold, 2.5 years" in page.content.decode()


def test_a_raters_pages_and_mails_are_the_same_whoever_wrote_and_however_it_was_sent():
    told = []
    for name, sent in (
        (SHORT, {"words": ANSWER.format(name=SHORT, mail="b@e.example")}),
        (LONG, {"words": ANSWER.format(name=LONG, mail="bartholomea@featherstone.example")}),
        (
            LONG,
            {
                "name": "Bartholomea_CV_final.txt",
                "content": ANSWER.format(
                    name=LONG, mail="bartholomea@featherstone.example"
                ).encode(),
            },
        ),
        (
            SHORT,
            {"name": "a.txt", "content": ANSWER.format(name=SHORT, mail="b@e.example").encode()},
        ),
    ):
        desk = Desk(name=name).answer(**sent)
        desk.release()
        mail.outbox.clear()
        rating = desk.engage()
        deliver_due()
        told.append([*pages_of(rating), *(one.subject + plain(one.body) for one in mail.outbox)])

    assert told[0] == told[1] == told[2] == told[3]
    assert "second one is best" in told[0][1]


def test_before_the_release_nothing_tells_whether_there_is_an_answer_or_how_long_it_is():
    told = []
    for words in ("", "Yes.", "Because. " * 900):
        desk = Desk()
        if words:
            desk.answer(words=words)
            desk.open()
        told.append(pages_of(desk.engage()))

    assert told[0] == told[1] == told[2]


def pages_of(rating):
    client, found = browser(rating.rater), []
    for path in ("/assessments/", reverse("rate_work_sample", args=[rating.pseudonym])):
        with counted() as queries:
            answer = client.get(path)
        found.append(plain(answer.content.decode()) + str(len(queries)))
    return found


def plain(text):
    """Without what is drawn anew each time: tokens, pseudonyms, and the number of the case."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|20\d\d-\d{4}", "", text)


def test_the_pages_ask_the_database_as_often_for_three_documents_as_for_one(desk):
    desk.open()
    lists = [number_of_queries(desk.client, desk.page)]
    for words in (b"I sail.", b"I row."):
        piece = candidates.add_file(candidacy=desk.candidacy, name="a.txt", content=words)
        desk.open(str(piece.pseudonym))

    lists.append(number_of_queries(desk.client, desk.page))

    assert lists[0] == lists[1]


def number_of_queries(client, path):
    with counted() as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_who_runs_cases_alone_and_assesses_is_told_what_to_do_instead():
    cast = factories.Cast()
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT, candidates=[SHORT])
    page, client = reverse("masking", args=[case.pseudonym]), browser(cast.coordinator)
    assert "choose masking only if you will not assess" in client.get(page).content.decode()
    give_role(actor=None, person=cast.coordinator, organisation=cast.provider, role=Role.ASSESSOR)
    factories.engage(cast, case.candidacies.get(), cast.coordinator, OpinionKind.SECOND)

    shown = client.get(page).content.decode()
    refused = client.post(page, {"act": "choose", "is_masked": "yes"})
    client.post(page, {"act": "choose", "is_masked": "no"})

    assert "make somebody who does not assess here a coordinator" in shown
    assert (refused.status_code, is_masked(case)) == (422, False)
    assert case.masking_choices.get().is_masked is False


def test_where_a_colleague_runs_cases_too_it_can_be_chosen_and_they_compare(desk):
    give_role(
        actor=None,
        person=desk.cast.coordinator,
        organisation=desk.cast.provider,
        role=Role.ASSESSOR,
    )
    factories.engage(desk.cast, desk.candidacy, desk.cast.coordinator, OpinionKind.SECOND)
    alone = desk.client.get(desk.page).content.decode()
    colleague = factories.make_person(Role.COORDINATOR, organisation=desk.cast.provider)

    shown = desk.client.get(desk.page).content.decode()
    theirs = browser(colleague).get(desk.page).content.decode()

    assert "are the only one who runs cases" in alone
    assert "let another coordinator compare the texts" in shown
    assert "Open and compare; it is noted in the log" not in shown
    assert "Open and compare; it is noted in the log" in theirs


@pytest.mark.parametrize("is_prepared", [True, False])
def test_an_answer_that_nobody_released_is_told_of_and_opened_as_an_act_after_the_opening(
    desk, is_prepared
):
    if is_prepared:
        desk.open()
    case, candidacy = desk.case, desk.candidacy
    page = reverse("given", args=[candidacy.pseudonym])
    factories.open_case(desk.cast, case)
    reader = browser(desk.cast.assessor)
    before = OriginalLook.objects.count()

    shown = reader.get(page).content.decode()
    opened = reader.post(page)
    text = reader.get(opened["Location"]).content.decode()

    assert "It was not released before the opening: no rater has read it." in shown
    assert "second one" not in shown
    assert "second one is best" in text
    assert "Nobody released it, so no rater has read either." in text
    assert OriginalLook.objects.count() == before + 1
    assert "Release the masked text" not in text


def test_nobody_outside_the_discussion_opens_it_so(desk):
    page = reverse("given", args=[desk.candidacy.pseudonym])

    assert browser(desk.cast.assessor).post(page).status_code == 404
    assert desk.client.post(page).status_code == 404
    assert not OriginalLook.objects.exists()
