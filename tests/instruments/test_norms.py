"""A provider's own norms: agreed to apart, of many, each once, and telling of nobody."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.audit.models import Event
from second_opinion.cases.models import Candidacy
from second_opinion.cases.services import withdraw_candidacy
from second_opinion.instruments import selectors, services
from second_opinion.instruments.analysis import norms_in
from second_opinion.instruments.errors import NormError
from second_opinion.instruments.models import (
    CountedScores,
    NormConsent,
    NormGroup,
    NormSetting,
    NormVersion,
)
from second_opinion.instruments.writing.norms import count_in_words, placed_in_norms
from second_opinion.instruments.writing.register import register_lines
from tests import factories, norms, questionnaires

pytestmark = pytest.mark.django_db

EVERYBODY_ELSE = ["orderer", "decider", "assessor", "stranger"]


def make(cast):
    return services.make_norm(actor=cast.coordinator, group=norms.group())


# --- switched on


def test_norms_are_off_until_a_coordinator_switches_them_on(cast):
    assert not selectors.makes_norms(cast.provider)

    norms.switch_on(cast)
    norms.switch_on(cast)

    assert selectors.makes_norms(cast.provider)
    assert NormSetting.objects.count() == 1
    assert [event.verb for event in Event.objects.filter(verb__startswith="norms.")] == [
        "norms.switched_on"
    ]

    norms.switch_on(cast, is_on=False)

    assert not selectors.makes_norms(cast.provider)
    assert Event.objects.filter(verb="norms.switched_off").count() == 1


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_nobody_else_switches_them_on_or_makes_one(cast, who):
    with pytest.raises(NotAllowedError, match="Only a coordinator"):
        services.set_norms(actor=getattr(cast, who), provider=cast.provider, is_on=True)
    norms.switch_on(cast)
    norms.agree(norms.sent_case(cast))

    with pytest.raises(NotAllowedError, match="Only a coordinator"):
        services.make_norm(actor=getattr(cast, who), group=norms.group())


def test_another_providers_norms_are_another_matter(cast):
    other = factories.make_organisation("Another provider")

    norms.switch_on(cast)

    assert not selectors.makes_norms(other)
    with pytest.raises(NotAllowedError):
        services.set_norms(actor=cast.coordinator, provider=other, is_on=True)


# --- agreed to


def test_nothing_is_counted_of_who_chose_nothing(cast):
    norms.switch_on(cast)
    norms.sent_case(cast)

    assert not CountedScores.objects.exists()
    assert not NormGroup.objects.exists()


def test_a_yes_is_kept_once_encrypted_and_logged_in_no_cases_log(cast):
    norms.switch_on(cast)
    given = norms.sent_case(cast)

    assert norms.agree(given)
    assert not norms.agree(given)

    row = CountedScores.objects.get()
    assert b"conscientiousness" not in bytes(row.content)
    assert set(selectors.scores_in(row)) == {
        scale.key for scale in selectors.questionnaire_in(given.form).scale
    }
    event = Event.objects.get(verb="norms.agreed_to")
    assert event.case is None
    assert event.details == {}


def test_nobody_is_asked_while_it_is_off_in_practice_or_before_sending_in(cast):
    given = norms.sent_case(cast)
    with pytest.raises(NotAllowedError, match="Nobody is asked"):
        norms.agree(given)
    norms.switch_on(cast)
    other = questionnaires.begin(cast, norms.order(cast, "Another"))
    with pytest.raises(NotAllowedError, match="Without a mail address"):
        norms.agree(other)
    Candidacy.objects.filter(pk=other.candidacy_id).update(email="other@example.com")
    with pytest.raises(NotAllowedError, match="once you have sent in"):
        norms.agree(other)
    given.candidacy.case.practised_by = cast.coordinator
    given.candidacy.case.save()
    with pytest.raises(NotAllowedError, match="Nobody is asked"):
        norms.agree(given)

    assert not NormConsent.objects.exists()


def test_who_left_out_too_much_is_told_and_not_counted(cast):
    norms.switch_on(cast)
    given = questionnaires.begin(cast, norms.order(cast, "Left out"))
    Candidacy.objects.filter(pk=given.candidacy_id).update(email="left@example.com")
    questionnaires.answer_all(given)
    for place in range(1, 13):
        services.answer_statement(given=given, place=place, answer=None, language="en")
    services.send_answers(given=given)

    with pytest.raises(NormError, match="left out so many"):
        norms.agree(given)

    assert not NormConsent.objects.exists()
    assert not NormGroup.objects.exists()


def test_a_yes_taken_back_empties_the_scores_at_once_also_while_it_is_off(cast):
    norms.switch_on(cast)
    given = norms.sent_case(cast)
    norms.agree(given)
    norms.switch_on(cast, is_on=False)

    assert norms.agree(given, is_yes=False)

    assert CountedScores.objects.get().content is None
    assert selectors.people_in(norms.group()) == []
    assert not selectors.chosen_by(given).is_yes
    assert [one.is_given for one in selectors.choices_of(given)] == [True, False]


@pytest.mark.parametrize("what", ["withdrawn", "erased", "practised", "without address"])
def test_who_is_gone_or_cannot_be_told_apart_is_not_counted(cast, what):
    norms.switch_on(cast)
    given = norms.sent_case(cast)
    norms.agree(given)
    assert selectors.state_of(norms.group()).n_people == 1

    if what == "withdrawn":
        withdraw_candidacy(actor=None, candidacy=given.candidacy)
    elif what == "erased":
        services.forget_counted(case=given.candidacy.case)
    elif what == "practised":
        given.candidacy.case.practised_by = cast.coordinator
        given.candidacy.case.save()
    else:
        Candidacy.objects.filter(pk=given.candidacy_id).update(email="")

    assert selectors.state_of(norms.group()).n_people == 0


def test_a_person_counts_once_with_the_newest_answers(cast):
    norms.switch_on(cast)
    first = norms.sent_case(cast)
    second = norms.sent_case(cast, role="Another role")
    Candidacy.objects.filter(pk=first.candidacy_id).update(email="kim@example.com")
    Candidacy.objects.filter(pk=second.candidacy_id).update(email="Kim@Example.com")

    norms.agree(first)
    norms.agree(second)

    (row,) = selectors.people_in(norms.group())
    assert row.given_id == second.pk


def test_answers_in_another_language_are_another_group(cast):
    norms.switch_on(cast)
    norms.agree(norms.sent_case(cast))
    swedish = questionnaires.begin(cast, norms.order(cast, "På svenska"))
    Candidacy.objects.filter(pk=swedish.candidacy_id).update(email="swedish@example.com")
    questionnaires.answer_all(swedish, language="sv")
    services.send_answers(given=swedish)

    norms.agree(swedish)

    assert [one.n_people for one in selectors.groups_of(cast.provider)] == [1, 1]
    fields = {field.name for field in NormGroup._meta.get_fields()}
    assert fields == {
        "id", "pseudonym", "provider", "key", "version", "language", "asked_hash",
        "versions", "counted",
    }  # fmt: skip


# --- made


def test_of_fewer_than_300_nothing_is_made_and_not_even_a_mean_is_there(cast):
    norms.switch_on(cast)
    given = norms.sent_case(cast)
    norms.agree(given)
    norms.add_people(given, 298)

    with pytest.raises(NormError, match="at least 300 people"):
        make(cast)

    assert not NormVersion.objects.exists()
    assert selectors.state_of(norms.group()).newest is None


def test_of_300_a_norm_is_made_with_number_mean_deviation_and_percentiles(cast):
    _given, made = norms.with_norm(cast)

    assert (made.number, made.n_people) == (1, 300)
    found = norms_in(made.content)["conscientiousness"]
    assert found.n == 300
    assert found.mean == pytest.approx(3.0, abs=0.02)
    assert len(found.percentile) == 99
    assert set(made.content["conscientiousness"]) == {"n", "mean", "deviation", "percentile"}
    event = Event.objects.get(verb="norms.made")
    assert (event.case, event.details["people"]) == (None, 300)


def test_a_norm_is_renewed_with_30_new_people_and_not_with_29(cast):
    given, _made = norms.with_norm(cast)
    norms.add_people(given, 29, prefix="new", score=5.0)
    with pytest.raises(NormError, match="at least 30 people have come in"):
        make(cast)

    norms.add_people(given, 1, prefix="last", score=5.0)
    renewed = make(cast)

    assert (renewed.number, renewed.n_people) == (2, 330)
    with pytest.raises(NormError, match="at least 30 people"):
        make(cast)


def test_one_who_leaves_and_comes_again_is_no_new_person(cast):
    given, _made = norms.with_norm(cast)
    norms.add_people(given, 29, prefix="new")
    norms.agree(given, is_yes=False)
    norms.agree(given)

    assert selectors.state_of(norms.group()).n_new == 29
    with pytest.raises(NormError):
        make(cast)


def test_one_who_answers_anew_in_another_case_is_no_new_person(cast):
    given, _made = norms.with_norm(cast)
    again = norms.sent_case(cast, role="Another role")
    Candidacy.objects.filter(pk=again.candidacy_id).update(email=given.candidacy.email.upper())

    norms.agree(again)

    state = selectors.state_of(norms.group())
    assert (state.n_people, state.n_new) == (300, 0)


def test_those_who_left_are_left_out_the_next_time_and_the_made_norm_stays(cast):
    given, made = norms.with_norm(cast)
    content = made.content
    norms.agree(given, is_yes=False)
    norms.add_people(given, 30, prefix="new")

    renewed = make(cast)

    assert renewed.n_people == 329
    made.refresh_from_db()
    assert made.content == content
    assert selectors.chosen_by(given).counted_in == made


def test_with_fewer_than_300_left_the_norm_is_not_renewed(cast):
    given, _made = norms.with_norm(cast)
    norms.add_people(given, 30, prefix="new")
    CountedScores.objects.filter(first_in__isnull=False).update(content=None)

    with pytest.raises(NormError, match="at least 300"):
        make(cast)


def test_all_alike_are_no_norm(cast):
    norms.switch_on(cast)
    given = norms.sent_case(cast)
    norms.agree(given)
    norms.add_people(given, 300, score=3.0)
    norms.agree(given, is_yes=False)

    with pytest.raises(NormError, match="alike"):
        make(cast)


@pytest.mark.parametrize(
    "change",
    [
        lambda: NormVersion.objects.update(n_people=3),
        lambda: NormVersion.objects.all().delete(),
        lambda: NormConsent.objects.update(is_given=False),
        lambda: NormConsent.objects.all().delete(),
        lambda: NormGroup.objects.update(language="sv"),
        lambda: NormSetting.objects.update(is_on=False),
        lambda: CountedScores.objects.all().delete(),
        lambda: CountedScores.objects.update(first_in=None),
    ],
)
def test_the_database_lets_nobody_change_what_was_made_or_chosen(cast, change):
    norms.switch_on(cast)
    norms.agree(norms.sent_case(cast))
    made = NormVersion.objects.create(
        group=norms.group(), number=1, n_people=300, content={}, made_by=cast.coordinator
    )
    CountedScores.objects.update(first_in=made)

    with pytest.raises(IntegrityError), transaction.atomic():
        change()


# --- shown


def test_how_many_have_agreed_is_told_in_tens(cast):
    assert count_in_words(0) == count_in_words(9)
    assert "At least 210 of the 300" in count_in_words(212)
    assert count_in_words(210) == count_in_words(219)
    assert "At least 290 of the 300" in count_in_words(299)
    assert "At least 300 people" in count_in_words(300) == count_in_words(312)


def standings(cast, given, language="en"):
    kept = selectors.results_of([given.candidacy])
    found = placed_in_norms(kept, provider=cast.provider, language=language)
    return found.get(kept[0].result.pk)


def test_a_score_stands_among_others_with_its_interval_and_who_they_are(cast):
    given, made = norms.with_norm(cast)

    found = standings(cast, given)

    (place,) = found.standings
    assert place.criterion == "Leadership"
    assert place.words.startswith("Conscientiousness: higher than about ")
    assert "with the error of measurement, somewhere from " in place.words
    assert "300 people who answered the same statements in English" in found.norm
    assert f"Norm 1, made in {made.at.year}" in found.norm
    with translation.override("sv"):
        assert "jämför" in standings(cast, given, "sv").norm.lower()


@pytest.mark.parametrize("why", ["off", "none made", "another language"])
def test_without_a_norm_in_use_nothing_is_said(cast, why):
    if why == "none made":
        norms.switch_on(cast)
        given = norms.sent_case(cast)
        norms.agree(given)
    else:
        given, _made = norms.with_norm(cast)
    if why == "off":
        norms.switch_on(cast, is_on=False)
    if why == "another language":
        given = questionnaires.begin(cast, norms.order(cast, "På svenska"))
        questionnaires.answer_all(given, language="sv")
        services.send_answers(given=given)

    found = standings(cast, given)

    assert found is None or (found.standings, found.norm) == ((), "")


def test_the_register_tells_of_the_norm_to_its_provider_alone(cast):
    before = register_lines("en", providers=[cast.provider])[0]
    assert any("no norms here" in warning for warning in before.warnings)
    norms.with_norm(cast)

    own = register_lines("en", providers=[cast.provider])[0]
    others = register_lines("en", providers=[factories.make_organisation("Another")])[0]

    assert "300 people" in dict(own.facts)["Norm group"]
    assert not any("no norms here" in warning for warning in own.warnings)
    assert "300" not in dict(others.facts)["Norm group"]
