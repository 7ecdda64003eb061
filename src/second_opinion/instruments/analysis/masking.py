"""A document's masks out of its text, what its case knows by name, and what a person changed."""

from second_opinion.audit.services import content_hash
from second_opinion.ingest.errors import DocumentError
from second_opinion.ingest.redaction import (
    Entities,
    Kind,
    Redacted,
    places_of,
    redact,
    text_of_document,
)
from second_opinion.instruments.selectors.masking import MASK, SHOW, Change

_BY_NAME = {
    Kind.PERSON: "people",
    Kind.ORGANISATION: "organisations",
    Kind.ASSOCIATION: "associations",
}


def masked(text: str, known: Entities, changes: tuple[Change, ...], *, language: str) -> Redacted:
    """With what a person changed; of two changes to the same words the later counts.

    Of a name all its forms are looked for, as of those that the case knows.
    """
    standing = {one.words.casefold(): one for one in changes}.values()
    also = [(one.words, Kind(one.kind)) for one in standing if one.act == MASK]
    never = [one.words for one in standing if one.act == SHOW]
    names = {field: list(getattr(known, field)) for field in _BY_NAME.values()}
    for words, kind in also:
        if kind in _BY_NAME:
            names[_BY_NAME[kind]].append(words)
    told = Entities(**{field: tuple(found) for field, found in names.items()})
    return redact(text, told, language=language, also=also, never=never)


def stands_in(text: str, words: str) -> bool:
    return bool(places_of(text, words))


def readable_text(content: bytes) -> str:
    """The words of a file; empty where it is of a kind whose words are not read."""
    try:
        return text_of_document(content)
    except DocumentError:
        return ""


def commitment_to_text(text: str, *, nonce: str) -> str:
    """In hexadecimal; with the nonce, so that nobody can find a short text by trying."""
    return content_hash({"schema": "second-opinion/masked/1", "nonce": nonce, "text": text})
