"""Who may use an instrument that takes a certificate where the register says so."""

from collections.abc import Iterable

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Allowed, Decision, Denied
from second_opinion.cases.models import Case
from second_opinion.instruments.selectors import guided_interview, instruments_of
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels.selectors.certificates import (
    Certificates,
    Instrument,
    certificate_sentence,
    certificates_at,
)


def is_certified(assessor: Person, case: Case, kind: OpinionKind) -> Decision:
    """On all that assessors work with in this case; the client's own use none of it."""
    if kind == OpinionKind.FIRST:
        return Allowed()
    return certified_on(assessor, certificates_at(case.provider), instruments_of(case))


def may_use_guide(assessor: Person, case: Case) -> Decision:
    """Today: a certificate that has run out meanwhile ends it, and a new one begins it again."""
    return certified_on(assessor, certificates_at(case.provider), [guided_interview()])


def certified_on(
    assessor: Person, certificates: Certificates, instruments: Iterable[Instrument]
) -> Decision:
    lacking = certificates.lacking(assessor, instruments)
    return Allowed() if lacking is None else Denied(certificate_sentence(assessor, lacking))
