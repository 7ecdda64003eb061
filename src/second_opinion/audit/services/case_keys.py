"""One key for each case, in a folder apart from the database.

A candidacy whose documents were masked has one of its own besides, for the map that leads back
from the masked text to the original: who can read the case's other content cannot read that.

Whatever a case holds that must be forgotten one day is encrypted under its key. Destroying the
key erases all of it at once, in the database and in every backup of it.
"""

import contextlib
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from second_opinion.audit.errors import CaseKeyError, ErasedError, UnreadableError
from second_opinion.audit.models import Event
from second_opinion.audit.services.events import Pseudonymous

# Verbs of the log after which a case's key is gone.
ERASING = ("case.erased", "practice.removed", "map.erased")

_VERSION = b"\x01"
_NONCE_LENGTH = 12  # bytes; AES-GCM's own


def make_case_key(case: Pseudonymous) -> None:
    """Make a case's key; a case that has one keeps it.

    It is made before the case is committed: a key without a case harms nobody.
    """
    path = _path(case)
    if path.exists():
        return
    wrapped = _sealed(AESGCM.generate_key(bit_length=256), key=_wrapping_key(), label=_label(case))
    _write_whole(path, wrapped)


def destroy_case_key(case: Pseudonymous) -> None:
    """Erase all that the case's key protects; twice does no harm."""
    path = _path(case)
    path.unlink(missing_ok=True)
    if path.parent.exists():
        _flush_folder(path.parent)


def has_case_key(case: Pseudonymous) -> bool:
    return _path(case).exists()


def opens_case_key(pseudonym: str, wrapped: bytes) -> bool:
    """Whether our master key opens that file of a key; for a restore, before it is laid down."""
    try:
        return bool(_unsealed(wrapped, key=_wrapping_key(), label=f"case-key:{pseudonym}"))
    except UnreadableError:
        return False


def destroy_erased_keys() -> int:
    """Destroy the keys of cases that the log says were erased, where a backup brought them back.

    Returns how many.
    """
    erased = Event.objects.filter(verb__in=ERASING).values_list("subject", flat=True)
    paths = [path for one in erased if (path := _folder() / f"{one}.key").exists()]
    for path in paths:
        path.unlink()
    if paths:
        _flush_folder(_folder())
    return len(paths)


def encrypt(content: bytes, *, case: Pseudonymous, label: str) -> bytes:
    """Encrypt under the case's key.

    The label names what the content is and whose; it is needed to read it, so that content
    cannot be moved to another place unnoticed.
    """
    return _sealed(content, key=_case_key(case), label=label)


def decrypt(content: bytes | memoryview | None, *, case: Pseudonymous, label: str) -> bytes:
    """What was encrypted under that label. Raises ErasedError, UnreadableError."""
    return _unsealed(bytes(content or b""), key=_case_key(case), label=label)


def _case_key(case: Pseudonymous) -> bytes:
    try:
        wrapped = _path(case).read_bytes()
    except FileNotFoundError:
        raise ErasedError(_("The content of this case has been erased.")) from None
    except OSError as error:
        raise CaseKeyError(
            _("The key of this case cannot be read now (%(why)s). Nothing was changed.")
            % {"why": error.strerror}
        ) from None
    return _unsealed(wrapped, key=_wrapping_key(), label=_label(case))


def _wrapping_key() -> bytes:
    return bytes.fromhex(settings.SECOND_OPINION_WRAPPING_SECRET)


def _label(case: Pseudonymous) -> str:
    return f"case-key:{case.pseudonym}"


def _path(case: Pseudonymous) -> Path:
    return _folder() / f"{case.pseudonym}.key"


def _folder() -> Path:
    return Path(settings.SECOND_OPINION_KEY_FOLDER)


def _sealed(content: bytes, *, key: bytes, label: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE_LENGTH)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, content, label.encode())


def _unsealed(content: bytes, *, key: bytes, label: str) -> bytes:
    version, nonce = content[:1], content[1 : 1 + _NONCE_LENGTH]
    try:
        if version == _VERSION:
            return AESGCM(key).decrypt(nonce, content[1 + _NONCE_LENGTH :], label.encode())
    except (InvalidTag, ValueError):
        pass
    raise UnreadableError(
        _(
            "This content cannot be read: either SECOND_OPINION_MASTER_KEY is not the one it was "
            "written with, or it was changed. Nothing was lost; tell whoever runs the service."
        )
    )


def _write_whole(path: Path, content: bytes) -> None:
    """On the disk before anything is encrypted with it, or not there at all."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with beside.open("xb") as file:
            beside.chmod(0o600)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # A link refuses to take the place of a key that somebody else has just made.
        with contextlib.suppress(FileExistsError):
            os.link(beside, path)
        _flush_folder(path.parent)
    except OSError as error:
        raise CaseKeyError(
            _("No key could be written into %(folder)s (%(why)s). Nothing was saved.")
            % {"folder": path.parent, "why": error.strerror}
        ) from None
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
