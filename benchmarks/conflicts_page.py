"""How long the page of conflicts takes, and how much of that the database does: 5,000 assessors.

    .venv/bin/python benchmarks/conflicts_page.py

One case, 5,000 assessors at its provider with 1,000 declared ties to 200 firms. `DATABASE_URL` may
name an empty PostgreSQL database; without it SQLite is used. It prints what it finds.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

ROOT = Path(__file__).parent.parent
ASSESSORS, TIES, FIRMS = 5_000, 1_000, 200
TURNS = 3


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        start(Path(home))
        client, path = fill()
        times = [measured(client, path) for _ in range(TURNS + 1)][1:]
    names = ("page", "in statements", "of a processor")
    for name, found in zip(names, zip(*times, strict=True), strict=False):
        print(f"{name}: {statistics.median(found):.2f} s ({min(found):.2f} to {max(found):.2f})")
    print(f"statements: {times[0][3]}; page: {times[0][4] / 1e3:.0f} kB")


def start(home: Path) -> None:
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{home}/conflicts.sqlite3")
    os.environ["SECOND_OPINION_HOME"] = str(home)
    sys.path.insert(0, str(ROOT))
    from second_opinion.cli.django_setup import start_django

    start_django()
    from django.conf import settings
    from django.core.management import call_command

    settings.SECOND_OPINION_KEY_FOLDER = home
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)


def fill() -> tuple[Client, str]:
    from django.test import Client
    from django.urls import reverse
    from tests import factories

    from second_opinion.accounts.models import Membership, Person
    from second_opinion.accounts.states import Role
    from second_opinion.cases.states import CaseState
    from second_opinion.panels import services
    from second_opinion.panels.states import Ending, Source, TieKind

    cast = factories.Cast()
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    people = Person.objects.bulk_create(
        Person(email=f"a{n}@firm{n}.example", name=f"{_word(n)} {_word(n * 7 + 3)}son")
        for n in range(ASSESSORS)
    )
    Membership.objects.bulk_create(
        Membership(person=one, organisation=cast.provider, role=Role.ASSESSOR) for one in people
    )
    for n in range(TIES):
        services.declare_tie(
            actor=cast.coordinator,
            provider=cast.provider,
            one=people[n],
            other=services.Named(name=f"{_word(n % FIRMS)}verk AB", is_firm=True),
            kind=TieKind.EMPLOYMENT,
            ending=Ending.HOLDS,
            source=Source.COORDINATOR,
        )
    client = Client()
    client.force_login(cast.coordinator)
    return client, reverse("conflicts", args=[case.pseudonym])


def _word(n: int) -> str:
    """Another one for every number, that can be said."""
    syllables = ("ba", "de", "fi", "go", "lu", "ma", "ne", "ri", "so", "tu")
    return "".join(syllables[int(digit)] for digit in f"{n % 10_000:04}").capitalize()


def measured(client: Client, path: str) -> tuple[float, float, float, int, int]:
    """Seconds of the whole, in statements, of a processor; how many statements, and bytes."""
    with statements() as spent:
        began, used = time.perf_counter(), time.process_time()
        answer = client.get(path)
        whole, processor = time.perf_counter() - began, time.process_time() - used
    if answer.status_code != 200:
        raise SystemExit(f"The page answered {answer.status_code}.")
    return whole, sum(spent), processor, len(spent), len(answer.content)


@contextmanager
def statements() -> Iterator[list[float]]:
    from django.db import connection

    spent: list[float] = []

    def note(execute: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            spent.append(time.perf_counter() - began)

    with connection.execute_wrapper(note):
        yield spent


if __name__ == "__main__":
    main()
