"""The document as plain mappings and lists, each block with its kind and each drawing drawn."""

from __future__ import annotations

import dataclasses
from typing import Any

from second_opinion.reports.rendering.drawing import draw
from second_opinion.reports.writing.document import Block, Drawing, Finding, Part, ReportDocument


def as_plain(document: ReportDocument) -> dict[str, Any]:
    """What a template reads; drawings carry their SVG and an identity within the report."""
    plain = {
        field.name: getattr(document, field.name)
        for field in dataclasses.fields(document)
        if field.name != "parts"
    }
    plain["facts"] = [dataclasses.asdict(fact) for fact in document.facts]
    plain["document_title"] = f"{document.kicker}: {document.title}"
    plain["issued_on"] = document.issued_on.isoformat()
    plain["parts"] = [
        _part(part, number=number) for number, part in enumerate(document.parts, start=1)
    ]
    return plain


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
    if isinstance(block, Drawing):
        plain["svg"] = draw(block, identity=identity)
    if isinstance(block, Finding):
        for part in (block.heading, block.paragraph, block.drawing):
            plain[part.kind] = _block(part, identity=identity)
    return plain
