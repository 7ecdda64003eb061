import json

import pytest

from second_opinion.audit.analysis.verification import verify_receipt
from second_opinion.cases.states import CaseState
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.selectors import content_of
from second_opinion.opinions.states import OpinionKind
from tests.web.cast import CRITERIA

NOTES = {"evidence": "Said so.\n\nShowed the figures.", "reason_not_observed": ""}


@pytest.fixture
def opinion(cast):
    case = cast.case_in(CaseState.IN_ASSESSMENT)
    return Opinion.objects.filter(candidacy__case=case, kind=OpinionKind.SECOND).first()


@pytest.fixture
def assessor(cast, client):
    client.force_login(cast.second_assessor)
    return client


def written(opinion):
    return content_of(Opinion.objects.select_related("candidacy__case").get(pk=opinion.pk))


def rating_of(opinion, position):
    return written(opinion).ratings[position - 1]


def path(opinion, rest=""):
    return f"/assessments/{opinion.pseudonym}/{rest}"


def test_a_criterion_is_saved_as_it_is_written(assessor, opinion):
    answer = assessor.post(
        path(opinion, "criteria/1/"), {"score": "2", **NOTES}, headers={"HX-Request": "true"}
    )

    assert "Saved" in answer.content.decode()
    assert "3 of 3 criteria are complete" in answer.content.decode()
    assert rating_of(opinion, 1).score == 2
    assert rating_of(opinion, 1).evidence == ("Said so.", "Showed the figures.")


def test_without_scripts_the_button_saves_and_leads_back_to_its_place(assessor, opinion):
    answer = assessor.post(path(opinion, "criteria/2/"), {"score": "5", **NOTES})

    assert (answer.status_code, answer["Location"]) == (302, path(opinion, "#criterion-2"))
    assert rating_of(opinion, 2).score == 5


@pytest.mark.parametrize(
    ("notes", "prompt"),
    [
        ("A pleasant person who felt right for the team", "“pleasant”, “felt” is an impression"),
        ("She spoke of her sick leave in the spring of last year", "“sick leave” may touch"),
        ("Good with people", "What did the candidate say or do?"),
    ],
)
def test_notes_that_tell_no_behaviour_are_asked_about_and_saved_all_the_same(
    assessor, opinion, notes, prompt
):
    sent = {"score": "2", "evidence": notes, "reason_not_observed": ""}

    saved = assessor.post(path(opinion, "criteria/1/"), sent, headers={"HX-Request": "true"})

    assert prompt in saved.content.decode()
    assert prompt in assessor.get(path(opinion)).content.decode()
    assert rating_of(opinion, 1).evidence == (notes,)


def test_notes_that_tell_what_was_done_are_left_alone(assessor, opinion):
    notes = "Told how the second shift was planned, with its budget and the names of who left."

    saved = assessor.post(
        path(opinion, "criteria/1/"),
        {"score": "2", "evidence": notes, "reason_not_observed": ""},
        headers={"HX-Request": "true"},
    )

    assert '<ul class="prompts">' not in saved.content.decode()


def test_the_conclusion_is_asked_about_too(assessor, opinion):
    saved = assessor.post(
        path(opinion, "conclusion/"),
        {"conclusion": "My gut feeling is good."},
        headers={"HX-Request": "true"},
    )

    assert "“gut feeling” is an impression" in saved.content.decode()


def test_not_observed_is_saved_with_its_reason(assessor, opinion):
    assessor.post(
        path(opinion, "criteria/1/"),
        {"score": "not observed", "evidence": "", "reason_not_observed": "No time."},
    )

    assert rating_of(opinion, 1).score is None
    assert rating_of(opinion, 1).reason_not_observed == "No time."


def test_notes_can_be_written_before_there_is_a_score(assessor, opinion):
    answer = assessor.post(
        path(opinion, "criteria/1/"), {"evidence": "Said so."}, headers={"HX-Request": "true"}
    )

    assert "2 of 3 criteria are complete" in answer.content.decode()
    assert rating_of(opinion, 1).evidence == ("Said so.",)


@pytest.mark.parametrize("score", ["7", "0", "nan", "inf", "four", "1e400"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "part"])
def test_a_score_off_the_scale_is_refused_and_nothing_is_lost(assessor, opinion, score, headers):
    before = written(opinion)

    answer = assessor.post(path(opinion, "criteria/1/"), {"score": score, **NOTES}, headers=headers)

    assert answer.status_code == 422
    assert "lies outside the scale 1 to 5" in answer.content.decode()
    assert written(opinion) == before


def test_the_conclusion_is_saved(assessor, opinion):
    assessor.post(path(opinion, "conclusion/"), {"conclusion": "Åäö 🙂 مرحبا"})

    assert written(opinion).conclusion == "Åäö 🙂 مرحبا"


def test_a_criterion_that_is_not_there_is_not_found(assessor, opinion):
    answer = assessor.post(path(opinion, "criteria/9/"), {"score": "2"})

    assert answer.status_code == 404


def test_the_last_look_shows_every_word_and_the_seal_is_one_press(assessor, opinion):
    assessor.post(path(opinion, "criteria/1/"), {"score": "4", **NOTES})

    before = assessor.get(path(opinion, "seal/")).content.decode()
    after = assessor.post(path(opinion, "seal/"), follow=True).content.decode()

    assert "Showed the figures." in before
    assert "Seal my assessment" in before
    assert "Your assessment is sealed" in after
    assert Opinion.objects.get(pk=opinion.pk).is_sealed


def test_pressing_twice_seals_once(assessor, opinion):
    assessor.post(path(opinion, "seal/"))
    sealed_at = Opinion.objects.get(pk=opinion.pk).sealed_at

    again = assessor.post(path(opinion, "seal/"))

    assert again.status_code == 200
    assert "Your assessment is sealed" in again.content.decode()
    assert Opinion.objects.get(pk=opinion.pk).sealed_at == sealed_at


def test_what_is_missing_is_named_and_nothing_is_sealed(assessor, opinion):
    assessor.post(path(opinion, "criteria/1/"), {"score": "4", "evidence": ""})

    page = assessor.get(path(opinion, "seal/")).content.decode()
    answer = assessor.post(path(opinion, "seal/"))

    assert "Missing: what the score rests on" in page
    assert "Seal my assessment" not in page
    assert answer.status_code == 422
    assert f"{CRITERIA[0].name} (what the score rests on)" in answer.content.decode()
    assert not Opinion.objects.get(pk=opinion.pk).is_sealed


def test_a_sealed_assessment_is_read_and_no_longer_written(assessor, opinion):
    assessor.post(path(opinion, "seal/"))
    before = written(opinion)

    page = assessor.get(path(opinion))
    answer = assessor.post(path(opinion, "criteria/1/"), {"score": "1", **NOTES})

    assert page["Location"] == path(opinion, "seal/")
    assert "nothing in it can change" in answer.content.decode()
    assert written(opinion) == before


def test_the_receipt_is_downloaded_and_proves_the_seal(assessor, opinion):
    assessor.post(path(opinion, "seal/"))

    answer = assessor.get(path(opinion, "receipt.json"))

    receipt = json.loads(answer.content)
    assert verify_receipt(receipt).refuted == ()
    assert "opened" not in receipt
    assert answer["Content-Disposition"].startswith("attachment; filename=")


def test_while_the_first_opinion_is_awaited_the_page_says_so_and_shows_no_sheet(cast, assessor):
    case = cast.waiting_case()
    opinion = Opinion.objects.filter(candidacy__case=case, kind=OpinionKind.SECOND).first()

    page = assessor.get(path(opinion)).content.decode()
    answer = assessor.post(path(opinion, "criteria/1/"), {"score": "4", **NOTES})

    assert "You can begin as soon as it is" in page
    assert "textarea" not in page
    assert answer.status_code == 422
    assert written(opinion).ratings == ()


def test_the_list_takes_the_same_queries_for_one_case_and_three(
    cast, assessor, opinion, django_assert_max_num_queries
):
    with django_assert_max_num_queries(30) as few:
        assessor.get("/assessments/")
    cast.case_in(CaseState.IN_ASSESSMENT)
    cast.waiting_case()

    with django_assert_max_num_queries(len(few)):
        page = assessor.get("/assessments/")

    assert page.content.decode().count("<h2>") == 6


def test_after_the_opening_a_sealed_assessment_says_that_it_is_open(cast, client):
    case = cast.case_in(CaseState.OPENED)
    own = Opinion.objects.filter(candidacy__case=case, kind=OpinionKind.SECOND).first()
    client.force_login(cast.second_assessor)

    page = client.get(path(own, "seal/")).content.decode()

    assert "opened together with all the others" in page
    assert "Nobody can read it" not in page
