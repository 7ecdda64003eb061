"""The document as plain mappings and lists, each block with its kind and each drawing drawn."""

from __future__ import annotations

import dataclasses
from typing import Any

from second_opinion.reports.rendering.drawing import draw
from second_opinion.reports.writing.blocks import Block, Finding, Note, Notes
from second_opinion.reports.writing.characters import every_text
from second_opinion.reports.writing.document import Part, ReportDocument
from second_opinion.reports.writing.drawn import Drawn

_LONG, _VERY_LONG = 60_000, 100_000  # characters; the first some twenty-five pages


def as_plain(document: ReportDocument) -> dict[str, Any]:
    """What a template reads; drawings carry their SVG and an identity within the report."""
    plain = {
        field.name: getattr(document, field.name)
        for field in dataclasses.fields(document)
        if field.name != "parts"
    }
    plain["facts"] = [dataclasses.asdict(fact) for fact in document.facts]
    plain["document_title"] = f"{document.kicker}: {document.title}"
    texts = every_text(document)
    n_characters = sum(map(len, texts))
    plain["is_long"], plain["is_very_long"] = n_characters > _LONG, n_characters > _VERY_LONG
    plain["longest_word"] = max((len(word) for text in texts for word in text.split()), default=0)
    plain["has_links"] = True
    plain["issued_on"] = document.issued_on.isoformat()
    plain["parts"] = [
        _part(part, number=number) for number, part in enumerate(document.parts, start=1)
    ]
    told = {note.number: note.text for note in _notes(document)}
    for part in plain["parts"]:
        _tell(part, told)
    return plain


def _notes(document: ReportDocument) -> list[Note]:
    blocks = (block for part in document.parts for block in part.blocks)
    return [note for block in blocks if isinstance(block, Notes) for note in block.items]


def _tell(value: Any, told: dict[int, str]) -> None:  # noqa: ANN401 - a tree of plain values
    """Beside each number of a note its words, for whoever points at it."""
    if isinstance(value, list | tuple):
        for each in value:
            _tell(each, told)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == "notes":
                value[key] = [{"number": one, "text": told.get(one, "")} for one in each]
            else:
                _tell(each, told)


def _part(part: Part, *, number: int) -> dict[str, Any]:
    return {
        "title": part.title,
        "anchor": part.anchor,
        "opens_page": part.opens_page,
        "blocks": [
            _block(block, identity=f"drawing-{number}-{place}")
            for place, block in enumerate(part.blocks, start=1)
        ],
    }


def _block(block: Block, *, identity: str) -> dict[str, Any]:
    plain = dataclasses.asdict(block) | {"kind": block.kind}
    if isinstance(block, Drawn):
        plain["svg"] = draw(block, identity=identity)
    if isinstance(block, Finding):
        for part in (block.heading, block.paragraph, block.drawing):
            plain[part.kind] = _block(part, identity=identity)
    return plain
