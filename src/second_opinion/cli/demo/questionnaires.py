"""The short questionnaire in the demo: given to the candidates, and answered by most of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from second_opinion.accounts.models import Person
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import remaining_candidacies_of
from second_opinion.cases.services import Grounds
from second_opinion.cases.states import CaseState, Method
from second_opinion.cli.demo.content import DemoCase
from second_opinion.cli.demo.past import as_of
from second_opinion.instruments.models import GivenQuestionnaire
from second_opinion.instruments.selectors import progress_of
from second_opinion.instruments.services import (
    answer_statement,
    give_questionnaire,
    send_answers,
)
from second_opinion.library.questionnaires import Item

KEY = "work-demonstration"
FOR_ONE_STATEMENT = timedelta(seconds=7)
BETWEEN_CANDIDATES = timedelta(minutes=10)


def grounds_of(content: DemoCase) -> Mapping[str, Grounds]:
    """Interview and questionnaire, for the criteria that a scale speaks of."""
    return {
        criterion.entry.name: Grounds(methods=(Method.INTERVIEW, Method.QUESTIONNAIRE))
        for criterion in content.criteria
        if criterion.scale
    }


def give(content: DemoCase, case: Case, *, actor: Person) -> None:
    """To all of a case's candidates, where its profile measures something so."""
    bears_on = {each.entry.name: each.scale for each in content.criteria if each.scale}
    if bears_on:
        give_questionnaire(actor=actor, case=case, key=KEY, bears_on=bears_on)


def answer(content: DemoCase, case: Case, *, since: datetime) -> None:
    """All answer and send in; in a case under assessment the first leaves it to the visitor."""
    skipped = 1 if content.stage == CaseState.IN_ASSESSMENT else 0
    for number, candidacy in enumerate(list(remaining_candidacies_of(case))[skipped:]):
        for given in candidacy.given_questionnaires.select_related("form", "candidacy__case"):
            _answer(given, since=since + number * BETWEEN_CANDIDATES)


def _answer(given: GivenQuestionnaire, *, since: datetime) -> None:
    """Made up by the candidate's name, so that every demo is the same."""
    drawn = Random(given.candidacy.name)  # noqa: S311  a made-up person's answers
    items = progress_of(given).questionnaire.item
    leaning = {item.scale: drawn.choice((-1, 0, 1, 1)) for item in items}
    for place, item in enumerate(items, start=1):
        with as_of(since + place * FOR_ONE_STATEMENT):
            answer_statement(
                given=given,
                place=place,
                answer=_drawn_answer(item, leaning[item.scale], drawn),
                language=given.candidacy.language,
            )
    with as_of(since + (len(items) + 1) * FOR_ONE_STATEMENT):
        send_answers(given=given)


def _drawn_answer(item: Item, leaning: int, drawn: Random) -> int:
    """Three, more or less, by how the person leans and which way the statement is turned."""
    towards = min(max(3 + leaning + drawn.choice((-1, 0, 0, 1)), 1), 5)
    return 6 - towards if item.is_reversed else towards
