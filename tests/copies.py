"""Many cases like one, put into the database past the services: for lists that must be long."""

import uuid
from datetime import timedelta

from second_opinion.cases.models import Candidacy, Case, Decider
from second_opinion.cases.states import CaseState
from second_opinion.opinions.models import Opinion


def copies_of(case, many):
    """With candidates and deciders of their own, and in assessment an opinion on each."""
    before = Case.objects.count()
    cases = Case.objects.bulk_create(
        _copy(
            case,
            reference=f"copy-{before + number}",
            due_on=case.due_on + timedelta(days=number % 90),
            state_since=case.state_since + timedelta(seconds=number),
        )
        for number in range(many)
    )
    Decider.objects.bulk_create(
        _copy(decider, case=copy) for copy in cases for decider in case.deciders.all()
    )
    candidacies = Candidacy.objects.bulk_create(
        _copy(candidacy, case=copy) for copy in cases for candidacy in case.candidacies.all()
    )
    if case.state == CaseState.IN_ASSESSMENT:
        _engage(case, candidacies)
    return cases


def _engage(case, candidacies):
    first = Opinion.objects.filter(candidacy__case=case).first()
    Opinion.objects.bulk_create(
        Opinion(candidacy=candidacy, assessor=first.assessor, kind=first.kind)
        for candidacy in candidacies
    )


def _copy(row, **changes):
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in {"id", "pseudonym"} | changes.keys()
    }
    has_pseudonym = any(field.name == "pseudonym" for field in row._meta.concrete_fields)
    return type(row)(**kept, **changes, **({"pseudonym": uuid.uuid4()} if has_pseudonym else {}))
