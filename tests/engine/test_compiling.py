import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np

from second_opinion.engine.compiling import compiled, kept_in
from second_opinion.engine.facets import PARTIAL_CREDIT, fit_facets
from second_opinion.engine.ratings import Ratings
from second_opinion.engine.simulation import FacetSpreads, RatingPlan, simulate_facets
from second_opinion.engine.warming import compile_loops, compiled_loops

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "second_opinion"

COUNTS_WITHOUT_A_FOLDER = """
import numpy as np
from second_opinion.engine.compiling import kept_in
from second_opinion.engine.facets.kernel.ordering import order_by
from second_opinion.engine.generalizability import kernel, meetings

own = np.arange(30_000) % 7
print(meetings.meetings(own, [own % 2], (7, 2)).sum(), order_by(own, 7)[-1])
print(kept_in(order_by), kept_in(kernel.counted))
"""


def test_loops_work_where_no_folder_can_be_written_to_and_nothing_is_said():
    barred = {
        "NUMBA_CACHE_LOCATOR_CLASSES": "UserProvidedCacheLocator",
        "NUMBA_CACHE_DIR": str(Path(__file__) / "no-folder"),  # below a file: for nobody
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", COUNTS_WITHOUT_A_FOLDER],
        env=os.environ | barred,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert done.stdout.split() == ["30000.0", "29994", "None", "None"]


def test_a_loop_answers_as_in_python():
    def total(numbers):
        answer = 0.0
        for number in numbers:
            answer += number
        return answer

    numbers = np.arange(10.0)

    assert compiled(total)(numbers) == total(numbers)


def test_only_the_one_module_asks_the_compiler():
    asking = [
        path.name
        for path in SOURCE.rglob("*.py")
        if re.search("^(from|import) numba", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]

    assert asking == ["compiling.py"]


def test_every_compiled_loop_is_known_and_make_compiles_anew_when_one_changes():
    files = {
        path.relative_to(ROOT)
        for path in SOURCE.rglob("*.py")
        if "@compiled\n" in path.read_text(encoding="utf-8")
    }
    known = {
        Path(sys.modules[loop.__module__].__file__).relative_to(ROOT) for loop in compiled_loops()
    }
    variable = subprocess.run(
        ["make", "--eval", "told: ; @echo $(LOOPS)", "told"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert known == files
    assert {Path(name) for name in variable.stdout.split()} >= files


def test_after_compiling_ahead_no_fit_waits_for_the_compiler():
    compile_loops()
    before = {loop: len(loop.signatures) for loop in compiled_loops()}
    rng = np.random.default_rng(5)
    plan = RatingPlan.as_in_practice(n_candidates=200, rng=rng)
    ratings = simulate_facets(plan, FacetSpreads(), rng=rng).ratings
    weighted = Ratings(
        candidate=ratings.candidate,
        assessor=ratings.assessor,
        criterion=ratings.criterion,
        score=ratings.score,
        scales=ratings.scales,
        weight=np.full(len(ratings), 2.0),
    )

    fit_facets(weighted, model=PARTIAL_CREDIT)

    assert {loop: len(loop.signatures) for loop in compiled_loops()} == before
    assert all(kept_in(loop) for loop in compiled_loops())
