"""What somebody is told who may not see a page: why not if it is their own case, else nothing."""

from typing import NoReturn
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.cases import selectors as cases
from second_opinion.cases.states import CaseState
from second_opinion.opinions import selectors as opinions


def refuse_case(person: Person, pseudonym: UUID) -> NoReturn:
    """403 with the reason for those who know the case; 404 for all others, whether it exists."""
    if opinions.opinions_of(person).filter(candidacy__case__pseudonym=pseudonym).exists():
        raise PermissionDenied(
            _(
                "You are engaged as an assessor in this case. Its page belongs to the "
                "coordinator and the orderer, so that your opinion stays your own."
            )
        )
    if person.ordered_cases.filter(pseudonym=pseudonym).exists():
        raise PermissionDenied(
            _("You ordered this case, but you no longer order for the organisation it belongs to.")
        )
    # An order that is being written is not theirs to know of yet.
    if person.run_cases.filter(pseudonym=pseudonym).exclude(state=CaseState.DRAFT).exists():
        raise PermissionDenied(
            _("You ran this case, but you are no longer a coordinator at its provider.")
        )
    raise Http404


def refuse_report(person: Person, pseudonym: UUID) -> NoReturn:
    if cases.cases_visible_to(person).filter(report_versions__pseudonym=pseudonym).exists():
        raise PermissionDenied(
            _(
                "This version of the report has not been released. You will get a mail as soon "
                "as there is something to read."
            )
        )
    raise Http404
