"""A provider's own entries in the vocabulary of competences: entered, proposed, confirmed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import require
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.states import Role
from second_opinion.audit.services import record_event
from second_opinion.panels import policies
from second_opinion.panels.errors import RegisterError
from second_opinion.panels.models import CompetenceConfirmation, OwnCompetence
from second_opinion.panels.selectors.vocabulary import Entry, own_of, vocabulary_of

LONGEST_LABEL, LONGEST_MEANING, MOST_OTHER_LABELS = 100, 300, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWord:
    """What a provider calls a competence; one of the two languages is enough.

    also : other labels for the same, in any language, one a line or parted by commas
    """

    sv: str = ""
    en: str = ""
    means: str = ""
    also: str = ""


@transaction.atomic
def enter_competence(
    *,
    actor: Person,
    provider: Organisation,
    sv: str = "",
    en: str = "",
    means: str = "",
    also: str = "",
) -> OwnCompetence:
    """Add to the provider's own vocabulary what it does not hold.

    What an assessor enters is proposed, until a coordinator confirms a version that shows it or
    enters the same; what is proposed already is entered once.
    """
    require(policies.may_enter(actor, provider))
    sv, en = sv.strip()[:LONGEST_LABEL], en.strip()[:LONGEST_LABEL]
    if not sv and not en:
        raise RegisterError(_("Name it in Swedish or in English. Nothing was saved."))
    sv, en = sv or en, en or sv
    confirms = has_role(actor, Role.COORDINATOR, provider)
    if same := _named_so(provider, sv, en):
        if not same.is_proposed:
            raise RegisterError(
                _("There is an entry named %(name)s already: choose that. Nothing was saved.")
                % {"name": same.sv if same.sv.casefold() == sv.casefold() else same.en}
            )
        if confirms:
            confirm_competences(actor=actor, provider=provider, keys=[same.key])
        return own_of(provider, [same.key])[0]
    entry = OwnCompetence.objects.create(
        provider=provider,
        sv=sv,
        en=en,
        means=means.strip()[:LONGEST_MEANING],
        also="\n".join(_labels(also)),
        is_proposed=not confirms,
        author=actor,
    )
    verb = "competence.entered" if confirms else "competence.proposed"
    record_event(actor=actor, verb=verb, subject=entry, case=None)
    return entry


def entered(
    actor: Person, provider: Organisation, words: Mapping[str, OwnWord]
) -> Mapping[str, str]:
    """Enter each; by the name it was sent under, the key it has in the vocabulary."""
    return {
        name: enter_competence(
            actor=actor,
            provider=provider,
            sv=word.sv,
            en=word.en,
            means=word.means,
            also=word.also,
        ).key
        for name, word in words.items()
    }


def confirm_competences(*, actor: Person, provider: Organisation, keys: Collection[str]) -> None:
    """Take proposed entries into the vocabulary; what is in it stays as it was."""
    require(policies.may_set_rule(actor, provider))
    for own in own_of(provider, keys):
        if own.is_proposed and not hasattr(own, "confirmation"):
            CompetenceConfirmation.objects.create(competence=own, author=actor)
            record_event(actor=actor, verb="competence.confirmed", subject=own, case=None)


def _named_so(provider: Organisation, sv: str, en: str) -> Entry | None:
    entries = vocabulary_of(provider, with_proposed=True).values()
    return next(
        (
            one
            for one in entries
            if one.sv.casefold() == sv.casefold() or one.en.casefold() == en.casefold()
        ),
        None,
    )


def _labels(also: str) -> list[str]:
    parts = (part.strip()[:LONGEST_LABEL] for part in also.replace(",", "\n").splitlines())
    return list(dict.fromkeys(part for part in parts if part))[:MOST_OTHER_LABELS]
