"""On a case page: how the conclusion will be reached, in words."""

from __future__ import annotations

from typing import Any

from second_opinion.accounts.models import Person
from second_opinion.cases import policies, selectors
from second_opinion.cases.models import Case
from second_opinion.reports.writing.rule import limits_in_words


def rule_on(person: Person, case: Case) -> dict[str, Any]:
    """Its lines, nothing while there is no profile, and whether this person may set them."""
    profile = selectors.locked_profile(case) or selectors.current_profile(case)
    if profile is None:
        return {}
    return {
        "rule": limits_in_words(selectors.rule_of(profile)),
        "may_set_rule": bool(policies.may_run(person, case))
        and bool(policies.may_change_profile(person, case)),
        "may_set_standard": bool(policies.may_set_standard(person, case.provider)),
    }
