"""Whether a candidate's scores may be counted: asked apart, and nobody else is told."""

import pytest
from django.urls import reverse

from second_opinion.cases.services import withdraw_candidacy
from second_opinion.instruments import selectors
from second_opinion.instruments.models import CountedScores, NormConsent
from tests import norms, questionnaires
from tests.web.candidates import enter

pytestmark = pytest.mark.django_db

ASKED = "May your scores be counted?"


@pytest.fixture
def given(cast, client):
    norms.switch_on(cast)
    given = norms.sent_case(cast)
    enter(client, given.candidacy)
    return given


def shown(client, given):
    return client.get(reverse("candidate_questionnaire", args=[given.pseudonym])).content.decode()


def choose(client, given, **posted):
    address = reverse("candidate_counted", args=[given.pseudonym])
    return client.post(address, posted, follow=True).content.decode()


def test_it_is_asked_once_all_is_sent_in_and_not_ticked(client, given):
    page = shown(client, given)

    assert ASKED in page
    assert "Yes or no changes nothing for you." in page
    assert "article 6.1 a of the GDPR" in page
    assert "at least 300 people in all" in page
    (box,) = [tag for tag in page.split("<") if 'type="checkbox"' in tag]
    assert "checked" not in box
    assert "required" not in box


@pytest.mark.parametrize("why", ["switched off", "not sent in", "withdrawn"])
def test_else_nobody_is_asked(client, cast, given, why):
    if why == "switched off":
        norms.switch_on(cast, is_on=False)
    if why == "not sent in":
        given = questionnaires.begin(cast, cast.order(role="Another"))
        enter(client, given.candidacy)
    if why == "withdrawn":
        withdraw_candidacy(actor=None, candidacy=given.candidacy)

    assert ASKED not in shown(client, given)


def test_without_a_tick_nothing_is_counted(client, given):
    page = choose(client, given)

    assert "Nothing is counted: you did not tick the box." in page
    assert not NormConsent.objects.exists()
    assert not CountedScores.objects.exists()


def test_a_yes_is_kept_and_taken_back_by_one_press(client, given):
    page = choose(client, given, counted="yes")
    assert "Your scores may be counted. You can take that back here." in page
    assert "They have not been counted yet." in page
    assert CountedScores.objects.get().content

    page = choose(client, given, counted="no")

    assert "You have taken back your yes." in page
    assert ASKED in page
    assert CountedScores.objects.get().content is None


def test_once_counted_the_page_says_that_the_figures_stay(client, cast, given):
    choose(client, given, counted="yes")
    norms.add_people(given, 299)
    norms.services.make_norm(actor=cast.coordinator, group=norms.group())

    page = shown(client, given)

    assert "They were first counted on" in page
    assert "The figures that were made stay" in page


def test_the_way_back_to_it_is_under_the_candidates_data(client, given):
    address = reverse("candidate_questionnaire", args=[given.pseudonym])

    assert f'href="{address}"' in client.get(reverse("candidate_data")).content.decode()


def test_another_candidate_chooses_nothing_for_one(client, cast, given):
    other = given.candidacy.case.candidacies.exclude(pk=given.candidacy_id).get()
    enter(client, other)

    address = reverse("candidate_counted", args=[given.pseudonym])

    assert client.post(address, {"counted": "yes"}).status_code == 404
    assert not NormConsent.objects.exists()


def test_the_candidates_copy_tells_what_they_chose(client, given):
    choose(client, given, counted="yes")
    choose(client, given, counted="no")

    (copy,) = client.get(reverse("candidate_data_file")).json()["questionnaires"]

    assert [one["agreed"] for one in copy["counted"]["choices"]] == [True, False]
    assert copy["counted"]["first_counted_at"] is None


@pytest.mark.parametrize(
    "who",
    ["coordinator", "orderer", "decider", "first_assessor", "second_assessor", "other_coordinator"],
)
def test_nobody_else_is_told_what_a_candidate_chose(client, cast, given, who):
    """Every page of the case, the log and the candidate's card read the same, yes or no."""
    case = given.candidacy.case
    addresses = [
        reverse(name, args=[case.pseudonym])
        for name in ("case", "case_events", "case_events_file", "case_mails", "case_questionnaires")
    ] + [reverse("candidacy", args=[given.candidacy.pseudonym]), "/", "/norms/"]

    def read():
        client.logout()
        client.force_login(getattr(cast, who))
        return [_words(client.get(address)) for address in addresses]

    norms.agree(given)
    norms.agree(given, is_yes=False)  # the group is there: it tells of no one
    before = read()
    enter(client, given.candidacy)
    choose(client, given, counted="yes")

    assert read() == before
    assert selectors.chosen_by(given).is_yes


def _words(answer):
    """Without what differs at each reading."""
    words = b"".join(answer) if answer.streaming else answer.content
    return [
        line
        for line in words.decode(errors="replace").splitlines()
        if "csrf" not in line and "nonce" not in line
    ]


def test_new_information_tells_that_it_will_be_asked_and_only_while_it_is_on(client, cast):
    case = cast.order(role="Told of it")
    questionnaires.lock_with_questionnaire(cast, case)
    questionnaires.give(cast, case)
    address = reverse("write_notice", args=[case.candidacies.first().pseudonym])
    client.force_login(cast.coordinator)
    told = "may be counted in the comparison figures of"

    assert told not in client.get(address).content.decode()

    norms.switch_on(cast)

    assert told in client.get(address).content.decode()
