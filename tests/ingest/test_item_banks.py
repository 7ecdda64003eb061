"""Banks of items out of packages: read as data, whole or refused with a sentence."""

import io
import json
import tarfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

from second_opinion.ingest.errors import ItemBankError
from second_opinion.ingest.item_banks import bank_of_bigfive_questions, bank_of_ffm
from second_opinion.ingest.item_banks.rows import DOMAINS

REVERSED = frozenset(range(65, 120))  # 55 of them, as many as published; which, is made up here


def questions(language):
    """Made-up items in the package's shape."""
    return [
        {
            "id": f"id-{place}",
            "text": f"Statement {place} in {language}",
            "keyed": "minus" if place in REVERSED else "plus",
            "domain": DOMAINS[place % 5],
            "facet": place // 5 % 6 + 1,
        }
        for place in range(120)
    ]


CHOICES = (
    "module.exports = { plus: ["
    + ",".join(f"{{ text: 'Answer {score}', score: {score}, color: 1 }}" for score in range(1, 6))
    + "], minus: [{ text: 'Turned', score: 1 }] }"
)


@pytest.fixture
def archive(tmp_path):
    """Packs questions as npm does; one language's can be changed before."""

    def packs(change=lambda rows: rows, language="sv"):
        path = tmp_path / "package.tgz"
        with tarfile.open(path, "w:gz") as packed:
            for each in ("sv", "en"):
                rows = questions(each)
                rows = change(rows) if each == language else rows
                for name, text in (("questions.json", json.dumps(rows)), ("choices.js", CHOICES)):
                    content = text.encode()
                    member = tarfile.TarInfo(f"package/data/{each}/{name}")
                    member.size = len(content)
                    packed.addfile(member, io.BytesIO(content))
        return path

    return packs


def test_an_archive_of_npm_is_read_whole_in_both_languages(archive):
    bank = bank_of_bigfive_questions(archive())

    assert len(bank.rows) == 120
    assert bank.rows[7].facet == "O2"
    assert bank.rows[70].is_reversed
    assert dict(bank.rows[0].texts) == {"sv": "Statement 0 in sv", "en": "Statement 0 in en"}
    assert bank.choices["sv"] == tuple(f"Answer {score}" for score in range(1, 6))


def _without_text(rows):
    return [row | {"text": " "} if row["id"] == "id-3" else row for row in rows]


def _same_id(rows):
    return [row | {"id": "id-0"} if row["id"] == "id-1" else row for row in rows]


def _turned(rows):
    return [row | {"keyed": "minus"} if row["id"] == "id-0" else row for row in rows]


def _wrong_key(rows):
    return [row | {"keyed": "up"} if row["id"] == "id-0" else row for row in rows]


def _same_text(rows):
    return [row | {"text": "Statement 0 in sv"} if row["id"] == "id-1" else row for row in rows]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda rows: rows[:-1], "Facets without exactly 4 items|There are 119 items"),
        (_without_text, "Language sv lacks the text of 1 items"),
        (_same_id, "an id stands twice"),
        (_turned, "another key or facet in en than in sv"),
        (_wrong_key, "another key|keyed neither plus nor minus"),
        (_same_text, "This text in sv stands twice"),
        (lambda rows: {"no": "list"}, "lost their shape"),
    ],
)
def test_a_bank_that_is_not_whole_is_refused_with_a_sentence(archive, change, sentence):
    with pytest.raises(ItemBankError, match=sentence):
        bank_of_bigfive_questions(archive(change))


def test_what_is_no_archive_of_npm_is_refused(tmp_path):
    path = tmp_path / "package.tgz"
    path.write_text("no archive")

    with pytest.raises(ItemBankError, match="no archive that npm has packed"):
        bank_of_bigfive_questions(path)


def test_the_real_english_package_is_parsed_and_never_imported():
    import sys

    bank = bank_of_ffm(Path(str(distribution("ffm").locate_file("FFM/core.py"))))

    assert len(bank.rows) == 120
    assert sum(row.is_reversed for row in bank.rows) == 55
    assert [row.facet for row in bank.rows[:5]] == ["N1", "E1", "O1", "A1", "C1"]
    assert "FFM" not in sys.modules


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Qs = [", "no Python module"),
        ("Qs = ['I am.']", "has no table"),
        ("Qs = open('secret').read()\nreverse_items = {}\ntrait_items = {}", "computed"),
        ("Qs = ['I am.']\nreverse_items = {}\ntrait_items = {'N': [0]}", "There are 1 items"),
    ],
)
def test_another_module_is_refused_and_nothing_of_it_runs(tmp_path, text, sentence):
    path = tmp_path / "core.py"
    path.write_text(text)

    with pytest.raises(ItemBankError, match=sentence):
        bank_of_ffm(path)
