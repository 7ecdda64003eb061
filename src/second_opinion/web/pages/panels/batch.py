"""What `second-opinion match` reads, out of the register: for assigning many cases at once."""

from __future__ import annotations

import io
import zipfile

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from second_opinion.accounts.policies import Denied, require
from second_opinion.accounts.selectors import organisations_where
from second_opinion.accounts.states import Role
from second_opinion.cases.models import Case
from second_opinion.opinions import selectors as opinions
from second_opinion.panels.analysis import ToMatch, batch_files
from second_opinion.panels.selectors.batch import cases_to_match
from second_opinion.panels.selectors.proposals import standings_in
from second_opinion.web.panels import why_left_out
from second_opinion.web.requests import SignedInRequest

_ONE_DAY = (1980, 1, 1, 0, 0, 0)  # the same content gives the same file, whenever it is made


@never_cache
@require_safe
def batch(request: SignedInRequest) -> HttpResponse:
    """Cases, assessors and conflicts in one archive, so that the three belong together."""
    provider = organisations_where(request.user, Role.COORDINATOR).first()
    if provider is None:
        require(Denied(_("Only coordinators read the register of assessors.")))
        raise Http404
    found = [_to_match(case) for case in cases_to_match(request.user, provider)]
    files = batch_files(
        provider,
        [one for one in found if one is not None],
        language=get_language() or "en",
        words=why_left_out,
    )
    response = HttpResponse(_archive(files), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="second-opinion-match.zip"'
    return response


def _to_match(case: Case) -> ToMatch | None:
    """None where somebody is asked or engaged for the second opinion."""
    asking, standings = opinions.asking_in(case), standings_in(case)
    first = {person.pk for person in asking.around.first_assessors}
    if asking.engaged - first or any(one.is_awaited or one.is_accepted for one in standings):
        return None
    taken = frozenset(one.proposal.assessor_id for one in standings) | asking.engaged
    return ToMatch(case=case, asking=asking, taken=taken)


def _archive(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _ONE_DAY), text)
    return content.getvalue()
