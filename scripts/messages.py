"""Read the texts to translate out of the sources into the Swedish catalogue.

    python scripts/messages.py                  read the sources anew, keep what is translated
    python scripts/messages.py MORE.po ...      and fill in what these files translate
    python scripts/messages.py --check          write nothing; fail if anything is missing

English is the source language and needs no catalogue. The catalogue names files but neither
lines nor dates, so that it changes only when a text does.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "second_opinion"
CATALOGUE = PACKAGE / "locale" / "sv" / "LC_MESSAGES" / "django.po"
METADATA = {
    "Project-Id-Version": "second-opinion",
    "Language": "sv",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
SINGULAR, PLURAL, CONTEXT = None, (1, 2), ((1, "c"), 2)
KEYWORDS = {
    "_": SINGULAR,
    "gettext": SINGULAR,
    "gettext_lazy": SINGULAR,
    "gettext_noop": SINGULAR,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": CONTEXT,
    "pgettext_lazy": CONTEXT,
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@dataclass(frozen=True)
class Key:
    """What makes a text one text: its context and its English."""

    context: str | None
    text: str


@dataclass
class Found:
    plural: str | None = None
    files: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def sources() -> Iterator[tuple[str, str]]:
    """Each source file's name, and its text as Python that Babel can read."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8")
    for path in sorted((PACKAGE / "web" / "templates").rglob("*")):
        if path.is_file():
            text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            # Within brackets the indentation left over from the template means nothing.
            yield path.relative_to(PACKAGE).as_posix(), f"({text}\n)"


def read_sources() -> dict[Key, Found]:
    texts: dict[Key, Found] = {}
    for name, text in sources():
        code = BytesIO(text.encode())
        found = extract("python", code, KEYWORDS, ["Translators"], {"encoding": "utf-8"})
        for _line, message, comments, context in found:
            forms = (message,) if isinstance(message, str) else message
            entry = texts.setdefault(Key(context, forms[0]), Found())
            entry.plural = entry.plural or (forms[1] if len(forms) > 1 else None)
            entry.files += [name] if name not in entry.files else []
            entry.comments += [comment for comment in comments if comment not in entry.comments]
    texts.pop(Key(None, ""), None)
    return texts


def build(texts: dict[Key, Found], translated: list[polib.POFile]) -> polib.POFile:
    """A catalogue of exactly these texts; the first file that translates one is believed."""
    catalogue = polib.POFile(wrapwidth=96)
    catalogue.header = "Made by scripts/messages.py; only the translations are written by hand."
    catalogue.metadata = METADATA
    for key, found in texts.items():
        entry = polib.POEntry(
            msgctxt=key.context,
            msgid=key.text,
            msgid_plural=found.plural or "",
            occurrences=[(name, "") for name in found.files],
            comment="\n".join(found.comments),
            flags=["python-format"] if re.search(r"%\(\w+\)|%[sd]", key.text) else [],
        )
        if found.plural:
            entry.msgstr_plural = {0: "", 1: ""}
        for earlier in translated:
            take_over(entry, earlier.find(key.text, msgctxt=key.context or False))
        catalogue.append(entry)
    return catalogue


def take_over(entry: polib.POEntry, earlier: polib.POEntry | None) -> None:
    if earlier is None or is_translated(entry) or not is_translated(earlier):
        return
    if entry.msgid_plural and earlier.msgstr_plural:
        entry.msgstr_plural = dict(earlier.msgstr_plural)
    elif not entry.msgid_plural:
        entry.msgstr = earlier.msgstr
    entry.flags = sorted({*entry.flags, *(flag for flag in earlier.flags if flag == "fuzzy")})


def is_translated(entry: polib.POEntry) -> bool:
    return all(entry.msgstr_plural.values()) if entry.msgstr_plural else bool(entry.msgstr)


def faults(catalogue: polib.POFile) -> list[str]:
    """A sentence for each text that is not fit to be shown in Swedish."""
    sentences = []
    for entry in catalogue:
        if "fuzzy" in entry.flags:
            sentences.append(f"is marked fuzzy: {entry.msgid!r}")
        elif not is_translated(entry):
            sentences.append(f"is not translated: {entry.msgid!r} ({entry.occurrences[0][0]})")
        elif not has_equal_placeholders(entry):
            sentences.append(f"has other placeholders than its English: {entry.msgid!r}")
    return sentences


def has_equal_placeholders(entry: polib.POEntry) -> bool:
    allowed = [placeholders(text) for text in (entry.msgid, entry.msgid_plural) if text]
    given = list(entry.msgstr_plural.values()) or [entry.msgstr]
    return all(placeholders(text) in allowed for text in given)


def placeholders(text: str) -> list[str]:
    return sorted(set(PLACEHOLDER.findall(text.replace("%%", ""))))


def unused(texts: dict[Key, Found], helpers: list[polib.POFile]) -> list[str]:
    return [
        f"translates what no source says: {entry.msgid!r}"
        for helper in helpers
        for entry in helper
        if Key(entry.msgctxt, entry.msgid) not in texts
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description="Read the texts to translate from the sources.")
    parser.add_argument("helpers", nargs="*", type=Path, help="files with translations to take in")
    parser.add_argument("--check", action="store_true", help="write nothing; fail on any fault")
    asked = parser.parse_args()

    settings.configure(USE_I18N=True)
    texts = read_sources()
    before = CATALOGUE.read_text(encoding="utf-8") if CATALOGUE.exists() else ""
    helpers = [polib.pofile(path.read_text(encoding="utf-8")) for path in asked.helpers]
    catalogue = build(texts, [polib.pofile(before), *helpers] if before else helpers)
    after = str(catalogue) + "\n"
    problems = faults(catalogue) + unused(texts, helpers)
    if asked.check and after != before:
        problems.append("The catalogue is not up to date with the sources; run: make messages")
    elif not asked.check:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_text(after, encoding="utf-8")
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    sys.stdout.write(f"{len(catalogue)} texts, {len(problems)} problems\n")
    return 1 if problems and asked.check else 0


if __name__ == "__main__":
    sys.exit(main())
