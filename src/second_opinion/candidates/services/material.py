"""What a candidate adds of their own, and takes back while nothing is opened."""

import hashlib
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.policies import require
from second_opinion.audit.services import canonical_json, encrypt, record_event
from second_opinion.candidates import policies, selectors
from second_opinion.candidates.analysis.uploads import cleaned, plain_name
from second_opinion.candidates.errors import FileError, NotAskedError, WordsError
from second_opinion.candidates.models import Material
from second_opinion.candidates.services.rows import locked_row, tidied
from second_opinion.candidates.states import MaterialKind
from second_opinion.cases.models import Candidacy

MOST_PIECES = 20
MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE  # of one file
MOST_BYTES_IN_ALL = 100 * MEGABYTE  # of one candidacy
LONGEST_ADDRESS = 2000


@transaction.atomic
def add_file(
    *, candidacy: Candidacy, name: str, content: bytes, is_without_photo: bool = False
) -> Material:
    """Keep a file without its metadata, if its kind can be taken; the same file twice is one.

    is_without_photo : the candidate says that no picture in it shows them; said anew, it counts
    """
    if not content:
        raise FileError(_("The file is empty. Nothing was saved."))
    if len(content) > MOST_BYTES:
        raise too_large(len(content))
    taken = cleaned(content)
    about = {
        "name": plain_name(name),
        "media_type": taken.media_type,
        "size": len(taken.content),
        "sha256": hashlib.sha256(taken.content).hexdigest(),
        "is_without_photo": is_without_photo,
    }
    _take_back_what_was_said_otherwise(candidacy, about)
    return _add(candidacy, MaterialKind.FILE, taken.content, about=canonical_json(about))


@transaction.atomic
def add_link(*, candidacy: Candidacy, address: str) -> Material:
    address = tidied(address, what=_("the address, which begins with https://"))
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc or len(address.split()) > 1:
        raise WordsError(_("A link begins with https://. Nothing was saved."))
    if len(address) > LONGEST_ADDRESS:
        raise WordsError(_("That address is too long. Nothing was saved."))
    return _add(candidacy, MaterialKind.LINK, address.encode())


@transaction.atomic
def add_words(*, candidacy: Candidacy, words: str) -> Material:
    words = tidied(words, what=_("what you want the assessors to know"))
    return _add(candidacy, MaterialKind.WORDS, words.encode())


@transaction.atomic
def take_back(*, candidacy: Candidacy, material: Material) -> Material:
    """Remove a piece for good while nothing is opened; that it was there is left."""
    candidacy = locked_row(candidacy)
    require(policies.may_take_part(candidacy))
    material = Material.objects.select_for_update().get(pk=material.pk, candidacy=candidacy)
    if material.removed_at is None:
        material.content, material.about = b"", None
        material.removed_at = timezone.now()
        material.save(update_fields=["content", "about", "removed_at"])
        record_event(
            actor=candidacy,
            verb="material.removed",
            subject=material,
            case=candidacy.case,
            details={"candidacy": candidacy.pseudonym},
        )
    return material


def _take_back_what_was_said_otherwise(candidacy: Candidacy, about: dict[str, Any]) -> None:
    """The same file, with another word on its pictures: the newer word counts."""
    for piece in selectors.material_of(candidacy):
        is_same = piece.sha256 == about["sha256"]
        if is_same and piece.is_without_photo != about["is_without_photo"]:
            take_back(candidacy=candidacy, material=piece.material)


def too_large(size: int) -> FileError:
    """Of a file whose size is known before it is read."""
    return FileError(
        _("The file has %(found)s MB, and the limit is %(most)s MB. Nothing was saved.")
        % {"found": f"{size / MEGABYTE:.1f}", "most": MOST_BYTES // MEGABYTE}
    )


def _add(
    candidacy: Candidacy, kind: MaterialKind, content: bytes, *, about: bytes | None = None
) -> Material:
    candidacy = locked_row(candidacy)
    require(policies.may_take_part(candidacy))
    kept = selectors.material_of(candidacy)
    for piece in kept:
        if piece.material.kind == kind and selectors.is_same(piece, content):
            return piece.material
    if len(kept) >= MOST_PIECES:
        raise NotAskedError(
            _("There is room for %(most)s pieces. Take one back first. Nothing was saved.")
            % {"most": MOST_PIECES}
        )
    if sum(piece.size for piece in kept) + len(content) > MOST_BYTES_IN_ALL:
        raise FileError(
            _(
                "There is room for %(most)s MB in all. Take a file back first, or send a smaller "
                "one. Nothing was saved."
            )
            % {"most": MOST_BYTES_IN_ALL // MEGABYTE}
        )
    material = Material(candidacy=candidacy, kind=kind)
    material.content = encrypt(content, case=candidacy.case, label=material.label)
    if about is not None:
        material.about = encrypt(about, case=candidacy.case, label=material.about_label)
    material.save()
    record_event(
        actor=candidacy,
        verb="material.added",
        subject=material,
        case=candidacy.case,
        details={"candidacy": candidacy.pseudonym, "kind": kind.value},
    )
    return material
