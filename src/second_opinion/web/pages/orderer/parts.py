"""The parts of a guided order: the form each shows, and what saving it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from second_opinion.accounts.models import Person
from second_opinion.cases import selectors, services
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import OrderPart
from second_opinion.web.pages.orderer import finalists_forms, order_forms
from second_opinion.web.pages.orderer.order_fields import Answers


@dataclass(frozen=True, slots=True)
class Part:
    """form_of : the form with what is written, or with what was sent
    save : what a valid form is saved by
    """

    form_of: Callable[[Case, Answers], forms.Form]
    save: Callable[[Person, Case, Any], None]


def _of_fields(form: type[forms.Form]) -> Part:
    """A part whose fields are the order's own."""

    def form_of(case: Case, answers: Answers) -> forms.Form:
        order = selectors.order_of(case)
        written = {
            name: getattr(case if name in services.OF_CASE else order, name)
            for name in form.base_fields
        }
        return form(answers, initial=written)

    def save(actor: Person, case: Case, valid: forms.Form) -> None:
        services.save_order(actor=actor, case=case, fields=valid.cleaned_data)

    return Part(form_of, save)


def _questions(case: Case, answers: Answers) -> forms.Form:
    written: dict[str, Any] = {"competence_lacking": selectors.order_of(case).competence_lacking}
    for question in case.open_questions.all():
        written[f"question_{question.position}"] = question.text
    return order_forms.QuestionsForm(answers, initial=written)


def _save_questions(actor: Person, case: Case, valid: order_forms.QuestionsForm) -> None:
    services.save_questions(actor=actor, case=case, questions=valid.questions)
    lacking = valid.cleaned_data["competence_lacking"]
    services.save_order(actor=actor, case=case, fields={"competence_lacking": lacking})


def _candidates(case: Case, answers: Answers) -> forms.Form:
    return finalists_forms.CandidatesForm(answers, initial=finalists_forms.candidates_written(case))


def _save_candidates(actor: Person, case: Case, valid: finalists_forms.CandidatesForm) -> None:
    services.save_candidates(actor=actor, case=case, entries=valid.entries)
    how = valid.cleaned_data["how_chosen"]
    services.save_order(actor=actor, case=case, fields={"how_chosen": how})


def _deciders(case: Case, answers: Answers) -> forms.Form:
    named = [str(person.pseudonym) for person in selectors.deciders_of(case)]
    people = selectors.people_who_can_decide(case.client)
    return order_forms.DecidersForm(answers, people=people, initial={"deciders": named})


def _save_deciders(actor: Person, case: Case, valid: order_forms.DecidersForm) -> None:
    services.name_deciders(actor=actor, case=case, people=valid.chosen)


PARTS: Mapping[OrderPart, Part] = {
    OrderPart.ROLE: _of_fields(order_forms.RoleForm),
    OrderPart.CANDIDATES: Part(_candidates, _save_candidates),
    OrderPart.WHY: _of_fields(order_forms.WhyForm),
    OrderPart.QUESTIONS: Part(_questions, _save_questions),
    OrderPart.DECIDERS: Part(_deciders, _save_deciders),
    OrderPart.TERMS: _of_fields(order_forms.TermsForm),
}
"""The parts that are one form; beliefs and criteria have pages of their own."""


def after(part: OrderPart) -> OrderPart | None:
    """The next part; None after the last."""
    parts = list(OrderPart)
    place = parts.index(part) + 1
    return parts[place] if place < len(parts) else None
