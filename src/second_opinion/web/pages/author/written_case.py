"""Whose report a reader may write."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from second_opinion.accounts.policies import require
from second_opinion.cases.models import Case
from second_opinion.reports import policies, selectors
from second_opinion.web.requests import SignedInRequest


def written_case(request: SignedInRequest, pseudonym: UUID) -> Case:
    """A case whose report the reader writes, 404 for others; 403 with the reason when not now."""
    case = selectors.case_written_by(request.user, pseudonym)
    if case is None:
        raise Http404
    require(policies.may_write_draft(request.user, case))
    return case
