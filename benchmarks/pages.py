"""The pages a coordinator waits for, beside a bare Django view in the same run.

    .venv/bin/python benchmarks/pages.py

10,000 cases in seven stages, and one case with 200 events in its log. The bare view has the same
middleware: it reads 25 rows of the same table with their clients and fills a template of as many
lines. All take turns; the first ones are not counted. It writes its own part of results.md.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.test import Client
    from django.urls import URLPattern, URLResolver

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results.md"
HEADING = "\n## Pages beside a bare Django view\n"
MANY = 10_000
EVENTS = 200
TURNS, WARM = 60, 5
BARE = """<!doctype html><title>Cases</title><ol>{% for case in cases %}
<li><h2>{{ case.role }}</h2><p>{{ case.client }} {{ case.reference }} {{ case.due_on }}</p></li>
{% endfor %}</ol>"""


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        start(Path(home))
        paths, client = fill()
        seconds = take_turns(client, paths)
    text = section(seconds)
    before = RESULTS.read_text(encoding="utf-8").partition(HEADING)[0]
    RESULTS.write_text(before.rstrip("\n") + "\n" + text, encoding="utf-8")
    print(text)


def start(home: Path) -> None:
    os.environ["DATABASE_URL"] = f"sqlite:///{home}/pages.sqlite3"
    os.environ["SECOND_OPINION_HOME"] = str(home)
    sys.path.insert(0, str(ROOT))
    from second_opinion.cli.django_setup import start_django

    start_django()
    from django.conf import settings
    from django.core.management import call_command

    settings.SECOND_OPINION_KEY_FOLDER = home
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.ROOT_URLCONF = "pages"
    call_command("migrate", verbosity=0)


def fill() -> tuple[dict[str, str], Client]:
    """Cases that went through the services, and as many like them as make 10,000."""
    from django.test import Client
    from django.urls import reverse
    from tests.copies import copies_of
    from tests.web.cast import STAGES, make_cast

    from second_opinion.audit.services import record_event
    from second_opinion.cases.states import CaseState

    cast = make_cast()
    for number, stage in enumerate(STAGES):
        case = cast.case_in(stage, role=f"Head of unit {number}")
        copies_of(case, MANY // len(STAGES))
    for _ in range(EVENTS):
        record_event(actor=cast.coordinator, verb="order.saved", subject=case, case=case)
    report = cast.case_in(CaseState.REPORTED).report_versions.get()
    client = Client()
    client.force_login(cast.coordinator)
    return {
        "bare": "/bare/",
        "list of 10,000 cases": reverse("cases"),
        "its last page": reverse("cases") + "?page=9999",
        "found by four words": reverse("cases") + "?q=head+unit+oberg+norrvik",
        "board of 10,000 cases": reverse("board"),
        "case of 200 events": reverse("case", args=[case.pseudonym]),
        "log of 200 events": reverse("case_events", args=[case.pseudonym]),
        "a report's page": reverse("report", args=[report.pseudonym]),
    }, client


def take_turns(client: Client, paths: dict[str, str]) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {name: [] for name in paths}
    for turn in range(TURNS + WARM):
        for name, path in paths.items():
            began = time.perf_counter()
            response = client.get(path)
            took = time.perf_counter() - began
            if response.status_code != 200:
                raise SystemExit(f"{path} answers {response.status_code}.")
            if turn >= WARM:
                seconds[name].append(took)
    return seconds


def section(seconds: dict[str, list[float]]) -> str:
    bare = seconds.pop("bare")
    rows = "".join(
        f"| {name} | {p95(each) / p95(bare):.1f} | "
        f"{statistics.median(each) / statistics.median(bare):.1f} | "
        f"{1000 * p95(each):.0f} ms; bare {1000 * p95(bare):.0f} ms |\n"
        for name, each in seconds.items()
    )
    return (
        f"{HEADING}\nMade by `benchmarks/pages.py`. How many times as long a page takes as a view "
        "that reads 25 rows of the same table and fills a template, under the same middleware, on "
        f"SQLite: {TURNS} turns of each, in turn. The 95th percentile counts, which is what the "
        "unlucky reader waits; on a machine that others work on, the milliseconds say little.\n\n"
        "| page | p95, times the bare view | median, times the bare view | p95 in this run |\n"
        f"|---|---|---|---|\n{rows}"
    )


def p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def bare(request: HttpRequest) -> HttpResponse:
    from django.http import HttpResponse
    from django.template import RequestContext, engines

    from second_opinion.cases.models import Case

    cases = Case.objects.order_by("due_on").select_related("client")[:25]
    template = engines["django"].from_string(BARE).template
    return HttpResponse(template.render(RequestContext(request, {"cases": cases})))


def __getattr__(name: str) -> list[URLPattern | URLResolver]:
    """The addresses, once Django is there: this file is its root of addresses too."""
    if name != "urlpatterns":
        raise AttributeError(name)
    from django.urls import include, path

    return [path("bare/", bare), path("", include("second_opinion.config.urls"))]


if __name__ == "__main__":
    main()
