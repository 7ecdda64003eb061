"""Which certificate an instrument takes at a provider."""

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import record_event
from second_opinion.panels import policies
from second_opinion.panels.errors import RegisterError
from second_opinion.panels.models import RequiredCertificate
from second_opinion.panels.selectors.certificates import plain, required_at

LONGEST = 200


@transaction.atomic
def require_certificate(
    *, actor: Person, provider: Organisation, instrument: str, certificate: str
) -> RequiredCertificate:
    """From now on, and in cases under way, nobody without a valid one uses the instrument."""
    require(policies.may_require_certificate(actor, provider))
    instrument, certificate = (" ".join(text.split()) for text in (instrument, certificate))
    if not (0 < len(instrument) <= LONGEST and 0 < len(certificate) <= LONGEST):
        raise RegisterError(
            _("Name the instrument and its certificate, each in at most %(most)s characters.")
            % {"most": LONGEST}
        )
    return _keep(actor, provider, instrument, certificate, is_required=True)


@transaction.atomic
def require_certificate_no_more(
    *, actor: Person, provider: Organisation, instrument: str
) -> RequiredCertificate:
    """Take an instrument off the list; what the register names still takes a certificate."""
    require(policies.may_require_certificate(actor, provider))
    found = next(
        (one for one in required_at(provider) if plain(one.instrument) == plain(instrument)), None
    )
    if found is None:
        raise RegisterError(_("That instrument is not on the list. Nothing was changed."))
    return _keep(actor, provider, found.instrument, found.certificate, is_required=False)


def _keep(
    actor: Person, provider: Organisation, instrument: str, certificate: str, *, is_required: bool
) -> RequiredCertificate:
    kept = RequiredCertificate.objects.create(
        provider=provider,
        instrument=instrument,
        certificate=certificate,
        is_required=is_required,
        author=actor,
    )
    record_event(
        actor=actor,
        verb="certificate.required",
        subject=kept,
        case=None,
        details={"provider": provider.pseudonym, "is_required": is_required},
    )
    return kept
