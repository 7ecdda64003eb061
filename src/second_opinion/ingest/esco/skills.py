"""The two languages of ESCO's skills, joined by identifier on disk: no file fills the memory."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from second_opinion.ingest.errors import EscoFileError, quoted
from second_opinion.ingest.esco.chosen import Chosen
from second_opinion.ingest.esco.rows import refused, rows_of, uri_in

REQUIRED = ("conceptUri", "preferredLabel")
OPTIONAL = ("altLabels", "hiddenLabels", "status", "definition", "description")
RELEASED = ("released", "")  # files before 1.1 have no such column
LONGEST_LABEL = 300  # characters
_TABLES = """
CREATE TABLE skill (
    language TEXT, uri TEXT, row INTEGER, label TEXT, also TEXT, means TEXT,
    PRIMARY KEY (language, uri)
) WITHOUT ROWID;
CREATE TABLE broader (narrow TEXT, broad TEXT, PRIMARY KEY (narrow, broad)) WITHOUT ROWID;
CREATE INDEX by_broad ON broader (broad);
CREATE TABLE listed (uri TEXT PRIMARY KEY, row INTEGER) WITHOUT ROWID;
CREATE TABLE under (uri TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_CHOSEN = """
SELECT one.uri, one.row, one.label, one.also, one.means, other.label, other.also, other.means
FROM skill one LEFT JOIN skill other ON other.uri = one.uri AND other.language = 'sv'
WHERE one.language = 'en' AND (:all OR one.uri IN (SELECT uri FROM listed))
    AND (:everywhere OR one.uri IN (SELECT uri FROM under))
ORDER BY one.uri
"""
_UNDER = """
INSERT INTO under WITH RECURSIVE below(uri) AS (
    SELECT narrow FROM broader WHERE broad = ?
    UNION SELECT narrow FROM broader JOIN below ON broad = below.uri
) SELECT uri FROM below
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """One of ESCO's. uri : its identifier there; also : other labels; means : what it is."""

    uri: str
    sv: str
    en: str
    also_sv: tuple[str, ...] = ()
    also_en: tuple[str, ...] = ()
    means_sv: str = ""
    means_en: str = ""


@dataclass(frozen=True, slots=True)
class Skills:
    """Those chosen, in the order of their identifiers; read only while their files are open."""

    store: sqlite3.Connection
    english: Path
    swedish: Path
    chosen: Chosen

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the English file and the Swedish one after it."""
        digest = hashlib.sha256()
        for path in (self.english, self.swedish):
            with path.open("rb") as stream:
                while block := stream.read(1 << 20):
                    digest.update(block)
        return digest.hexdigest()

    def __iter__(self) -> Iterator[Skill]:
        """Raises EscoFileError where a skill is chosen that the Swedish file does not hold."""
        chosen = {"all": self.chosen.uris is None, "everywhere": not self.chosen.under}
        found = self.store.execute(_CHOSEN, chosen)
        for uri, row, en, also_en, means_en, sv, also_sv, means_sv in found:
            if self.chosen.words and not self.chosen.has_words(
                en, sv or "", *_parts(also_en), *_parts(also_sv)
            ):
                continue
            if sv is None:
                raise EscoFileError(
                    place=f"{self.english}, row {row}",
                    found=f"{quoted(en)} has no row in {self.swedish}.",
                    mend="Take both files out of the same release.",
                )
            yield Skill(
                uri=uri,
                sv=sv,
                en=en,
                also_sv=_parts(also_sv),
                also_en=_parts(also_en),
                means_sv=means_sv,
                means_en=means_en,
            )


@contextmanager
def read_skills(english: Path, swedish: Path, *, chosen: Chosen) -> Iterator[Skills]:
    """Both files, read whole and checked before anything is taken out of them.

    Raises
    ------
    FileError
    EscoFileError : what cannot be read, by row and column; or what was chosen and is not there
    """
    with (
        TemporaryDirectory() as folder,
        closing(sqlite3.connect(Path(folder) / "esco", isolation_level=None)) as store,
    ):
        store.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        store.execute("BEGIN")
        for language, path in (("en", english), ("sv", swedish)):
            _keep(store, language, path)
        _keep_choice(store, chosen, english)
        yield Skills(store, english, swedish, chosen)


def _keep(store: sqlite3.Connection, language: str, path: Path) -> None:
    for row, cells in rows_of(path, required=REQUIRED, optional=OPTIONAL):
        uri = uri_in(path, row, "conceptUri", cells["conceptUri"])
        if cells["status"].casefold() not in RELEASED:
            continue
        label = " ".join(cells["preferredLabel"].split())
        if not 0 < len(label) <= LONGEST_LABEL:
            stands = "The cell is empty" if not label else f"{quoted(label)} is too long"
            raise refused(
                path,
                row,
                "preferredLabel",
                f"{stands}; a label has 1 to {LONGEST_LABEL} characters.",
            )
        also = _other_labels(cells, beside=label)
        means = " ".join((cells["definition"] or cells["description"]).split())
        values = (language, uri, row, label, "\n".join(also), means)
        try:
            store.execute("INSERT INTO skill VALUES (?, ?, ?, ?, ?, ?)", values)
        except sqlite3.IntegrityError:
            (earlier,) = store.execute(
                "SELECT row FROM skill WHERE language = ? AND uri = ?", values[:2]
            ).fetchone()
            raise refused(
                path, row, "conceptUri", f"{quoted(uri)} stands in row {earlier} too."
            ) from None


def _other_labels(cells: dict[str, str], *, beside: str) -> list[str]:
    """One a line in the published files."""
    lines = [*cells["altLabels"].splitlines(), *cells["hiddenLabels"].splitlines()]
    labels = dict.fromkeys(" ".join(line.split()) for line in lines)
    return [label for label in labels if label not in {beside, ""}]


def _keep_choice(store: sqlite3.Connection, chosen: Chosen, english: Path) -> None:
    if chosen.relations is not None:
        _keep_group(store, chosen.relations, chosen.under)
    for row, uri in chosen.listed():
        store.execute("INSERT OR IGNORE INTO listed VALUES (?, ?)", (uri, row))
    lacking = store.execute(
        "SELECT row, uri FROM listed WHERE uri NOT IN "
        "(SELECT uri FROM skill WHERE language = 'en') ORDER BY row LIMIT 1"
    ).fetchone()
    if lacking is not None and chosen.uris is not None:
        row, uri = lacking
        raise refused(
            chosen.uris, row, "conceptUri", f"{english} holds no released skill {quoted(uri)}."
        )


def _keep_group(store: sqlite3.Connection, path: Path, group: str) -> None:
    for row, cells in rows_of(path, required=("conceptUri", "broaderUri")):
        pair = [uri_in(path, row, column, cells[column]) for column in ("conceptUri", "broaderUri")]
        store.execute("INSERT OR IGNORE INTO broader VALUES (?, ?)", pair)
    store.execute(_UNDER, (group,))
    if store.execute("SELECT 1 FROM under LIMIT 1").fetchone() is None:
        raise EscoFileError(
            place=str(path),
            found=f"Nothing stands under {quoted(group)}.",
            mend="Give the identifier of a group as it stands in the column broaderUri.",
        )


def _parts(text: str | None) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
