"""What a candidate asks, needs, adds and chooses: encrypted, kept once, and shown to few."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from icalendar import Calendar

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.audit.errors import UnreadableError
from second_opinion.audit.models import Event
from second_opinion.candidates import selectors, services
from second_opinion.candidates.errors import FileError, NotAskedError, WordsError
from second_opinion.candidates.models import Adjustment, Material, MeetingChoice, Question
from second_opinion.candidates.services import material
from second_opinion.candidates.states import MailKind, Purpose
from second_opinion.candidates.writing.calendar import calendar_of
from second_opinion.cases.models import Candidacy, Letter
from second_opinion.cases.states import CaseState, LetterKind
from tests import factories, files

SECRET = "Zqx عربي 👩🏽‍🚀 "
LONG = SECRET + "ord " * 2490  # nearly ten thousand characters


def fresh(row):
    return type(row).objects.select_related("candidacy__case").get(pk=row.pk)


# --- questions


@pytest.mark.parametrize("words", ["Who will I meet?", LONG])
def test_a_question_is_answered_and_the_answer_shows(cast, candidacy, words):
    question = services.ask(candidacy=candidacy, words=f"  {words}\n")
    services.answer(actor=cast.coordinator, question=question, words=LONG)

    (asked,) = selectors.questions_of(candidacy)
    assert (asked.words, asked.answer_words) == (words.strip(), LONG.strip())
    assert asked.answer.author == cast.coordinator
    assert candidacy.mailings.get().kind == MailKind.NEWS
    assert SECRET.encode() not in bytes(Question.objects.get().content)


def test_two_presses_ask_and_answer_once(cast, candidacy):
    questions = [services.ask(candidacy=candidacy, words="Who?") for _ in range(2)]
    answers = [
        services.answer(actor=cast.coordinator, question=questions[0], words="Anna.")
        for _ in range(2)
    ]

    assert questions[0] == questions[1]
    assert answers[0] == answers[1]
    assert Event.objects.filter(verb="question.asked").count() == 1
    with pytest.raises(NotAskedError, match="already"):
        services.answer(actor=cast.coordinator, question=questions[0], words="Bo.")


@pytest.mark.parametrize("words", ["", " \n ", "x" * 20_001])
def test_no_words_and_too_many_are_refused_and_nothing_is_saved(candidacy, words):
    with pytest.raises(WordsError, match="Nothing was saved"):
        services.ask(candidacy=candidacy, words=words)

    assert not Question.objects.exists()


@pytest.mark.parametrize("who", ["orderer", "decider", "assessor", "stranger"])
def test_only_the_providers_coordinators_answer(cast, candidacy, who):
    question = services.ask(candidacy=candidacy, words="Who?")
    adjustment = services.ask_adjustment(candidacy=candidacy, wish="Breaks.")

    with pytest.raises(NotAllowedError):
        services.answer(actor=getattr(cast, who), question=question, words="Me.")
    with pytest.raises(NotAllowedError):
        services.arrange(
            actor=getattr(cast, who), adjustment=adjustment, is_granted=True, how="Yes."
        )
    with pytest.raises(NotAllowedError):
        offered(cast, candidacy, actor=getattr(cast, who))
    assert selectors.candidacy_run_by(getattr(cast, who), candidacy.pseudonym) is None


def test_what_was_asked_stays_as_it_was_asked(candidacy):
    question = services.ask(candidacy=candidacy, words="Who?")

    with pytest.raises(IntegrityError, match="stays as it was said"), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(content=b"Another")


def test_words_cannot_be_moved_to_another_place_unnoticed(candidacy):
    first = services.ask(candidacy=candidacy, words="Who?")
    second = Question(candidacy=candidacy, content=first.content)

    with pytest.raises(UnreadableError):
        selectors.words_of(second)


# --- adjustments


def test_an_assessor_learns_how_and_never_why(cast, candidacy):
    adjustment = services.ask_adjustment(
        candidacy=candidacy, wish="Breaks, please.", why=f"{SECRET} illness"
    )
    assert selectors.arrangements_of(candidacy) == []

    services.arrange(
        actor=cast.coordinator,
        adjustment=adjustment,
        is_granted=True,
        how="A break of ten minutes after each half hour.",
    )

    (needed,) = selectors.adjustments_of(candidacy)
    assert (needed.wish, needed.why) == ("Breaks, please.", f"{SECRET} illness")
    assert selectors.arrangements_of(candidacy) == ["A break of ten minutes after each half hour."]
    assert b"illness" not in bytes(Adjustment.objects.get().content)


def test_the_newest_word_on_an_adjustment_counts(cast, candidacy):
    adjustment = services.ask_adjustment(candidacy=candidacy, wish="Two days.")
    for is_granted, how in ((True, "Two days."), (False, "One day is all there is.")):
        services.arrange(
            actor=cast.coordinator, adjustment=adjustment, is_granted=is_granted, how=how
        )

    assert selectors.arrangements_of(candidacy) == []
    assert selectors.adjustments_of(candidacy)[0].how == "One day is all there is."


def test_the_log_says_nothing_of_what_is_needed(candidacy):
    services.ask_adjustment(candidacy=candidacy, wish=SECRET, why=SECRET)

    assert SECRET.split()[0].lower() not in str(list(Event.objects.values())).lower()


# --- times


def offered(cast, candidacy, *hours, actor=None, place="Storgatan 1; room 2, floor 3", **changes):
    times = {
        "starts": [timezone.now() + timedelta(hours=hour) for hour in hours or (48, 72)],
        "minutes": 90,
        "place": place,
    }
    services.offer_times(
        actor=actor or cast.coordinator,
        candidacy=candidacy,
        purpose=Purpose.INTERVIEW,
        times=services.Times(**(times | changes)),
    )
    return selectors.talk_about(candidacy, Purpose.INTERVIEW)


def choose(candidacy, talk, number):
    services.choose_time(
        candidacy=candidacy,
        meeting=talk.meeting,
        time=None if number is None else talk.offers[number].time,
    )
    return selectors.talk_about(candidacy, Purpose.INTERVIEW)


def test_a_time_is_chosen_once_and_can_be_changed(cast, candidacy):
    talk = offered(cast, candidacy)

    first = choose(candidacy, talk, 0)
    same = choose(candidacy, talk, 0)
    other = choose(candidacy, talk, 1)

    assert first.chosen.time == same.chosen.time == talk.offers[0].time
    assert (first.sequence, same.sequence, other.sequence) == (0, 0, 1)
    assert other.meeting.pseudonym == first.meeting.pseudonym


def test_where_none_suits_others_are_offered_for_the_same_meeting(cast, candidacy):
    none = choose(candidacy, offered(cast, candidacy), None)
    assert none.is_unsuited

    again = offered(cast, candidacy, 96)

    assert not again.is_unsuited
    assert len(again.offers) == 3
    assert again.meeting == none.meeting


@pytest.mark.parametrize(
    "changes",
    [
        {"starts": []},
        {"starts": [timezone.now() - timedelta(minutes=1)]},
        {"starts": [timezone.now() + timedelta(days=day) for day in range(1, 12)]},
        {"minutes": 0},
        {"minutes": 481},
    ],
)
def test_times_that_nobody_can_choose_are_not_offered(cast, candidacy, changes):
    with pytest.raises(NotAskedError, match="Nothing was sent"):
        offered(cast, candidacy, **changes)


def test_a_time_that_has_passed_or_belongs_to_another_meeting_is_refused(
    cast, candidacy, monkeypatch
):
    talk = offered(cast, candidacy)
    later = timezone.now() + timedelta(hours=50)
    monkeypatch.setattr(timezone, "now", lambda: later)

    with pytest.raises(NotAskedError, match="no longer be chosen"):
        choose(candidacy, talk, 0)
    choose(candidacy, talk, 1)
    much_later = later + timedelta(hours=50)
    monkeypatch.setattr(timezone, "now", lambda: much_later)
    with pytest.raises(NotAskedError, match="has begun"):
        choose(candidacy, talk, None)
    assert MeetingChoice.objects.count() == 1


def test_a_meeting_that_is_called_off_can_be_offered_anew(cast, candidacy):
    talk = choose(candidacy, offered(cast, candidacy), 0)

    for _ in range(2):
        services.call_off_meeting(actor=cast.coordinator, meeting=talk.meeting)

    gone = selectors.talk_about(candidacy, Purpose.INTERVIEW)
    assert (gone.chosen, gone.offers, gone.is_called_off) == (None, (), True)
    assert MeetingChoice.objects.count() == 2
    with pytest.raises(NotAskedError, match="no longer be chosen"):
        choose(candidacy, talk, 1)
    text = calendar_of(gone, zone="Europe/Stockholm", address="https://x/")
    assert Calendar.from_ical(text).events[0]["STATUS"] == "CANCELLED"

    again = offered(cast, candidacy, 96)
    assert (len(again.offers), again.is_called_off) == (1, False)
    assert choose(candidacy, again, 0).sequence == 2


def test_a_calendar_keeps_one_entry_through_all_changes(cast, candidacy):
    place = "Ågatan 1; våning 3, 👩🏽‍🚀 " + "lång " * 30
    talk = offered(cast, candidacy, place=place)
    texts = [
        calendar_of(choose(candidacy, talk, number), zone="Europe/Stockholm", address="https://x/")
        for number in (0, 1, None)
    ]

    calendars = [Calendar.from_ical(text) for text in texts]
    entries = [calendar.events[0] for calendar in calendars]
    assert len({entry["UID"] for entry in entries}) == 1
    assert [entry["SEQUENCE"] for entry in entries] == [0, 1, 2]
    assert [calendar["METHOD"] for calendar in calendars] == ["PUBLISH", "PUBLISH", "CANCEL"]
    assert [entry["STATUS"] for entry in entries] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [entry.start for entry in entries] == [
        talk.offers[number].time.starts_at.replace(microsecond=0) for number in (0, 1, 1)
    ]
    assert entries[0].end - entries[0].start == timedelta(minutes=talk.offers[0].time.minutes)
    assert entries[0]["LOCATION"] == place.strip()
    assert entries[0]["DTSTART"].params["TZID"] == "Europe/Stockholm"
    assert [zone["TZID"] for zone in calendars[0].timezones] == ["Europe/Stockholm"]
    assert all(len(line.encode()) <= 75 for text in texts for line in text.split("\r\n"))
    for hidden in ("Kim", "Purchasing", "Client"):
        assert hidden not in texts[0]


# --- material


def test_a_file_comes_back_without_its_author_and_lies_encrypted(candidacy):
    added = services.add_file(
        candidacy=candidacy, name="C:\\mitt CV.pdf", content=files.pdf(SECRET)
    )

    (piece,) = selectors.material_of(candidacy)
    kept = selectors.content_of(fresh(added))
    assert (piece.name, piece.media_type, piece.size) == (
        "mitt CV.pdf",
        "application/pdf",
        len(kept),
    )
    assert SECRET in files.text_of(kept)
    assert files.TRACE.encode() not in kept
    stored = Material.objects.get()
    assert SECRET.encode() not in bytes(stored.content)
    assert b"CV" not in bytes(stored.about)


def test_the_same_file_twice_is_one(candidacy):
    content = files.pdf()  # made once: a file made a second later says so, and is another

    for _ in range(2):
        services.add_file(candidacy=candidacy, name="cv.pdf", content=content)

    assert Material.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"MZ\x90 renamed to cv.pdf", "cannot be taken"),
        (b"%PDF-" + b"x" * (20 * 1024 * 1024), "the limit is 20 MB"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_the_reason(candidacy, content, why):
    with pytest.raises(FileError, match=why):
        services.add_file(candidacy=candidacy, name="cv.pdf", content=content)

    assert not Material.objects.exists()


def test_all_files_of_a_candidate_have_room_for_so_much(candidacy, monkeypatch):
    services.add_file(candidacy=candidacy, name="a.txt", content=b"a" * 600)
    monkeypatch.setattr(material, "MOST_BYTES_IN_ALL", 1000)

    with pytest.raises(FileError, match="Take a file back first"):
        services.add_file(candidacy=candidacy, name="b.txt", content=b"b" * 600)
    services.add_file(candidacy=candidacy, name="c.txt", content=b"c" * 400)
    assert sum(piece.size for piece in selectors.material_of(candidacy)) == 1000


def test_a_list_of_files_reads_none_of_them(candidacy, django_assert_num_queries):
    services.add_file(candidacy=candidacy, name="a.txt", content=b"a")

    with django_assert_num_queries(1) as queries:
        selectors.material_of(candidacy)
    assert '"content"' not in queries[0]["sql"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "example.com", "https://", "https://a b"]
)
def test_only_addresses_of_the_web_are_links(candidacy, address):
    with pytest.raises(WordsError):
        services.add_link(candidacy=candidacy, address=address)


def test_the_same_piece_twice_is_one_and_what_is_taken_back_is_gone(candidacy):
    first = services.add_words(candidacy=candidacy, words=LONG)
    assert services.add_words(candidacy=candidacy, words=LONG) == first
    link = services.add_link(candidacy=candidacy, address="https://example.com/work")

    services.take_back(candidacy=candidacy, material=first)
    services.take_back(candidacy=candidacy, material=first)

    assert [piece.words for piece in selectors.material_of(candidacy)] == [
        "https://example.com/work"
    ]
    assert bytes(Material.objects.get(pk=first.pk).content) == b""
    assert link.pk


def test_there_is_room_for_twenty_pieces(candidacy):
    for number in range(20):
        services.add_words(candidacy=candidacy, words=f"Piece {number}")

    with pytest.raises(NotAskedError, match="room for 20"):
        services.add_words(candidacy=candidacy, words="One more")


def test_nothing_is_added_or_taken_back_after_the_opening(cast):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    candidacy = case.candidacies.get()
    piece = services.add_words(candidacy=candidacy, words="Look at this.")
    factories.open_case(cast, case)

    for act in (
        lambda: services.add_words(candidacy=candidacy, words="And this."),
        lambda: services.take_back(candidacy=candidacy, material=piece),
        lambda: services.ask_adjustment(candidacy=candidacy, wish="Time."),
    ):
        with pytest.raises(NotAllowedError, match="opened"):
            act()


# --- withdrawing


def test_withdrawing_ends_it_tells_the_coordinator_and_is_done_once(candidacy):
    for _ in range(2):
        services.withdraw(candidacy=candidacy)

    assert Candidacy.objects.get().is_withdrawn
    assert Letter.objects.filter(kind=LetterKind.ATTENTION).count() == 1
    for act in (
        lambda: services.ask(candidacy=candidacy, words="Who?"),
        lambda: services.add_words(candidacy=candidacy, words="This."),
        lambda: services.ask_adjustment(candidacy=candidacy, wish="Time."),
    ):
        with pytest.raises(NotAllowedError, match="You have withdrawn"):
            act()
