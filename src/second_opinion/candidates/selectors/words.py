"""Questions, adjustments and material. Whoever calls these has found the candidacy rightly."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model

from second_opinion.audit.services import decrypt
from second_opinion.candidates.models import (
    Adjustment,
    Answer,
    Arrangement,
    Material,
    Question,
    Written,
)
from second_opinion.candidates.states import MaterialKind
from second_opinion.cases.models import Candidacy


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answer, where there is one."""

    question: Question
    words: str
    answer: Answer | None
    answer_words: str


@dataclass(frozen=True, slots=True)
class Needed:
    """An adjustment: what is needed and why, and how it is carried out, where that is decided."""

    adjustment: Adjustment
    wish: str
    why: str
    arrangement: Arrangement | None
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Material as it is listed: the name of a file, the address of a link, or the words."""

    material: Material
    words: str
    name: str = ""
    media_type: str = ""
    size: int = 0  # bytes
    sha256: str = ""  # of a file, as it is kept
    is_without_photo: bool = False  # the candidate says that no picture in it shows them

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def may_hold_pictures(self) -> bool:
        return bool(self.media_type) and not self.media_type.startswith("text/")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file to be given out, under the name that this reader sees."""

    name: str
    media_type: str
    content: bytes


def words_of(row: Written) -> str:
    return decrypt(row.content, case=row.candidacy.case, label=row.label).decode()


def questions_of(candidacy: Candidacy) -> list[Asked]:
    """The newest first; for the candidate and the coordinators."""
    rows = candidacy.question_rows.select_related("candidacy__case").prefetch_related(
        "answer__author", "answer__candidacy__case"
    )
    return [_asked(row) for row in rows.order_by("-pk")]


def unanswered_questions(candidacy: Candidacy) -> int:
    return candidacy.question_rows.filter(answer__isnull=True).count()


def adjustments_of(candidacy: Candidacy) -> list[Needed]:
    """With what is needed and why; for the candidate and the coordinators, and nobody else."""
    rows = candidacy.adjustment_rows.select_related("candidacy__case")
    return [_needed(row) for row in rows.order_by("-pk")]


def open_adjustments(candidacy: Candidacy) -> int:
    return candidacy.adjustment_rows.filter(arrangements__isnull=True).count()


def arrangements_of(candidacy: Candidacy) -> list[str]:
    """How to carry out what was granted: all that an assessor learns, never why or for what."""
    newest = [_newest_arrangement(row) for row in candidacy.adjustment_rows.all()]
    return [words_of(row) for row in newest if row is not None and row.is_granted]


def material_of(candidacy: Candidacy) -> list[Piece]:
    """What the candidate added and has not taken back; for the candidate and the coordinators.

    What assessors get of it, `opinions` decides. Of files only what is known about them is read:
    together they can be large.
    """
    rows = candidacy.material_rows.filter(removed_at__isnull=True).select_related("candidacy__case")
    return [_piece(row) for row in rows.defer("content")]


def is_same(piece: Piece, content: bytes) -> bool:
    """Whether this has been added already."""
    if piece.material.kind == MaterialKind.FILE:
        return piece.sha256 == hashlib.sha256(content).hexdigest()
    return piece.words.encode() == content


def material_for(candidacy: Candidacy, pseudonym: UUID) -> Material | None:
    return (
        candidacy.material_rows.filter(pseudonym=pseudonym, removed_at__isnull=True)
        .select_related("candidacy__case")
        .first()
    )


def stored_file(material: Material | None) -> StoredFile | None:
    """As the candidate sent it; None for what is no file."""
    if material is None or material.kind != MaterialKind.FILE:
        return None
    name, media_type = file_of(material)
    return StoredFile(name=name, media_type=media_type, content=content_of(material))


def content_of(material: Material) -> bytes:
    return decrypt(material.content, case=material.candidacy.case, label=material.label)


def file_of(material: Material) -> tuple[str, str]:
    """Name and media type of a file."""
    found = _about(material)
    return found["name"], found["media_type"]


def _asked(row: Question) -> Asked:
    answer: Answer | None = getattr(row, "answer", None)
    return Asked(row, words_of(row), answer, words_of(answer) if answer else "")


def _needed(row: Adjustment) -> Needed:
    said = json.loads(words_of(row))
    arrangement = _newest_arrangement(row)
    how = words_of(arrangement) if arrangement else ""
    return Needed(row, said["wish"], said["why"], arrangement, how)


def _newest_arrangement(row: Adjustment) -> Arrangement | None:
    return row.arrangements.select_related("candidacy__case", "author").order_by("pk").last()


def _piece(row: Material) -> Piece:
    if row.kind != MaterialKind.FILE:
        return Piece(material=row, words=words_of(row))
    return Piece(material=row, words="", **_about(row))


def _about(row: Material) -> dict[str, Any]:
    about = decrypt(row.about, case=row.candidacy.case, label=row.about_label)
    found: dict[str, Any] = json.loads(about)
    return found


def same_words(row: Model | None, words: str) -> bool:
    """Whether these words were said just before: a button that was pressed twice."""
    return isinstance(row, Written) and words_of(row) == words
