"""What a candidate does on their own pages, and finds again there."""

import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from second_opinion.candidates import selectors, services
from second_opinion.candidates.models import Acknowledgement, Material, Question
from second_opinion.candidates.states import Purpose
from second_opinion.cases.models import Candidacy, Case
from tests import files
from tests.web import candidates

ODD = "Zqmarker عربي 👩🏽‍🚀 <b>& " + "ord " * 2400


@pytest.fixture
def told(cast):
    return candidates.told(cast)


@pytest.fixture
def page(client, told):
    """Go to one of the candidate's own pages, or send something there."""
    candidates.enter(client, told)

    def go(path, sent=None):
        address = f"/candidate/{path}"
        return client.get(address) if sent is None else client.post(address, sent)

    return go


def text_of(answer):
    return answer.content.decode()


def test_reading_is_asked_for_first_then_nothing(page):
    assert "Please read what this is about" in text_of(page(""))

    for _ in range(2):  # two presses
        assert page("notice/", {"version": "1"}).status_code == 302

    assert "Nothing is asked of you right now" in text_of(page(""))
    assert "You said on" in text_of(page("notice/"))
    assert Acknowledgement.objects.count() == 1


def test_the_way_says_when_each_step_is_planned(page, told):
    Case.objects.filter(pk=told.case_id).update(due_on=date(2098, 12, 29))  # a Monday

    shown = text_of(page(""))

    # Two working days to reply lie between, and Christmas counts for none.
    assert shown.count("Planned for Friday 19 December 2098 at the latest") == 2


@pytest.mark.parametrize("version", ["", "0", "2", "x", "99999999999", "١"])
def test_only_a_version_that_there_is_can_be_acknowledged(page, version):
    page("notice/", {"version": version})

    assert not Acknowledgement.objects.exists()


def test_two_tabs_one_of_them_old(page, told, cast):
    services.write_notice(
        actor=cast.coordinator,
        candidacy=told,
        sections=[
            selectors.Section(key=one.key, heading=one.heading, text=f"{one.text} New.")
            for one in selectors.sections_of(selectors.newest_notice(told))
        ],
        language="en",
    )
    services.send_notice(actor=cast.coordinator, candidacy=told)

    answer = page("notice/", {"version": "1"})

    assert answer.status_code == 422
    assert "newer version" in text_of(answer)


def test_a_question_and_its_answer_show_whatever_the_signs(page, told, cast):
    for _ in range(2):
        assert page("questions/", {"words": ODD}).status_code == 302
    services.answer(actor=cast.coordinator, question=Question.objects.get(), words=ODD)

    text = text_of(page("questions/"))

    assert text.count("Zqmarker عربي 👩🏽‍🚀 &lt;b&gt;&amp;") == 2
    assert "Anna Lindqvist answered" in text


def test_what_was_refused_is_still_in_the_field(page):
    answer = page("needs/", {"wish": "", "why": "Because of my back"})

    assert answer.status_code == 422
    assert "Because of my back" in text_of(answer)


def test_a_file_is_kept_and_a_large_or_a_renamed_one_is_not(page):
    for name, content, status in (
        ("cv.pdf", files.pdf("fine"), 302),
        ("cv.pdf", b"MZ\x90\x00 a program", 422),
        ("cv.pdf", b"%PDF-" + b"x" * (30 * 1024 * 1024), 422),
    ):
        answer = page("material/", {"act": "file", "file": SimpleUploadedFile(name, content)})
        assert answer.status_code == status

    assert "the limit is 20 MB" in text_of(answer)
    piece = Material.objects.get()
    file = page(f"material/{piece.pseudonym}/")
    assert "fine" in files.text_of(file.content)
    assert file["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert file["Content-Type"] == "application/pdf"


def test_pieces_are_added_and_taken_back(page):
    page("material/", {"act": "words", "words": ODD})
    page("material/", {"act": "link", "address": "https://example.com/a"})
    piece = Material.objects.first()

    page("material/", {"act": "take_back", "piece": str(piece.pseudonym)})

    assert "Zqmarker" not in text_of(page("material/"))
    assert "https://example.com/a" in text_of(page("material/"))
    assert page(f"material/{piece.pseudonym}/").status_code == 404


def test_a_time_is_chosen_and_goes_into_the_calendar(page, told, cast):
    services.offer_times(
        actor=cast.coordinator,
        candidacy=told,
        purpose=Purpose.INTERVIEW,
        times=services.Times(
            starts=[timezone.now() + timedelta(days=day) for day in (2, 3)],
            minutes=75,
            place="Storgatan 1",
        ),
    )
    talk = selectors.talk_about(told, Purpose.INTERVIEW)
    address = f"times/{talk.meeting.pseudonym}.ics"
    assert page(address).status_code == 404  # nothing is chosen yet
    assert "Europe/Stockholm" in text_of(page("times/"))

    chosen = {"meeting": talk.meeting.pseudonym, "time": talk.offers[1].time.pseudonym}
    assert page("times/", chosen).status_code == 302
    assert page("times/", {**chosen, "time": "nonsense"}).status_code == 422
    assert page("times/", {"meeting": "nonsense", "time": "none"}).status_code == 422

    assert selectors.talk_about(told, Purpose.INTERVIEW).chosen.time == talk.offers[1].time
    calendar = page(address)
    assert calendar["Content-Type"].startswith("text/calendar")
    assert f"UID:{talk.meeting.pseudonym}@second-opinion\r\n" in text_of(calendar)
    assert "SEQUENCE:0\r\n" in text_of(calendar)


def test_withdrawing_takes_a_button_and_is_final(page):
    assert "nothing else" in text_of(page("withdraw/"))
    assert not Candidacy.objects.first().is_withdrawn

    for _ in range(2):
        assert page("withdraw/", {}).status_code == 302

    assert Candidacy.objects.first().is_withdrawn
    assert "You have withdrawn" in text_of(page(""))
    assert page("questions/", {"words": "Who?"}).status_code == 422
    assert page("data/").status_code == 200


def test_files_come_at_a_persons_pace_and_words_as_they_like(page):
    def send(number):
        upload = SimpleUploadedFile("cv.txt", f"number {number}".encode())
        return page("material/", {"act": "file", "file": upload}).status_code

    answers = [send(number) for number in range(45)]

    assert (answers[0], answers[-1]) == (302, 429)
    assert Material.objects.count() == 20
    assert page("material/").status_code == 200


def test_the_candidates_data_go_along_as_a_file(page):
    page("notice/", {"version": "1"})
    page("questions/", {"words": ODD})
    page("needs/", {"wish": "Breaks", "why": "My back"})

    found = json.loads(text_of(page("data.json")))

    assert found["schema"] == "second-opinion/candidate-data/1"
    assert found["questions"][0]["question"] == ODD.strip()
    assert found["adjustments"][0] | {"at": ""} == {
        "at": "",
        "need": "Breaks",
        "why": "My back",
        "how": "",
    }
    assert found["told"]["read_at"]
    assert "Your rights" in found["told"]["text"]


@pytest.mark.parametrize(
    "path", ["", "notice/", "questions/", "needs/", "times/", "material/", "withdraw/", "data/"]
)
def test_looking_changes_nothing(page, path):
    from tests.journey.world import writes

    with writes() as written:
        assert page(path).status_code == 200

    assert written == []
