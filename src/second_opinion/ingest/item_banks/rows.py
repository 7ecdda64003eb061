"""What every bank of the 120 items comes to, and the checks it must pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from second_opinion.ingest.errors import ItemBankError, listed

DOMAINS = "NEOAC"
N_FACETS, ITEMS_IN_A_FACET = 6, 4
N_ITEMS = len(DOMAINS) * N_FACETS * ITEMS_IN_A_FACET
N_REVERSED = 55  # as Johnson (2014) keyed them


@dataclass(frozen=True, slots=True)
class BankRow:
    """One item: facet is the domain's letter and the number of the facet, as O6.

    texts : by language
    """

    id: str
    facet: str
    is_reversed: bool
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemBank:
    """
    rows : in the order of asking
    choices : what can be answered, by language; empty where the package has none
    sha256 : of the file that was read
    """

    rows: tuple[BankRow, ...]
    choices: Mapping[str, tuple[str, ...]]
    sha256: str


def check_bank(bank: ItemBank, *, languages: tuple[str, ...], place: str) -> ItemBank:
    """The bank itself, if it is whole.

    Raises
    ------
    ItemBankError : a wrong number of items, an id or a text that stands twice, a facet without its
        four items, keys other than published, or a language with gaps
    """
    for found in _faults(bank, languages):
        raise ItemBankError(
            place=place,
            found=found,
            mend="Get the version that the documentation names; it was read whole there.",
        )
    return bank


def _faults(bank: ItemBank, languages: tuple[str, ...]) -> list[str]:
    rows = bank.rows
    faults = []
    if len(rows) != N_ITEMS:
        faults.append(f"There are {len(rows)} items, and the questionnaire has {N_ITEMS}.")
    faults += _twice("id", [row.id for row in rows])
    for language in languages:
        texts = [row.texts.get(language, "").strip() for row in rows]
        if gaps := texts.count(""):
            faults.append(f"Language {language} lacks the text of {gaps} items.")
        faults += _twice(f"text in {language}", [text.casefold() for text in texts if text])
    counts = Counter(row.facet for row in rows)
    expected = {f"{domain}{facet}" for domain in DOMAINS for facet in range(1, N_FACETS + 1)}
    if wrong := sorted(
        facet for facet in expected | counts.keys() if counts[facet] != ITEMS_IN_A_FACET
    ):
        faults.append(f"Facets without exactly {ITEMS_IN_A_FACET} items: {listed(wrong)}.")
    n_reversed = sum(row.is_reversed for row in rows)
    if n_reversed != N_REVERSED:
        faults.append(f"{n_reversed} items are reversed, and {N_REVERSED} are as published.")
    return faults


def _twice(what: str, values: list[str]) -> list[str]:
    twice = [value for value, count in Counter(values).items() if count > 1]
    return [f"This {what} stands twice: {listed(twice)}."] if twice else []
