"""The demo: its folder, its content, and what it fills an empty database with."""

import os
import socket
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.services import person_of_demo_token
from second_opinion.audit.models import OutboxRow
from second_opinion.candidates.selectors import has_acknowledged, link_of_token
from second_opinion.cases import selectors
from second_opinion.cases.models import Case
from second_opinion.cases.states import CaseState
from second_opinion.cli.demo import command
from second_opinion.cli.demo.content import read_cases, read_organisations
from second_opinion.cli.demo.drawing import band_of, draw_opinions
from second_opinion.cli.demo.filling import fill_if_empty
from second_opinion.cli.demo.home import MARK, DemoHome
from second_opinion.cli.demo.links import BUILT, candidate_links, sign_in_links
from second_opinion.cli.demo.past import STEPS, as_of, moment_of
from second_opinion.cli.doctor.records import record_findings
from second_opinion.cli.errors import CommandError
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.selectors import asking_in
from second_opinion.panels.analysis import shortlist_for
from second_opinion.panels.selectors import rulings_of
from second_opinion.panels.states import RulingOutcome
from second_opinion.reports.selectors import reports_visible_to

STAGES = {
    "ordered",
    "profile_locked",
    "in_assessment",
    "opened",
    "reported",
    "decided",
    "closed",
}
FINALISTS = ("Leila Haddad", "Gustaf Ryd", "Anna-Karin Storm")
RATED = [case for case in read_cases() if case.assessors]


def untold(share):
    """Nobody is told of the progress."""


# --- the content


def test_the_content_has_every_stage_both_languages_and_one_to_three_candidates():
    cases = read_cases()

    assert {case.stage for case in cases} == STAGES
    assert {case.language for case in cases} == {"sv", "en"}
    assert {len(case.candidates) for case in cases} == {1, 2, 3}
    assert len(cases) >= 6


def test_nobody_in_the_content_has_an_address_that_could_be_real():
    people = [person for organisation in read_organisations() for person in organisation.people]

    assert all(person.email.endswith(".example.com") for person in people)
    assert len({person.email for person in people}) == len(people)


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.reference)
def test_every_criterion_has_anchors_and_the_weights_sum_to_100(case):
    assert sum(criterion.entry.weight for criterion in case.criteria) == 100
    assert all(len(criterion.entry.anchors) >= 3 for criterion in case.criteria)


@pytest.mark.parametrize("case", RATED, ids=lambda case: case.reference)
def test_drawn_opinions_are_the_same_every_time(case):
    assert draw_opinions(case) == draw_opinions(case)


@pytest.mark.parametrize("case", RATED, ids=lambda case: case.reference)
def test_evidence_sounds_like_the_score_it_is_given_for_and_is_used_once(case):
    ratings = [rating for opinion in draw_opinions(case) for rating in opinion.ratings]
    evidence = {criterion.entry.name: criterion.evidence for criterion in case.criteria}

    for rating in ratings:
        band = None if rating.score is None else band_of(rating.score, case)
        assert set(rating.evidence) <= set(evidence[rating.criterion].get(band, ()))
    used = Counter(text for rating in ratings for text in rating.evidence)
    assert used
    assert set(used.values()) == {1}


@pytest.mark.parametrize("case", RATED, ids=lambda case: case.reference)
def test_nearly_every_score_rests_on_evidence_and_every_gap_has_its_reason(case):
    ratings = [rating for opinion in draw_opinions(case) for rating in opinion.ratings]
    scored = [rating for rating in ratings if rating.score is not None]

    assert sum(bool(rating.evidence) for rating in scored) >= 0.9 * len(scored)
    assert all(rating.reason_not_observed for rating in ratings if rating.score is None)


# --- filling


@pytest.fixture
def filled(db):
    assert fill_if_empty(untold)


@pytest.mark.usefixtures("filled")
def test_every_case_reaches_its_stage():
    references = [case.reference for case in read_cases()]
    reached = {case.reference: case.state for case in Case.objects.filter(reference__in=references)}

    assert reached == {case.reference: case.stage for case in read_cases()}


@pytest.mark.usefixtures("filled")
def test_a_second_filling_keeps_what_is_there():
    before = Case.objects.count(), Person.objects.count(), Opinion.objects.count()

    is_new = fill_if_empty(untold)

    assert not is_new
    assert (Case.objects.count(), Person.objects.count(), Opinion.objects.count()) == before


@pytest.mark.usefixtures("filled")
def test_the_case_in_assessment_has_sealed_and_unsealed_opinions():
    opinions = Opinion.objects.filter(candidacy__case__state=CaseState.IN_ASSESSMENT)

    assert {opinion.is_sealed for opinion in opinions} == {True, False}


@pytest.mark.usefixtures("filled")
def test_an_orderer_can_read_a_released_report():
    orderer = Person.objects.get(name="Erik Sundh")

    titles = [version.case.role for version in reports_visible_to(orderer)]

    assert titles == ["Produktionschef"]


@pytest.mark.usefixtures("filled")
def test_no_mail_of_the_past_waits_for_the_worker():
    assert OutboxRow.objects.exists()
    assert not OutboxRow.objects.filter(done_at=None, due_at__lte=timezone.now()).exists()


def test_filling_that_is_cut_short_leaves_nothing(db):
    def stop(share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill_if_empty(stop)

    assert not Organisation.objects.exists()


@pytest.mark.usefixtures("filled")
def test_the_steps_of_a_case_lie_on_days_of_their_own_and_in_the_past():
    case = Case.objects.get(reference="VF-2026-019")

    moments = [transition.at for transition in case.transitions.all()]
    days = {moment.date() for moment in moments}

    assert moments == sorted(set(moments))
    assert len(days) >= len(moments) - 1  # what would fall on a weekend moves to the Friday
    assert timezone.now().date() - min(days) >= timedelta(days=30)
    assert max(days) < timezone.now().date()


@pytest.mark.usefixtures("filled")
def test_opinions_are_sealed_between_the_start_and_the_opening():
    case = Case.objects.get(reference="VF-2026-022")
    began, opened = (
        case.transitions.get(target=target).at
        for target in (CaseState.IN_ASSESSMENT, CaseState.OPENED)
    )

    sealed = Opinion.objects.filter(candidacy__case=case).values_list("sealed_at", flat=True)

    assert len(sealed) == 6
    assert all(began < moment < opened for moment in sealed)


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.reference)
@pytest.mark.parametrize("weekday", range(7))
def test_steps_are_taken_in_order_on_working_days_whatever_day_it_is(case, weekday):
    now = datetime(2026, 11, 23, 0, 30, tzinfo=UTC) + timedelta(days=weekday)

    moments = [moment_of(step, case, now=now) for step in STEPS if step in case.days_ago]

    assert [*moments, now] == sorted({*moments, now})
    assert all(moment.weekday() < 5 for moment in moments)


def test_the_clock_is_right_again_after_something_went_wrong():
    long_ago = datetime(2001, 1, 1, tzinfo=UTC)
    told = []

    def fail():
        with as_of(long_ago):
            told.append(timezone.now())
            raise KeyError

    with pytest.raises(KeyError):
        fail()

    assert told == [long_ago]
    assert timezone.now().year > 2001


# --- links


@pytest.mark.usefixtures("filled")
def test_one_order_is_being_written_and_one_waits_for_its_deciders():
    drafts = Case.objects.filter(state=CaseState.DRAFT)
    sent = Case.objects.get(role="IT-säkerhetschef")

    assert [case.role for case in drafts] == ["Lagerchef"]
    assert sent.state == CaseState.ORDERED
    assert [person.name for person in selectors.deciders_of(sent)] == [
        "Karin Lövgren",
        "Sofia Brandt",
    ]
    assert all(sent.candidacies.get(name=name).belief.sealed_at for name in FINALISTS)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("language", ["sv", "en"])
def test_there_is_a_link_for_every_role_to_somebody_who_speaks_the_language(
    language, settings, monkeypatch
):
    settings.SECOND_OPINION_DEMO = True
    monkeypatch.setattr(
        "second_opinion.cli.demo.links.reverse", lambda name, args: f"/demo/sign-in/{args[0]}/"
    )

    links = sign_in_links(language)

    assert [link.role for link in links] == list(BUILT)
    for link in links:
        person = person_of_demo_token(link.url.rstrip("/").rpartition("/")[2])
        assert person.name == link.person
        assert person.language == language
        assert person.memberships.filter(role=link.role).exists()


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("language", ["sv", "en"])
def test_there_is_a_personal_link_to_a_candidate_of_each_language(language):
    (link,) = candidate_links(language)

    candidacy = link_of_token(link.url.rstrip("/").rpartition("/")[2]).candidacy
    assert (candidacy.name, candidacy.language) == (link.person, language)
    assert has_acknowledged(candidacy)


# --- the folder


def test_the_folder_is_made_once_and_keeps_its_key(tmp_path):
    home = DemoHome(tmp_path / "demo")

    home.prepare()
    key = home.master_key()
    home.prepare()

    assert home.master_key() == key
    assert len(key) >= 43  # 32 bytes in base64


def test_an_empty_folder_may_be_used(tmp_path):
    home = DemoHome(tmp_path)

    home.prepare()

    assert home.is_ours


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    home = DemoHome(tmp_path)

    with pytest.raises(CommandError, match="no demo's folder"):
        home.prepare()
    with pytest.raises(CommandError, match="--reset leaves it alone"):
        home.reset()

    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_reset_deletes_a_folder_of_the_demo(tmp_path):
    home = DemoHome(tmp_path / "demo")
    home.prepare()

    home.reset()

    assert not home.folder.exists()


def test_reset_of_nothing_is_nothing(tmp_path):
    DemoHome(tmp_path / "demo").reset()

    assert list(tmp_path.iterdir()) == []


def test_reset_does_not_follow_a_link_to_somewhere_else(tmp_path):
    real = DemoHome(tmp_path / "real")
    real.prepare()
    link = tmp_path / "link"
    link.symlink_to(real.folder)

    with pytest.raises(CommandError, match="--reset leaves it alone"):
        DemoHome(link).reset()

    assert (real.folder / MARK).exists()


# --- the command, in a process of its own


def run_demo(folder, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "second_opinion.cli.main", "demo", "--no-serve", *arguments],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_fills_once_keeps_it_resets_and_touches_no_other_database(tmp_path):
    real, folder = tmp_path / "real.sqlite3", tmp_path / "here"
    folder.mkdir()
    surroundings = {"DATABASE_URL": f"sqlite:///{real}", "SECOND_OPINION_SMTP_URL": "smtp://x"}

    first = run_demo(folder, **surroundings)
    second = run_demo(folder, "--port", "8765", **surroundings)
    third = run_demo(folder, "--reset", "--language", "en", **surroundings)

    assert first.returncode == second.returncode == third.returncode == 0, first.stderr
    assert "Made-up cases are ready." in first.stdout
    assert "Kept what was there." in second.stdout
    assert "http://localhost:8765/demo/sign-in/" in second.stdout
    assert "Made-up cases are ready." in third.stdout
    assert "Rosalind Achebe" in third.stdout
    assert [path.name for path in folder.iterdir()] == [".demo"]
    assert not real.exists()


def test_the_next_free_port_is_taken(monkeypatch):
    with socket.socket() as taken:
        taken.bind((command.HOST, 0))
        taken.listen()
        first = taken.getsockname()[1]
        monkeypatch.setattr(command, "FIRST_PORT", first)
        monkeypatch.setattr(command, "LAST_PORT", min(first + 20, 65535))

        assert first < command._free_port() <= command.LAST_PORT


def test_no_free_port_is_a_sentence(monkeypatch):
    with socket.socket() as taken:
        taken.bind((command.HOST, 0))
        taken.listen()
        monkeypatch.setattr(command, "FIRST_PORT", taken.getsockname()[1])
        monkeypatch.setattr(command, "LAST_PORT", taken.getsockname()[1])

        with pytest.raises(CommandError, match="Choose one with --port"):
            command._free_port()


@pytest.mark.usefixtures("filled")
def test_one_case_has_a_shortlist_and_a_conflict_that_was_cleared():
    case = Case.objects.get(reference="VF-2026-029")
    asking = asking_in(case)

    found = shortlist_for(case, around=asking.around, load=asking.load, language="en")

    assert [one.person.name for one in found.listed] == ["Daniel Fennimore", "Priya Ramanathan"]
    assert [one.covers_gap for one in found.listed] == [True, False]
    assert {ruling.outcome for ruling in rulings_of(case).values()} == {RulingOutcome.CLEARED}
    assert record_findings() == []
