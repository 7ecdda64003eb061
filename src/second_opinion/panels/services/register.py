"""What assessors say they can, in versions, and that a coordinator has looked at it."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import record_event
from second_opinion.panels import policies
from second_opinion.panels.analysis.described import NONCE_LENGTH, commitment_to_version
from second_opinion.panels.errors import RegisterError
from second_opinion.panels.models import AssessorVersion, Confirmation
from second_opinion.panels.selectors.assessors import Shown, newest_of, shown_in, stored
from second_opinion.panels.selectors.vocabulary import vocabulary_of
from second_opinion.panels.services.vocabulary import OwnWord, confirm_competences, entered

MOST_COMPETENCES = 60
HIGHEST_CAP = 50
MOST_YEARS, LONGEST_INSTRUMENT = 70, 200
LONGEST_TEXT, LONGEST_LANGUAGE = 1000, 30


@transaction.atomic
def save_assessor(
    *,
    actor: Person,
    assessor: Person,
    provider: Organisation,
    shown: Shown,
    entering: Mapping[str, OwnWord] = MappingProxyType({}),
) -> AssessorVersion:
    """Keep what an assessor shows as a new version; it is matched on once it is confirmed.

    entering : words that the vocabulary lacks, by the key that `shown` gives them until then
    """
    require(policies.may_write_register(actor, assessor, provider))
    shown = _keyed(shown, entered(actor, provider, entering))
    _check(shown, provider)
    newest = newest_of(assessor, provider)
    if newest is not None and shown_in(newest) == shown:
        return newest
    version = AssessorVersion.objects.create(
        provider=provider,
        person=assessor,
        number=newest.number + 1 if newest else 1,
        content=stored(shown),
        nonce=secrets.token_bytes(NONCE_LENGTH),
        author=actor,
    )
    record_event(
        actor=actor,
        verb="assessor.described",
        subject=version,
        case=None,
        details={
            "assessor": assessor.pseudonym,
            "number": version.number,
            "commitment": commitment_to_version(version),
        },
    )
    return version


@transaction.atomic
def confirm_assessor(*, actor: Person, version: AssessorVersion) -> Confirmation:
    """Say that the newest version and its proofs were looked at; twice changes nothing.

    Words of the assessor's own that it shows come into the vocabulary by it.
    """
    require(policies.may_confirm(actor, version.person, version.provider))
    newest = newest_of(version.person, version.provider)
    if newest != version:
        raise RegisterError(_("There is a newer version. Look at that one."))
    confirmation, is_new = Confirmation.objects.get_or_create(
        version=version, defaults={"author": actor}
    )
    if is_new:
        record_event(actor=actor, verb="assessor.confirmed", subject=version, case=None)
        keys = [one.key for one in shown_in(version).competences]
        confirm_competences(actor=actor, provider=version.provider, keys=keys)
    return confirmation


def _keyed(shown: Shown, keys: Mapping[str, str]) -> Shown:
    competences = (replace(one, key=keys.get(one.key, one.key)) for one in shown.competences)
    return replace(shown, competences=tuple(competences))


def _check(shown: Shown, provider: Organisation) -> None:
    keys = [one.key for one in shown.competences]
    if len(keys) > MOST_COMPETENCES or len(set(keys)) < len(keys):
        raise RegisterError(
            _("Each competence stands once, and there are %(most)s at most.")
            % {"most": MOST_COMPETENCES}
        )
    if unknown := set(keys) - vocabulary_of(provider, keys=keys, with_proposed=True).keys():
        raise RegisterError(
            _("There is no entry %(key)s in the vocabulary.") % {"key": sorted(unknown)[0]}
        )
    _check_languages(shown)
    if not 0 <= shown.cap <= HIGHEST_CAP:
        raise RegisterError(_("Cases at once: 0 to %(most)s.") % {"most": HIGHEST_CAP})
    if shown.price is not None and not 0 <= shown.price < 10_000_000:
        raise RegisterError(_("A price is 0 kronor or more."))
    if shown.years is not None and not 0 <= shown.years <= MOST_YEARS:
        raise RegisterError(_("Years of assessing: 0 to %(most)s.") % {"most": MOST_YEARS})
    if len(shown.instruments) > MOST_COMPETENCES or not all(
        0 < len(one.instrument) <= LONGEST_INSTRUMENT for one in shown.instruments
    ):
        raise RegisterError(
            _("Name each instrument in at most %(most)s characters.") % {"most": LONGEST_INSTRUMENT}
        )
    texts = (shown.certificates, shown.sectors, shown.schools, shown.declares, shown.places)
    if max(map(len, texts)) > LONGEST_TEXT:
        raise RegisterError(
            _("There is room for %(most)s characters in each field.") % {"most": LONGEST_TEXT}
        )


def _check_languages(shown: Shown) -> None:
    codes = [one.code for one in shown.languages]
    if len(set(codes)) < len(codes) or max(map(len, codes), default=0) > LONGEST_LANGUAGE:
        raise RegisterError(
            _("Name each language once, in at most %(most)s characters.")
            % {"most": LONGEST_LANGUAGE}
        )
