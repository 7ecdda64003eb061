"""One case of the demo has a reference, a work sample and an outside test beside its opinions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.candidates.services import RefereeEntry, name_referee, release_referee
from second_opinion.candidates.states import Relation
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.selectors import criteria_of
from second_opinion.cli.demo.content import DemoCase
from second_opinion.cli.demo.past import as_of
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.instruments.selectors import OutsideTest, ReferenceAnswer
from second_opinion.instruments.services import (
    answer_task,
    begin_task,
    give_reference,
    give_task,
    rate_task,
    seal_task_rating,
    write_task,
)
from second_opinion.instruments.states import Measured
from second_opinion.opinions.services import engage_rater, enter_test

Content = Mapping[str, Any]


def take_in(
    content: DemoCase,
    case: Case,
    *,
    coordinator: Person,
    people: Mapping[str, Person],
    since: datetime,
) -> None:
    """Everything within the assessment, a day apart; nothing where the case has none of it."""
    if not content.instruments:
        return
    told = content.instruments
    candidacy = case.candidacies.get(name=told["candidate"])
    with as_of(since + timedelta(days=1)):
        _test(told["test"], candidacy, coordinator=coordinator)
        _work_sample(told["work_sample"], candidacy, coordinator=coordinator, people=people)
    with as_of(since + timedelta(days=2)):
        _reference(told["referee"], candidacy)


def _test(told: Content, candidacy: Candidacy, *, coordinator: Person) -> None:
    known = {name: value for name, value in told.items() if name != "taken_days_ago"}
    test = OutsideTest(
        **known
        | {
            "measures": Measured(told["measures"]),
            "taken_on": timezone.localdate() - timedelta(days=told["taken_days_ago"]),
        }
    )
    enter_test(actor=coordinator, candidacy=candidacy, test=test)


def _work_sample(
    told: Content, candidacy: Candidacy, *, coordinator: Person, people: Mapping[str, Person]
) -> None:
    case = candidacy.case
    write_task(
        actor=coordinator,
        case=case,
        task=told["task"],
        minutes=told["minutes"],
        criteria=told["criteria"],
    )
    give_task(actor=coordinator, case=case)
    begin_task(candidacy=candidacy)
    answer_task(candidacy=candidacy, words=told["answer"])
    for key, seen in told["levels"].items():
        rater = people[key]
        rating = engage_rater(actor=coordinator, candidacy=candidacy, rater=rater)
        entries = [
            RatingEntry(criterion=name, score=float(score), evidence=(words,))
            for name, (score, words) in zip(told["criteria"], seen, strict=True)
        ]
        rate_task(actor=rater, rating=rating, ratings=entries)
        seal_task_rating(actor=rater, rating=rating)


def _reference(told: Content, candidacy: Candidacy) -> None:
    began, ended = (date.fromisoformat(told[key]) for key in ("began", "ended"))
    entry = RefereeEntry(
        name=told["name"],
        email=told["email"],
        language=candidacy.language,
        relation=Relation(told["relation"]),
        employer=told["employer"],
        began=began,
        ended=ended,
        is_at_present_employer=False,
    )
    referee = name_referee(candidacy=candidacy, entry=entry)
    release_referee(candidacy=candidacy, referee=referee)
    seen = told["seen"]
    answer = ReferenceAnswer(
        ratings=tuple(
            RatingEntry(
                criterion=one.name,
                score=float(seen[one.name][0]) if one.name in seen else None,
                evidence=(seen[one.name][1],) if one.name in seen else (),
                reason_not_observed="" if one.name in seen else told["not_seen"],
            )
            for one in criteria_of(candidacy.case)
        ),
        began=began,
        ended=ended,
        words=told["words"],
        may_be_shown=True,
    )
    give_reference(referee=referee, answer=answer)
