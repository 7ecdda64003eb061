"""What assessors say they can, in versions, and that a coordinator has looked at it."""

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import record_event
from second_opinion.panels import policies
from second_opinion.panels.errors import RegisterError
from second_opinion.panels.models import AssessorVersion, Confirmation, OwnCompetence
from second_opinion.panels.selectors.assessors import Shown, newest_of, stored
from second_opinion.panels.selectors.vocabulary import vocabulary_of

MOST_COMPETENCES = 60
HIGHEST_CAP = 50
MOST_YEARS, LONGEST_INSTRUMENT = 70, 200
LONGEST_TEXT = 1000


@transaction.atomic
def enter_competence(
    *, actor: Person, provider: Organisation, sv: str, en: str, means: str = ""
) -> OwnCompetence:
    """Add to the provider's own vocabulary what the library does not hold."""
    require(policies.may_set_rule(actor, provider))
    sv, en = sv.strip()[:100], en.strip()[:100]
    if not sv or not en:
        raise RegisterError(_("Name it in Swedish and in English. Nothing was saved."))
    known = {one.label("sv").casefold() for one in vocabulary_of(provider).values()}
    if sv.casefold() in known:
        raise RegisterError(_("There is an entry of that name already. Nothing was saved."))
    entry = OwnCompetence.objects.create(
        provider=provider, sv=sv, en=en, means=means.strip()[:300], author=actor
    )
    record_event(actor=actor, verb="competence.entered", subject=entry, case=None)
    return entry


@transaction.atomic
def save_assessor(
    *, actor: Person, assessor: Person, provider: Organisation, shown: Shown
) -> AssessorVersion:
    """Keep what an assessor shows as a new version; it is matched on once it is confirmed."""
    require(policies.may_write_register(actor, assessor, provider))
    _check(shown, provider)
    newest = newest_of(assessor, provider)
    content = stored(shown)
    if newest is not None and newest.content == content:
        return newest
    version = AssessorVersion.objects.create(
        provider=provider,
        person=assessor,
        number=newest.number + 1 if newest else 1,
        content=content,
        author=actor,
    )
    record_event(
        actor=actor,
        verb="assessor.described",
        subject=version,
        case=None,
        details={"assessor": assessor.pseudonym, "number": version.number},
    )
    return version


@transaction.atomic
def confirm_assessor(*, actor: Person, version: AssessorVersion) -> Confirmation:
    """Say that the newest version and its proofs were looked at; twice changes nothing."""
    require(policies.may_confirm(actor, version.person, version.provider))
    newest = newest_of(version.person, version.provider)
    if newest != version:
        raise RegisterError(_("There is a newer version. Look at that one."))
    confirmation, is_new = Confirmation.objects.get_or_create(
        version=version, defaults={"author": actor}
    )
    if is_new:
        record_event(actor=actor, verb="assessor.confirmed", subject=version, case=None)
    return confirmation


def _check(shown: Shown, provider: Organisation) -> None:
    keys = [one.key for one in shown.competences]
    if len(keys) > MOST_COMPETENCES or len(set(keys)) < len(keys):
        raise RegisterError(
            _("Each competence stands once, and there are %(most)s at most.")
            % {"most": MOST_COMPETENCES}
        )
    if unknown := set(keys) - vocabulary_of(provider, keys=keys).keys():
        raise RegisterError(
            _("There is no entry %(key)s in the vocabulary.") % {"key": sorted(unknown)[0]}
        )
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
