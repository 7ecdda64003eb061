"""How long the things take that somebody waits for; no peer does them, so these are milliseconds.

    .venv/bin/python benchmarks/alone.py

They depend on the machine. Each is the median of several turns after one to warm up.
"""

from __future__ import annotations

import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

# Before NumPy is loaded: several threads mostly wait for each other on matrices this small.
for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

import numpy as np  # noqa: E402 - after the number of threads

TURNS = 7
RESULTS = Path(__file__).parent / "alone.md"


def median_ms(work: Callable[[], object], *, turns: int = TURNS) -> float:
    work()
    seconds = []
    for _ in range(turns):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return 1000 * statistics.median(seconds)


def single_case_fit() -> float:
    """The many-facet fit of a few hundred ratings, by the way that needs no compiling."""
    from second_opinion.engine.facets import fit_facets

    ratings = many_facet(n_candidates=15)
    return median_ms(lambda: fit_facets(ratings))


def history_fit() -> float:
    from second_opinion.engine.facets import fit_facets

    ratings = many_facet(n_candidates=5_000)
    return median_ms(lambda: fit_facets(ratings), turns=3)


def history_fit_with_halo() -> float:
    from second_opinion.engine.facets import FacetsModel, fit_facets

    ratings, model = many_facet(n_candidates=5_000), FacetsModel(halo=True)
    return median_ms(lambda: fit_facets(ratings, model=model), turns=3)


def population_of_history() -> float:
    from second_opinion.engine.combination import estimate_population

    ratings = many_facet(n_candidates=5_000)
    return median_ms(lambda: estimate_population(ratings), turns=3)


def many_facet(*, n_candidates: int):  # noqa: ANN201  # the engine's own table
    """Twenty ratings a candidate, as a provider's history has them."""
    from second_opinion.engine.ratings import Ratings, Scale

    rng = np.random.default_rng(1)
    n_assessors, n_criteria = max(4, int(1.5 * n_candidates**0.5)), 10
    candidate = np.repeat(np.arange(n_candidates), 2 * n_criteria)
    first = rng.integers(n_assessors, size=n_candidates)
    second = (first + rng.integers(1, n_assessors, size=n_candidates)) % n_assessors
    assessor = np.repeat(np.stack([first, second], axis=1).ravel(), n_criteria)
    criterion = np.tile(np.arange(n_criteria), 2 * n_candidates)
    score = (
        3
        + rng.normal(0, 0.6, n_candidates)[candidate]
        - rng.normal(0, 0.3, n_assessors)[assessor]
        + np.repeat(rng.normal(0, 0.5, 2 * n_candidates), n_criteria)
        + rng.normal(0, 0.6, len(candidate))
    )
    return Ratings.from_arrays(
        {
            "candidate": candidate,
            "assessor": assessor,
            "criterion": criterion,
            "score": np.clip(np.round(score), 1, 5),
        },
        scales=Scale(1, 5),
    )


def whole_case() -> float:
    """3 candidates, 4 assessors, 12 criteria, 3 instruments: combined, diagnosed and valued."""
    from second_opinion.reports.analysis import analyse
    from second_opinion.reports.analysis.advice import Stakes, advise_on_further

    case = big_case()
    stakes = Stakes(price=25_000, yearly_pay=720_000, worked_out=6)
    return median_ms(lambda: advise_on_further(case, analyse(case), stakes), turns=21)


def big_case():  # noqa: ANN201  # the room's own case
    from second_opinion.ingest.case_file import read_case_file

    rng = np.random.default_rng(2)
    criteria = "".join(
        f'[[criterion]]\nname = "Criterion {place}"\nweight = {weight}\n'
        for place, weight in enumerate([9, 9, 9, 9, *[8] * 8])
    )
    candidates = "".join(f'[[candidate]]\nname = "Candidate {place}"\n' for place in range(3))
    opinions = ""
    kinds = ("first", "second", "second", "third")
    for candidate in range(3):
        for assessor, kind in enumerate(kinds):
            opinions += (
                f'[[opinion]]\nassessor = "Assessor {assessor}"\nkind = "{kind}"\n'
                f'candidate = "Candidate {candidate}"\n'
            )
            for place in range(12):
                opinions += (
                    f'[[opinion.rating]]\ncriterion = "Criterion {place}"\n'
                    f'score = {rng.integers(1, 6)}\nevidence = ["Said so."]\n'
                )
    instruments = "".join(
        f'[[instrument]]\nname = "Test {number}"\nkind = "test"\n'
        f'candidate = "Candidate {number}"\n'
        f'[[instrument.reading]]\ncriterion = "Criterion {number}"\nvalue = 3.5\n'
        "standard_error = 0.5\n"
        for number in range(3)
    )
    text = (
        'role = "Role"\nopen_questions = ["What do we not know?"]\nbar = 3\n'
        f"scale = [1, 5]\n{criteria}{candidates}{opinions}{instruments}"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.toml"
        path.write_text(text, encoding="utf-8")
        return read_case_file(path)


def shortlist_of_5000() -> float:
    """One case against 5,000 assessors, with every reason and everybody left out."""
    from second_opinion.engine.matching import Need, Register, Ties, shortlist

    rng = np.random.default_rng(1)
    n_assessors, n_needs = 5_000, 6
    needs = [
        Need(competence=f"Competence {place}", level=3, is_gap=place == 0)
        for place in range(n_needs)
    ]
    register = Register(
        names=[f"Assessor {place}" for place in range(n_assessors)],
        shown=rng.integers(0, 6, (n_assessors, n_needs)).astype(float),
        quality=rng.random((n_assessors, n_needs)),
        load=rng.integers(0, 4, n_assessors),
        cap=np.full(n_assessors, 4),
        price=rng.random(n_assessors),
        earliest=rng.random(n_assessors),
        ties=Ties(
            employer=rng.random(n_assessors) < 0.1,
            school=rng.random(n_assessors) < 0.1,
            method=rng.random(n_assessors) < 0.3,
        ),
    )
    gates = {"has a conflict of interest": rng.random(n_assessors) > 0.1}
    return median_ms(lambda: shortlist(needs, register, gates=gates), turns=21)


def slider() -> float:
    """One move of a slider on the page about worth, at the server, signed in."""
    from django.core.management import call_command
    from django.test import Client

    from second_opinion.accounts.services import found_organisation, invite_person
    from second_opinion.accounts.states import Role
    from second_opinion.web.pages.orderer.worth_form import as_at_first

    call_command("migrate", verbosity=0, interactive=False)
    person = invite_person(
        actor=None,
        name="Orderer",
        email="orderer@example.com",
        organisation=found_organisation(actor=None, name="Client"),
        roles=frozenset({Role.ORDERER}),
        language="sv",
    )
    client = Client(headers={"HX-Request": "true", "host": "localhost"})
    client.force_login(person)
    answers = {name: "" if value is None else value for name, value in as_at_first().items()}
    return median_ms(lambda: client.post("/worth/", answers), turns=21)


WORK = {
    "many-facet fit of one case, 300 ratings": single_case_fit,
    "many-facet fit of a history, 1e5 ratings": history_fit,
    "the same with halo": history_fit_with_halo,
    "population values from 1e5 ratings": population_of_history,
    "3 candidates, 4 assessors, 12 criteria, 3 instruments: combined, diagnosed, valued": (
        whole_case
    ),
    "one case against 5,000 assessors: shortlist with reasons": shortlist_of_5000,
    "a slider's move on the page about worth, at the server": slider,
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/alone.sqlite3"
        from second_opinion.cli.django_setup import start_django

        start_django()
        rows = []
        for what, work in WORK.items():
            rows.append(f"| {what} | {work():,.1f} ms |")
            print(rows[-1], flush=True)
    head = (
        "# What somebody waits for\n\nMade by `benchmarks/alone.py` on "
        f"{os.cpu_count()} cores, on one thread, Python {platform.python_version()}. Seconds "
        "depend on the machine; comparisons with peers stand in [results](results.md).\n\n"
        "| what | median |\n|---|---|\n"
    )
    RESULTS.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
