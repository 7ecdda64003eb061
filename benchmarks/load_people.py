"""What each kind of person does, page after page."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests

People = list[dict[str, Any]]
SECONDS_BETWEEN = 2.5  # between two pages, on average
SECONDS_AT_MOST = 60


@dataclass(frozen=True, slots=True)
class Step:
    page: str
    began: float
    seconds: float
    status: int

    @property
    def is_error(self) -> bool:
        return self.status >= 400 or self.status == 0


class Person:
    """One browser; every page it asks for is a step."""

    def __init__(self, about: dict[str, Any], address: str, steps: list[Step], seed: int) -> None:
        self.about, self.address, self.steps = about, address, steps
        self.chance = random.Random(seed)  # no secret
        self.session = requests.Session()
        self.session.cookies.update(about["cookies"])
        self.session.headers["Accept-Language"] = "en"
        self.session.headers["Connection"] = "close"  # as nginx asks for each page anew

    def read(self, page: str, path: str) -> str:
        return self._ask(
            page, lambda: self.session.get(self.address + path, timeout=SECONDS_AT_MOST)
        )

    def send(
        self,
        page: str,
        path: str,
        data: dict[str, str],
        *,
        form: str,
        files: dict[str, tuple[str, bytes]] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        """Send what a form would, with the token that the page of the form had."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
        data = {"csrfmiddlewaretoken": token[1] if token else "", **data}
        self._ask(
            page,
            lambda: self.session.post(
                self.address + path,
                data=data,
                files=files,
                headers=headers,
                timeout=SECONDS_AT_MOST,
            ),
        )

    def pause(self, until: float) -> None:
        seconds = min(self.chance.expovariate(1 / SECONDS_BETWEEN), 4 * SECONDS_BETWEEN)
        time.sleep(max(0.0, min(seconds, until - time.monotonic())))

    def _ask(self, page: str, ask: Callable[[], requests.Response]) -> str:
        began = time.monotonic()
        try:
            answer = ask()
        except requests.RequestException:
            self.steps.append(Step(page, began, time.monotonic() - began, 0))
            return ""
        self.steps.append(Step(page, began, time.monotonic() - began, answer.status_code))
        return answer.text


def work(about: dict[str, Any], number: int, address: str, until: float, steps: list[Step]) -> None:
    """One person's day, until the time is over; with a bare page now and then, to compare."""
    person = Person(about, address, steps, seed=number)
    days = {
        "coordinator": coordinator,
        "assessor": assessor,
        "candidate": candidate,
        "orderer": orderer,
        "decider": decider,
    }
    turn = 0
    while time.monotonic() < until:
        turn += 1
        for act in days[about["kind"]](person, turn):
            person.pause(until)
            if time.monotonic() >= until:
                return
            act()
        person.read("bare", "/bare/")


def coordinator(person: Person, _turn: int) -> list[Callable[[], object]]:
    case = person.chance.choice(person.about["paths"])
    words = person.chance.choice(("finance", "maja ek", "nordic", "samuel"))
    return [
        lambda: person.read("coordinator: list of cases", "/"),
        lambda: person.read("coordinator: search", f"/?q={words}"),
        lambda: person.read("coordinator: a case", case),
        lambda: person.read("coordinator: its log", f"{case}log/"),
    ]


def assessor(person: Person, turn: int) -> list[Callable[[], object]]:
    path = person.chance.choice(person.about["paths"])

    def write() -> None:
        form = person.read("assessor: the assessment", path)
        person.pause(time.monotonic() + 5)
        notes = f"Told how the second shift was planned, turn {turn}, with its budget. " * 5
        person.send(
            "assessor: saves a rating",
            f"{path}criteria/{turn % 3 + 1}/",
            form=form,
            data={"score": str(turn % 5 + 1), "evidence": notes, "reason_not_observed": ""},
            headers={"HX-Request": "true"},
        )

    return [lambda: person.read("assessor: list of assessments", "/assessments/"), write, write]


def candidate(person: Person, turn: int) -> list[Callable[[], object]]:
    def add() -> None:
        form = person.read("candidate: own material", "/candidate/material/")
        if turn <= 15:
            person.send(
                "candidate: sends a file",
                "/candidate/material/",
                form=form,
                data={"act": "file"},
                files={"file": (f"cv{turn}.txt", f"Turn {turn}. ".encode() * 10_000)},
            )

    return [
        lambda: person.read("candidate: own page", "/candidate/"),
        lambda: person.read("candidate: notice", "/candidate/notice/"),
        add,
    ]


def orderer(person: Person, turn: int) -> list[Callable[[], object]]:
    report = person.about["report"]
    steps: list[Callable[[], object]] = [
        lambda: person.read("orderer: list of cases", "/"),
        lambda: person.read("orderer: the report", report),
    ]
    if turn % 3 == 0:
        steps.append(lambda: person.read("orderer: the report as PDF", f"{report}report.pdf"))
    return steps


def decider(person: Person, _turn: int) -> list[Callable[[], object]]:
    case = person.chance.choice(person.about["paths"][1:])  # of the first they know nothing yet
    return [
        lambda: person.read("decider: what waits", "/"),
        lambda: person.read("decider: the criteria", f"{case}profile/"),
    ]
