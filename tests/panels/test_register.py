"""The register of assessors: their own word in versions, confirmed, and used only then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.states import Role
from second_opinion.panels import services
from second_opinion.panels.errors import RegisterError
from second_opinion.panels.selectors.assessors import (
    Shown,
    ShownCompetence,
    registered_at,
    versions_of,
)
from second_opinion.panels.selectors.vocabulary import vocabulary_of
from second_opinion.panels.states import Level, Proof
from tests import factories

pytestmark = pytest.mark.django_db

LAW = ShownCompetence(key="contract_law", level=Level.EXPERT, proof=Proof.CASES)


@pytest.fixture
def cast():
    return factories.Cast()


def save(cast, *, actor=None, **shown):
    return services.save_assessor(
        actor=actor or cast.assessor,
        assessor=cast.assessor,
        provider=cast.provider,
        shown=Shown(**shown),
    )


def test_what_an_assessor_says_counts_once_a_coordinator_has_confirmed_it(cast):
    version = save(cast, competences=(LAW,), languages=("sv",), price=20000.0)
    (before,) = registered_at(cast.provider)

    services.confirm_assessor(actor=cast.coordinator, version=version)
    save(cast, competences=(), price=1.0)
    (after,) = registered_at(cast.provider)

    assert (before.confirmed, before.shown, before.waits) == (None, Shown(), True)
    assert after.shown == Shown(competences=(LAW,), languages=("sv",), price=20000.0)
    assert after.waits
    assert [one.number for one in versions_of(cast.assessor, cast.provider)] == [2, 1]


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
    with pytest.raises(RegisterError, match="of that name"):
        services.enter_competence(
            actor=cast.coordinator, provider=cast.provider, sv="glasblåsning", en="Again"
        )


@pytest.mark.parametrize(
    ("shown", "why"),
    [
        ({"competences": (LAW, LAW)}, "stands once"),
        (
            {"competences": (ShownCompetence(key="x", level=Level.BASIC, proof=Proof.CASES),)},
            "no entry x",
        ),
        ({"cap": -1}, "Cases at once"),
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
