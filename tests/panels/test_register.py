"""The register of assessors: their own word in versions, confirmed, and used only then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.states import Role
from second_opinion.audit.models import Event
from second_opinion.audit.services import content_hash
from second_opinion.cases.states import CaseState
from second_opinion.panels import services
from second_opinion.panels.analysis import suggestions_for
from second_opinion.panels.analysis.described import commitment_to_version
from second_opinion.panels.errors import RegisterError
from second_opinion.panels.models import AssessorVersion
from second_opinion.panels.selectors.assessors import (
    Shown,
    ShownCompetence,
    Spoken,
    registered_at,
    shown_in,
    stored,
    versions_of,
)
from second_opinion.panels.selectors.proposals import Need
from second_opinion.panels.selectors.vocabulary import vocabulary_of
from second_opinion.panels.services import OwnWord
from second_opinion.panels.states import LanguageLevel, Level, Proof
from tests import factories

pytestmark = pytest.mark.django_db

LAW = ShownCompetence(key="contract_law", level=Level.EXPERT, proof=Proof.CASES)


@pytest.fixture
def cast():
    return factories.Cast()


def save(cast, *, actor=None, entering=None, **shown):
    return services.save_assessor(
        actor=actor or cast.assessor,
        assessor=cast.assessor,
        provider=cast.provider,
        shown=Shown(**shown),
        entering=entering or {},
    )


def test_what_an_assessor_says_counts_once_a_coordinator_has_confirmed_it(cast):
    version = save(cast, competences=(LAW,), languages=(Spoken(code="sv"),), price=20000.0)
    (before,) = registered_at(cast.provider)

    services.confirm_assessor(actor=cast.coordinator, version=version)
    save(cast, competences=(), price=1.0)
    (after,) = registered_at(cast.provider)

    assert (before.confirmed, before.shown, before.waits) == (None, Shown(), True)
    assert after.shown == Shown(competences=(LAW,), languages=(Spoken(code="sv"),), price=20000.0)
    assert after.waits
    assert [one.number for one in versions_of(cast.assessor, cast.provider)] == [2, 1]


def test_languages_of_versions_from_before_they_had_levels_are_worked_in(cast):
    now = stored(Shown(languages=(Spoken(code="sv", level=LanguageLevel.READS),)))
    old = AssessorVersion(content=now | {"languages": ["sv", "de"]})

    assert shown_in(old).languages == (Spoken(code="sv"), Spoken(code="de"))
    assert shown_in(AssessorVersion(content=now)).languages[0].level == LanguageLevel.READS


def test_the_log_commits_to_what_was_said_under_a_nonce_of_its_own(cast):
    version = save(cast, competences=(LAW,), price=20000.0)
    version.refresh_from_db()

    details = Event.objects.get(verb="assessor.described").details

    assert details["commitment"] == commitment_to_version(version)
    assert content_hash(version.content) not in details.values()


def test_the_same_profile_is_committed_to_otherwise_each_time(cast):
    versions = [save(cast, price=price) for price in (1.0, 2.0, 1.0)]

    told = Event.objects.filter(verb="assessor.described").values_list("details", flat=True)

    assert versions[0].content == versions[2].content
    assert len({bytes(one.nonce) for one in versions}) == 3
    assert len({one["commitment"] for one in told}) == 3


def test_what_was_changed_behind_the_services_back_is_not_what_was_committed_to(cast):
    version = save(cast, competences=(LAW,))
    before = commitment_to_version(version)

    version.content = version.content | {"price": 1.0}

    assert commitment_to_version(version) != before


def test_the_same_again_is_no_new_version(cast):
    assert save(cast, competences=(LAW,)) == save(cast, competences=(LAW,))


def test_a_certificate_that_has_run_out_is_the_assessors_own_word(cast):
    yesterday = timezone.localdate() - timedelta(days=1)
    expired = ShownCompetence(
        key="german", level=Level.SKILLED, proof=Proof.CERTIFICATE, expires_on=yesterday
    )
    services.confirm_assessor(actor=cast.coordinator, version=save(cast, competences=(expired,)))

    (found,) = registered_at(cast.provider)

    assert found.shown.competences[0].proof_now == Proof.DECLARED


def test_only_the_newest_is_confirmed_and_not_by_the_assessor(cast):
    first = save(cast, competences=(LAW,))
    save(cast)

    with pytest.raises(RegisterError, match="newer version"):
        services.confirm_assessor(actor=cast.coordinator, version=first)
    with pytest.raises(NotAllowedError, match="Only a coordinator"):
        services.confirm_assessor(actor=cast.assessor, version=first)


def test_a_providers_own_entry_is_its_own(cast):
    entry = services.enter_competence(
        actor=cast.coordinator, provider=cast.provider, sv="Glasblåsning", en="Glass blowing"
    )
    other = factories.make_organisation("Another")

    assert vocabulary_of(cast.provider)[entry.key].label("sv") == "Glasblåsning"
    assert entry.key not in vocabulary_of(other)
    with pytest.raises(RegisterError, match="named Glasblåsning already"):
        services.enter_competence(
            actor=cast.coordinator, provider=cast.provider, sv="glasblåsning", en="Again"
        )


def test_one_language_is_enough_and_other_labels_are_found(cast):
    entry = services.enter_competence(
        actor=cast.coordinator,
        provider=cast.provider,
        en="Bell founding",
        also="Klockgjutning, klockgjuteri\nKlockgjutning",
    )

    found = vocabulary_of(cast.provider)[entry.key]

    assert (found.label("sv"), found.label("en")) == ("Bell founding", "Bell founding")
    assert found.labels == ("Bell founding", "Klockgjutning", "klockgjuteri")
    (suggested,) = suggestions_for("klockgjutning", cast.provider)
    assert suggested.entries[0].key == entry.key
    with pytest.raises(RegisterError, match="Swedish or in English"):
        services.enter_competence(actor=cast.coordinator, provider=cast.provider, sv=" ")


def propose(cast, *, sv="Glasblåsning"):
    return save(
        cast,
        competences=(ShownCompetence(key="own-1", level=Level.EXPERT, proof=Proof.CASES),),
        entering={"own-1": OwnWord(sv=sv)},
    )


def test_an_assessors_own_word_counts_when_a_coordinator_confirms_what_they_show(cast):
    version = propose(cast)
    key = shown_in(version).competences[0].key
    before = vocabulary_of(cast.provider), vocabulary_of(cast.provider, with_proposed=True)

    services.confirm_assessor(actor=cast.coordinator, version=version)

    assert [key in each for each in before] == [False, True]
    assert not vocabulary_of(cast.provider)[key].is_proposed
    verbs = [one.verb for one in Event.objects.filter(verb__startswith="competence.")]
    assert verbs == ["competence.proposed", "competence.confirmed"]


def test_what_is_proposed_twice_is_one_entry_and_a_coordinator_who_enters_it_confirms_it(cast):
    key = shown_in(propose(cast)).competences[0].key
    other = factories.make_person(Role.ASSESSOR, organisation=cast.provider)

    again = services.enter_competence(actor=other, provider=cast.provider, sv="glasblåsning")
    assert (again.key, key in vocabulary_of(cast.provider)) == (key, False)
    services.enter_competence(actor=cast.coordinator, provider=cast.provider, sv="Glasblåsning")

    assert key in vocabulary_of(cast.provider)


def test_a_case_is_not_mapped_to_a_word_that_nobody_has_confirmed(cast):
    key = shown_in(propose(cast)).competences[0].key
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)

    with pytest.raises(RegisterError, match="no entry"):
        services.confirm_needs(
            actor=cast.coordinator, case=case, needs=[Need(words="x", key=key, level=2)]
        )


def test_who_is_neither_assessor_nor_coordinator_enters_nothing(cast):
    with pytest.raises(NotAllowedError, match="Only an assessor or a coordinator"):
        services.enter_competence(actor=cast.orderer, provider=cast.provider, sv="Glasblåsning")


@pytest.mark.parametrize(
    ("shown", "why"),
    [
        ({"competences": (LAW, LAW)}, "stands once"),
        (
            {"competences": (ShownCompetence(key="x", level=Level.BASIC, proof=Proof.CASES),)},
            "no entry x",
        ),
        ({"cap": -1}, "Cases at once"),
        ({"languages": (Spoken(code="sv"), Spoken(code="sv"))}, "each language once"),
        ({"price": -1.0}, "0 kronor or more"),
        ({"sectors": "x" * 1001}, "room for 1000"),
    ],
)
def test_what_the_register_cannot_use_is_refused(cast, shown, why):
    with pytest.raises(RegisterError, match=why):
        save(cast, **shown)


def test_who_is_no_assessor_has_no_place_in_it(cast):
    with pytest.raises(NotAllowedError, match="is no assessor"):
        services.save_assessor(
            actor=cast.coordinator,
            assessor=cast.orderer,
            provider=cast.provider,
            shown=Shown(),
        )
    stranger = factories.make_person(Role.ASSESSOR, organisation=cast.provider)
    with pytest.raises(NotAllowedError, match="Only the assessor"):
        save(cast, actor=stranger)
