"""A full report: three finalists, twelve criteria, two opinions each; other words at every turn.

The compiler remembers what it has set, so the same report twice would be timed as next to nothing.
"""

from __future__ import annotations

import io
import itertools
import random
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import pikepdf
from memory import Memory

if TYPE_CHECKING:
    from second_opinion.ingest.case_file import CaseFile

PEOPLE, ASSESSORS = ("Anna Lindqvist", "Björn Wåhlin", "Éva Szabó"), ("Maria Öberg", "Jonas Ek")
VOCABULARY = [
    "planning",
    "budget",
    "numbers",
    "people",
    "board",
    "change",
    "finance",
    "report",
    "margin",
    "supplier",
    "honest",
    "careful",
    "figures",
    "decided",
    "meeting",
    "asked",
    "listened",
    "named",
    "risks",
    "wrote",
    "early",
]
SAID = {"language": "en", "issued_on": date(2026, 11, 24)}
_turns = itertools.count()


def full_case(turn: int, *, n_criteria: int = 12) -> CaseFile:
    """About a page of evidence on each finalist by each assessor."""
    from second_opinion.ingest.case_file import (
        CaseFile,
        CriterionEntry,
        OpinionEntry,
        OpinionKind,
        RatingEntry,
    )

    chance = random.Random(turn)

    def say(words: int) -> str:
        return " ".join(chance.choices(VOCABULARY, k=words)).capitalize() + "."

    criteria = tuple(
        CriterionEntry(
            name=f"{place}. {say(3)}",
            weight=100 / n_criteria,
            definition=say(15),
            anchors={level: say(8) for level in (1, 3, 5)},
        )
        for place in range(1, n_criteria + 1)
    )
    kinds = tuple(OpinionKind)
    return CaseFile(
        role="Head of Finance",
        client="Norrvik",
        provider="Kullberg",
        reference=f"NE-{turn}",
        language="en",
        open_questions=(say(10), say(10)),
        scale_low=1,
        scale_high=5,
        bar=3,
        criteria=criteria,
        candidates=PEOPLE,
        opinions=tuple(
            OpinionEntry(
                assessor=assessor,
                candidate=candidate,
                kind=kind,
                conclusion=say(60),
                ratings=tuple(
                    RatingEntry(
                        criterion=criterion.name,
                        score=chance.choice((2, 3, 4, 5)),
                        evidence=(say(30), say(20)),
                    )
                    for criterion in criteria
                ),
            )
            for candidate in PEOPLE
            for assessor, kind in zip(ASSESSORS, kinds, strict=False)
        ),
    )


def report_full(task: str, folder: Path) -> dict[str, Any]:
    """From the case to the PDF; the page that the peer starts from is written untimed."""
    from second_opinion.cli.django_setup import start_django

    start_django()
    from second_opinion.reports.analysis import analyse
    from second_opinion.reports.rendering import render_page, render_pdf

    case = full_case(next(_turns))
    analysis = analyse(case)
    (folder / f"{task}.html").write_text(render_page(case, analysis, **SAID), encoding="utf-8")
    memory = Memory()
    began = perf_counter()
    pdf = render_pdf(case, analysis, **SAID)
    seconds = perf_counter() - began
    n_pages = len(pikepdf.open(io.BytesIO(pdf)).pages)
    return {
        "seconds": seconds,
        "memory": memory.above,
        "note": f"ours {n_pages} pages in {1000 * seconds:.0f} ms, the last turn {memory.above:.0f}"
        " MiB above base",
    }


TASKS = {"report_full": report_full}
