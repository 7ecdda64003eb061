"""What a candidate adds of their own, and takes back while nothing is opened."""

from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.policies import require
from second_opinion.audit.services import canonical_json, encrypt, record_event
from second_opinion.candidates import policies, selectors
from second_opinion.candidates.analysis.uploads import MOST_BYTES, media_type_of, plain_name
from second_opinion.candidates.errors import FileError, NotAskedError, WordsError
from second_opinion.candidates.models import Material
from second_opinion.candidates.services.rows import locked_row, tidied
from second_opinion.candidates.states import MaterialKind
from second_opinion.cases.models import Candidacy

MOST_PIECES = 20
LONGEST_ADDRESS = 2000


@transaction.atomic
def add_file(*, candidacy: Candidacy, name: str, content: bytes) -> Material:
    """Keep a file, if its content is of a kind that can be taken; the same file twice is one."""
    if not content:
        raise FileError(_("The file is empty. Nothing was saved."))
    if len(content) > MOST_BYTES:
        raise too_large(len(content))
    media_type = media_type_of(content)
    if media_type is None:
        raise FileError(
            _(
                "This kind of file cannot be taken. Send a PDF, a picture (PNG or JPEG), a Word, "
                "Excel, PowerPoint or OpenDocument file without macros, or plain text. Nothing was "
                "saved."
            )
        )
    about = {"name": plain_name(name), "media_type": media_type}
    return _add(candidacy, MaterialKind.FILE, content, about=canonical_json(about))


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
            details={"candidacy": candidacy.pseudonym},
        )
    return material


def too_large(size: int) -> FileError:
    """Of a file whose size is known before it is read."""
    return FileError(
        _("The file has %(found)s MB, and the limit is %(most)s MB. Nothing was saved.")
        % {"found": f"{size / 1024 / 1024:.1f}", "most": MOST_BYTES // 1024 // 1024}
    )


def _add(
    candidacy: Candidacy, kind: MaterialKind, content: bytes, *, about: bytes | None = None
) -> Material:
    candidacy = locked_row(candidacy)
    require(policies.may_take_part(candidacy))
    kept = list(
        candidacy.material_rows.filter(removed_at__isnull=True).select_related("candidacy__case")
    )
    for row in kept:
        if row.kind == kind and selectors.content_of(row) == content:
            return row
    if len(kept) >= MOST_PIECES:
        raise NotAskedError(
            _("There is room for %(most)s pieces. Take one back first. Nothing was saved.")
            % {"most": MOST_PIECES}
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
        details={"candidacy": candidacy.pseudonym, "kind": kind.value},
    )
    return material
