"""Ways to sign in beside the mailed code: passkeys, and an authenticator app with spare codes."""

import base64
import secrets

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.errors import UnreadableSecretError
from second_opinion.accounts.models import Person
from second_opinion.accounts.services.sessions import end_all_sessions
from second_opinion.audit.services import enqueue, record_event

RESET = "person.sign_in_reset"
NONCE_LENGTH = 12  # bytes; AES-GCM's own


class SignInMeans(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """A passkey stands for the mailed code; an authenticator app is asked for after it.

    So nobody is locked out by a passkey that lies in another pocket.
    """

    def is_mfa_enabled(self, user: Person, types: list[str] | None = None) -> bool:
        """Whether a second step follows the mailed code; only the app makes one."""
        if types is not None and Authenticator.Type.TOTP in types:
            types = [Authenticator.Type.TOTP]
        return bool(super().is_mfa_enabled(user, types))

    def get_totp_issuer(self) -> str:
        return "Second Opinion"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Second Opinion"}

    def generate_authenticator_name(self, user: Person, type: str) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}

    def encrypt(self, text: str) -> str:
        """What makes codes is a secret: a copy of the database alone must not be enough."""
        nonce = secrets.token_bytes(NONCE_LENGTH)
        sealed = AESGCM(_key()).encrypt(nonce, text.encode(), None)
        return base64.b64encode(nonce + sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        content = base64.b64decode(encrypted_text)
        try:
            return (
                AESGCM(_key())
                .decrypt(content[:NONCE_LENGTH], content[NONCE_LENGTH:], None)
                .decode()
            )
        except InvalidTag:
            raise UnreadableSecretError(
                _(
                    "The codes of your authenticator app cannot be checked: the service was "
                    "started with another SECOND_OPINION_MASTER_KEY. Tell whoever runs it."
                )
            ) from None


@transaction.atomic
def reset_means(*, person: Person) -> int:
    """For the operator, when telephone and spare codes are lost: the mailed code alone is left.

    All sessions end, for whoever found the telephone may be in one; the person is told by mail.
    Answers how many ways to sign in were removed.
    """
    means = Authenticator.objects.filter(user=person)
    linked = SocialAccount.objects.filter(user=person)
    removed: int = means.count() + linked.count()
    means.delete()
    linked.delete()
    record_event(actor=None, verb="person.sign_in_reset", subject=person, case=None)
    end_all_sessions(person=person, actor=None)
    enqueue(kind=RESET, subject=person)
    return removed


def note_means_added(*, user: Person, authenticator: Authenticator, **_: object) -> None:
    """Spare codes that come with a passkey stand in for nothing, and are thrown away."""
    kinds = Authenticator.Type
    has_app = Authenticator.objects.filter(user=user, type=kinds.TOTP).exists()
    if authenticator.type == kinds.RECOVERY_CODES and not has_app:
        authenticator.delete()
        return
    _note(user, authenticator, "person.sign_in_means_added")


def note_means_removed(*, user: Person, authenticator: Authenticator, **_: object) -> None:
    """The spare codes go with the app that they stand in for."""
    kinds = Authenticator.Type
    if authenticator.type == kinds.TOTP:
        Authenticator.objects.filter(user=user, type=kinds.RECOVERY_CODES).delete()
    _note(user, authenticator, "person.sign_in_means_removed")


def _note(person: Person, authenticator: Authenticator, verb: str) -> None:
    record_event(
        actor=person,
        verb=verb,
        subject=person,
        case=None,
        details={"kind": str(authenticator.type)},
    )


def _key() -> bytes:
    return bytes.fromhex(settings.SECOND_OPINION_MEANS_SECRET)
