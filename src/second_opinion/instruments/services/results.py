"""Keeping what an instrument says of a candidate, until the case is opened."""

import math
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import canonical_json, encrypt, record_event
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.selectors import criteria_of
from second_opinion.cases.writing.figures import figure
from second_opinion.ingest.case_file import ReadingEntry
from second_opinion.instruments import policies, selectors
from second_opinion.instruments.errors import ResultError
from second_opinion.instruments.models import Result
from second_opinion.instruments.selectors import ResultEntry

LONGEST_NAME = 120


@transaction.atomic
def keep_result(
    *, actor: Person | None, candidacy: Candidacy, entry: ResultEntry, reason: str = ""
) -> Result:
    """Keep a new result: for services that have asked who may.

    Without an actor the system reckoned it out of answers. It records an event, and nothing of
    the content.
    """
    locked = _locked(candidacy)
    return _keep(Result(candidacy=locked, kind=entry.kind), actor=actor, entry=entry, reason=reason)


@transaction.atomic
def correct_result(
    *, actor: Person | None, result: Result, entry: ResultEntry, reason: str
) -> Result:
    """Keep a further version in a result's place; without readings it counts no more.

    For services that have asked who may.
    """
    locked = _locked(result.candidacy)
    newest = Result.objects.filter(series=result.series).order_by("version").last()
    if newest is None or newest.pk != result.pk:
        raise ResultError(
            _("This result has a newer version by now. Look at that one. Nothing was saved.")
        )
    if not reason.strip():
        raise ResultError(_("Say why the result is corrected. Nothing was saved."))
    corrected = Result(
        candidacy=locked, kind=result.kind, series=result.series, version=newest.version + 1
    )
    return _keep(corrected, actor=actor, entry=entry, reason=reason)


def _locked(candidacy: Candidacy) -> Candidacy:
    """Hold the case, so that it does not open meanwhile."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=candidacy.case_id)
    fresh = Candidacy.objects.select_related("case").get(pk=candidacy.pk)
    fresh.case = case
    require(policies.can_be_assessed(fresh))
    return fresh


def _keep(result: Result, *, actor: Person | None, entry: ResultEntry, reason: str) -> Result:
    candidacy = result.candidacy
    _check(entry, case=candidacy.case, may_be_empty=result.version > 1)
    text = canonical_json(entry.as_dict() | {"reason": reason.strip()})
    result.entered_by = actor
    result.content = encrypt(text, case=candidacy.case, label=selectors.result_label(result))
    result.save()
    record_event(
        actor=actor,
        verb="result.entered" if result.version == 1 else "result.corrected",
        subject=result,
        case=candidacy.case,
        is_hidden_until_opening=True,
        details={
            "case": candidacy.case.pseudonym,
            "candidacy": candidacy.pseudonym,
            "kind": entry.kind.name.lower(),
            "version": result.version,
        },
    )
    return result


def _check(entry: ResultEntry, *, case: Case, may_be_empty: bool) -> None:
    if not 0 < len(entry.name.strip()) <= LONGEST_NAME:
        raise ResultError(
            _("Name the instrument, in at most %(most)s characters.") % {"most": LONGEST_NAME}
        )
    if not entry.readings and not may_be_empty:
        raise ResultError(_("%(name)s says nothing of any criterion.") % {"name": entry.name})
    if not 0 <= entry.error_correlation < 1:
        raise ResultError(_("What the readings' errors have in common lies from 0 to below 1."))
    criteria = {criterion.name for criterion in criteria_of(case)}
    read: set[str] = set()
    for reading in entry.readings:
        _check_reading(reading, case=case, criteria=criteria)
        if reading.criterion in read:
            raise ResultError(
                _("%(criterion)s is read twice: keep one of the two.")
                % {"criterion": reading.criterion}
            )
        read.add(reading.criterion)


def _check_reading(reading: ReadingEntry, *, case: Case, criteria: Collection[str]) -> None:
    if reading.criterion not in criteria:
        raise ResultError(
            _("%(criterion)s is no criterion of this case.") % {"criterion": reading.criterion}
        )
    # Written so that not-a-number fails too.
    if not case.scale_low <= reading.value <= case.scale_high:
        raise ResultError(
            _("%(criterion)s: %(value)s lies outside the scale %(low)s to %(high)s.")
            % {
                "criterion": reading.criterion,
                "value": figure(reading.value),
                "low": figure(case.scale_low),
                "high": figure(case.scale_high),
            }
        )
    if not (reading.standard_error > 0 and math.isfinite(reading.standard_error)):
        raise ResultError(
            _("%(criterion)s: a result needs its standard error, a number above 0.")
            % {"criterion": reading.criterion}
        )
