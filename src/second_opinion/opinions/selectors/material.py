"""What a candidate added, as who is engaged to assess them gets it.

Before the opening nobody who interviews is told by the candidate's files what somebody looks like,
nor anything by the names of these files. After it the files are there as they were sent.
"""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from second_opinion.candidates import selectors as candidates
from second_opinion.candidates.analysis.pictures import without_pictures
from second_opinion.candidates.analysis.uploads.document import OPEN_DOCUMENT, WORD
from second_opinion.candidates.selectors import Piece, StoredFile
from second_opinion.candidates.states import MaterialKind
from second_opinion.cases.states import IS_OPENED
from second_opinion.opinions.models import Opinion

ENDINGS = {
    "application/pdf": "pdf",
    WORD: "docx",
    OPEN_DOCUMENT: "odt",
    "image/png": "png",
    "image/jpeg": "jpg",
    "text/plain": "txt",
}


@dataclass(frozen=True, slots=True)
class Given:
    """A piece as it is listed, with the name that its file goes by here."""

    piece: Piece
    name: str = ""


def is_shown_whole(opinion: Opinion) -> bool:
    """With names and pictures: once its case is opened, and it with it."""
    return opinion.is_sealed and opinion.candidacy.case.state in IS_OPENED


def given_to(opinion: Opinion) -> list[Given]:
    """For its assessor, where a policy lets them read it.

    Files are numbered among those that are given, so that no number is missing for one held back.
    """
    pieces = candidates.material_of(opinion.candidacy)
    if is_shown_whole(opinion):
        return [Given(piece, piece.name) for piece in pieces]
    given, number = [], 0
    for piece in pieces:
        if piece.material.kind != MaterialKind.FILE:
            given.append(Given(piece))
        elif not is_held_back(piece):
            number += 1
            given.append(Given(piece, _neutral_name(number, piece.media_type)))
    return given


def is_held_back(piece: Piece) -> bool:
    """A picture, until its candidate says that it does not show them."""
    return piece.is_picture and not piece.is_without_photo


def given_file(opinion: Opinion, pseudonym: UUID) -> StoredFile | None:
    """The file itself, for the same; None where it is held back, or nothing is left of it."""
    given = next(
        (one for one in given_to(opinion) if one.piece.material.pseudonym == pseudonym), None
    )
    found = candidates.material_for(opinion.candidacy, pseudonym) if given else None
    if given is None or (file := candidates.stored_file(found)) is None:
        return None
    content: bytes | None = file.content
    if not (is_shown_whole(opinion) or given.piece.is_without_photo):
        content = without_pictures(file.content, file.media_type)
    if content is None:
        return None
    return StoredFile(name=given.name, media_type=file.media_type, content=content)


def _neutral_name(number: int, media_type: str) -> str:
    return _("material-%(number)s") % {"number": number} + f".{ENDINGS[media_type]}"
