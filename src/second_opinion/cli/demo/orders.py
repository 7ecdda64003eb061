"""Orders written through the guided order's own services, as far as the content says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from second_opinion.accounts.models import Organisation, Person
from second_opinion.cases.models import Case
from second_opinion.cases.services import (
    CandidateEntry,
    Grounds,
    begin_order,
    name_deciders,
    record_belief,
    save_candidates,
    save_order,
    save_questions,
    submit_order,
    write_profile,
)
from second_opinion.cases.states import Method
from second_opinion.cli.demo.content.orders import DemoOrder
from second_opinion.cli.demo.past import as_of


def write_order(
    content: DemoOrder, *, organisations: Mapping[str, Organisation], people: Mapping[str, Person]
) -> Case:
    """Begin an order days ago, write what there is of it, and send it if it was sent."""
    orderer, now = people[content.orderer], timezone.now()
    with as_of(now - timedelta(days=content.days_ago)):
        case = begin_order(
            actor=orderer,
            client=organisations[content.client],
            provider=organisations[content.provider],
            role=content.fields["role"],
        )
        due_on = timezone.localdate(now) + timedelta(days=content.due_in_days)
        save_order(actor=orderer, case=case, fields={**content.fields, "due_on": due_on})
        save_questions(actor=orderer, case=case, questions=content.open_questions)
        name_deciders(actor=orderer, case=case, people=[people[key] for key in content.deciders])
        _write_finalists(content, case=case, orderer=orderer)
        if content.criteria:
            _write_criteria(content, case=case, orderer=orderer)
        if content.is_sent:
            submit_order(actor=orderer, case=case)
    return case


def _write_finalists(content: DemoOrder, *, case: Case, orderer: Person) -> None:
    entries = [CandidateEntry(name=one.name) for one in content.candidates]
    save_candidates(actor=orderer, case=case, entries=entries)
    for one in content.candidates:
        if one.would_hire is not None:
            record_belief(
                actor=orderer,
                candidacy=case.candidacies.get(name=one.name),
                would_hire=one.would_hire,
                sure_of_ten=one.sure_of_ten,
            )


def _write_criteria(content: DemoOrder, *, case: Case, orderer: Person) -> None:
    write_profile(
        actor=orderer,
        case=case,
        criteria=[one.entry for one in content.criteria],
        grounds={
            one.entry.name: Grounds(
                reason=one.reason, methods=tuple(Method(method) for method in one.methods)
            )
            for one in content.criteria
        },
    )
