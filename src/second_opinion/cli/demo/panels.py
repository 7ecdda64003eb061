"""The register of assessors in the demo, and one case with a shortlist and a cleared conflict."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.cases.models import Case
from second_opinion.opinions.selectors import around_of
from second_opinion.panels.analysis import conflicts_of
from second_opinion.panels.selectors.assessors import Shown, ShownCompetence, Spoken
from second_opinion.panels.selectors.proposals import Need
from second_opinion.panels.services import (
    Named,
    confirm_assessor,
    confirm_needs,
    declare_tie,
    rule_on_conflict,
    save_assessor,
)
from second_opinion.panels.states import Ending, Level, Proof, RulingOutcome, Source, TieKind

CONTENT: Mapping[str, Any] = tomllib.loads(
    (Path(__file__).parent / "content" / "panels.toml").read_text(encoding="utf-8")
)


def order_details(reference: str) -> dict[str, str]:
    """What the order of that case says that its client cannot judge."""
    case = CONTENT["case"]
    return {"competence_lacking": case["lacking"]} if case["reference"] == reference else {}


def fill_register(people: Mapping[str, Person], *, coordinator: Person) -> None:
    """Each assessor says what they can, and the coordinator confirms it."""
    for one in CONTENT["assessor"]:
        person = people[one["person"]]
        shown = Shown(
            competences=tuple(
                ShownCompetence(
                    key=each["key"], level=Level(each["level"]), proof=Proof(each["proof"])
                )
                for each in one["competences"]
            ),
            languages=tuple(Spoken(code=code) for code in one["languages"]),
            price=float(one["price"]),
        )
        version = save_assessor(
            actor=person,
            assessor=person,
            provider=coordinator.memberships.all()[0].organisation,
            shown=shown,
        )
        confirm_assessor(actor=coordinator, version=version)


def match_case(case: Case, people: Mapping[str, Person]) -> None:
    """Confirm what the case needs; find what ties an assessor to a candidate, and clear it."""
    if case.reference != CONTENT["case"]["reference"]:
        return
    coordinator = case.coordinator
    confirm_needs(
        actor=coordinator, case=case, needs=[Need(**each) for each in CONTENT["case"]["needs"]]
    )
    tie = CONTENT["tie"]
    assessor, candidacy = people[tie["assessor"]], case.candidacies.all()[0]
    today = timezone.localdate()
    began_on, ended_on = (
        today - timedelta(days=tie[f"{end}_days_ago"]) for end in ("began", "ended")
    )
    for who, actor, name, source, document in (
        (assessor, assessor, tie["firm"], Source.ASSESSOR, ""),
        (candidacy, coordinator, tie["also_written"], Source.CANDIDATE, tie["document"]),
    ):
        declare_tie(
            actor=actor,
            provider=case.provider,
            one=who,
            other=Named(name=name, is_firm=True),
            kind=TieKind.EMPLOYMENT,
            ending=Ending.ENDED,
            began_on=began_on,
            ended_on=ended_on,
            source=source,
            document=document,
        )
    around = around_of(case)
    for conflict in conflicts_of(case, [assessor], around=around):
        rule_on_conflict(
            actor=coordinator,
            case=case,
            assessor=assessor,
            finding=conflict.key,
            outcome=RulingOutcome.CLEARED,
            reason=tie["reason"],
            around=around,
        )
