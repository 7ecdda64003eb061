"""Five hundred cases drawn by chance, or a share of them: each becomes a whole, tagged report."""

import os
import random

import outloud
import pytest

from second_opinion.reports.analysis import analyse
from second_opinion.reports.rendering import render_pdf
from tests.reports.case_files import ISSUED
from tests.reports.rendering.printed import Printed, put_in
from tests.reports.rendering.random_cases import case_of

SHARE = float(os.environ.get("SOAK_SHARE", "1"))
N_CASES = max(1, round(500 * SHARE))
# A share is the same cases every time: what is rare and too long is for the whole run to find.
FIRST_SEED = int(os.environ.get("SOAK_SEED", random.randrange(1_000_000) if SHARE == 1 else 1))
MOST_PAGES = 40
# The head of a long table, repeated on its next page, is rightly no content.
NO_FAULT = "TAG-002"


@pytest.mark.soak
def test_any_case_drawn_by_chance_becomes_a_whole_report(tmp_path):
    print(f"To run it again: SOAK_SEED={FIRST_SEED}")
    faults = {}
    for seed in range(FIRST_SEED, FIRST_SEED + N_CASES):
        case = case_of(seed)
        found = {name: what for name, what in _faults(case, tmp_path).items() if what}
        if found:
            faults[seed] = found

    assert not faults, f"first seed {FIRST_SEED}: {faults}"


def _faults(case, folder):
    path = folder / "report.pdf"
    made = _made(case)
    path.write_bytes(made)
    printed = Printed(made)
    return {
        "lost": printed.lost(put_in(case)),
        "beyond the margins": printed.outside(),
        "on one another": printed.overlapping(),
        "too many pages": printed.n_pages if printed.n_pages > MOST_PAGES else 0,
        "other bytes": made != _made(case),
        "tags": [
            (each.rule, each.message)
            for each in outloud.check(str(path)).findings
            if each.severity == "error" and each.rule != NO_FAULT
        ],
    }


def _made(case):
    return render_pdf(case, analyse(case), language=case.language, issued_on=ISSUED)
