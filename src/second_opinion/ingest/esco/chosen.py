"""Which of ESCO's skills are wanted: nobody wants all of them unasked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from second_opinion.ingest.esco.rows import uri_in
from second_opinion.ingest.text_file import lines_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Skills that are taken: each condition that is given has to hold; without any, all.

    uris : a file with one identifier a line; lines that begin with # and empty ones are left out
    under, relations : the identifier of a group, and ESCO's file of broader relations
    words : of a label, in either language; all of them in one label
    """

    uris: Path | None = None
    under: str = ""
    relations: Path | None = None
    words: str = ""

    def listed(self) -> Iterator[tuple[int, str]]:
        """The identifiers of the file, each with its line."""
        if self.uris is None:
            return
        for number, line in enumerate(lines_of(self.uris), start=1):
            text = line.strip()
            if text and not text.startswith("#"):
                yield number, uri_in(self.uris, number, "conceptUri", text)

    def has_words(self, *labels: str) -> bool:
        wanted = self.words.casefold().split()
        return any(all(word in label.casefold() for word in wanted) for label in labels)
