"""What is on a machine with the service: filled, looked at, or rid of a case. A program."""

import json
import sys

import django


def fill():
    """Two cases: one whose opinions are sealed and opened, with a file of the candidate's."""
    from django.core.management import call_command

    from second_opinion.cases.states import CaseState
    from second_opinion.opinions.models import Opinion
    from second_opinion.opinions.selectors import receipt_for
    from tests import factories

    call_command("migrate", verbosity=0)
    cast = factories.Cast()
    kept = factories.make_case(cast, state=CaseState.OPENED)
    other = factories.make_case(cast, state=CaseState.OPENED)
    opinion = Opinion.objects.filter(candidacy__case=kept).last()
    return {
        "kept": str(kept.pseudonym),
        "other": str(other.pseudonym),
        "receipt": receipt_for(opinion.assessor, opinion=opinion),
    }


def look():
    """What can be read of each case's opinions, and what `doctor` says."""
    from second_opinion.audit.errors import ErasedError
    from second_opinion.audit.models import Event
    from second_opinion.cli.doctor import record_findings
    from second_opinion.opinions.models import Opinion
    from second_opinion.opinions.selectors import content_of

    readable = {}
    for opinion in Opinion.objects.select_related("candidacy__case"):
        case = str(opinion.candidacy.case.pseudonym)
        try:
            readable[case] = content_of(opinion).conclusion
        except ErasedError:
            readable[case] = None
    return {
        "readable": readable,
        "findings": [finding.problem for finding in record_findings()],
        "events": Event.objects.count(),
    }


def erase(pseudonym):
    from second_opinion.audit.services import destroy_case_key
    from second_opinion.cases.models import Case

    destroy_case_key(Case.objects.get(pseudonym=pseudonym))


if __name__ == "__main__":
    django.setup()
    do, *arguments = sys.argv[1:]
    print(json.dumps({"fill": fill, "look": look, "erase": erase}[do](*arguments)))
