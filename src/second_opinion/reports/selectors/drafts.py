"""What has been written of a case's candidates, by whom and when, and who is to sign it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from second_opinion.accounts.models import Person
from second_opinion.accounts.states import Role
from second_opinion.audit.services import decrypt
from second_opinion.cases.models import Case
from second_opinion.cases.states import CaseState
from second_opinion.ingest.case_file import WrittenEntry, written_from_dict
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports.models import AuthorNaming, DraftSave, ReportVersion
from second_opinion.reports.selectors.versions import case_file_of_version

CAN_BE_WRITTEN_IN = frozenset({CaseState.OPENED, CaseState.REPORTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A sentence that has come or gone; candidate and language say of whom and in which."""

    candidate: str
    language: str
    text: str
    is_new: bool


def case_written_by(person: Person, pseudonym: UUID) -> Case | None:
    """A case whose report this person runs or was named to write; None for anybody else."""
    runs = person.memberships.filter(role=Role.COORDINATOR).values("organisation")
    assessed = Opinion.objects.filter(assessor=person).exclude(kind=OpinionKind.FIRST)
    found = (
        Case.objects.filter(
            Q(provider__in=runs) | Q(pk__in=assessed.values("candidacy__case")),
            pseudonym=pseudonym,
        )
        .select_related("client", "provider", "orderer", "coordinator")
        .first()
    )
    if found is None or found.provider_id in {one["organisation"] for one in runs}:
        return found
    return found if named_author(found) == person else None


def cases_to_write(person: Person) -> list[Case]:
    """Those whose report this assessor is named to write now, soonest due first."""
    newest = AuthorNaming.objects.filter(case=OuterRef("pk")).order_by("-pk").values("author")[:1]
    found = Case.objects.filter(state__in=CAN_BE_WRITTEN_IN, removed_at__isnull=True)
    return list(found.annotate(writes=Subquery(newest)).filter(writes=person).order_by("due_on"))


def named_author(case: Case) -> Person | None:
    """The assessor who writes; None where a coordinator does."""
    newest = case.author_namings.select_related("author").last()
    return None if newest is None else newest.author


def possible_authors(case: Case) -> list[Person]:
    """The provider's assessors who have sealed an opinion in the case."""
    sealed = Opinion.objects.filter(
        candidacy__case=case, candidacy__withdrawn_at__isnull=True, sealed_at__isnull=False
    ).exclude(kind=OpinionKind.FIRST)
    return list(
        Person.objects.filter(pk__in=sealed.values("assessor"), is_active=True).order_by("name")
    )


def saves_of(case: Case) -> list[DraftSave]:
    """Newest first."""
    return list(case.draft_saves.select_related("author").order_by("-number"))


def written_for(case: Case) -> tuple[WrittenEntry, ...]:
    """As it stands after the newest save. Unblinded: whoever asks has found who may read it."""
    newest = case.draft_saves.order_by("number").last()
    return () if newest is None else written_in(newest)


def written_in(save: DraftSave) -> tuple[WrittenEntry, ...]:
    """Raises ErasedError where the case's key is gone."""
    text = decrypt(save.content, case=save.case, label=draft_label(save.pseudonym))
    return tuple(written_from_dict(one) for one in json.loads(text)["written"])


def written_in_version(version: ReportVersion) -> tuple[WrittenEntry, ...]:
    """What was signed."""
    return case_file_of_version(version).written


def changes_between(
    before: tuple[WrittenEntry, ...], after: tuple[WrittenEntry, ...]
) -> list[Change]:
    """What has gone and what has come, in the order of the report."""
    old, new = _lines(before), _lines(after)
    gone = [Change(**_named(key), is_new=False) for key in old if key not in new]
    come = [Change(**_named(key), is_new=True) for key in new if key not in old]
    return gone + come


def _named(key: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("candidate", "language", "text"), key, strict=True))


def _lines(written: tuple[WrittenEntry, ...]) -> dict[tuple[str, str, str], None]:
    """Every sentence with its condition, every reason for no answer and for another conclusion."""
    found: dict[tuple[str, str, str], None] = {}
    for entry in written:
        texts = [
            " \N{EM DASH} ".join(part for part in (one.text, one.condition) if part)
            for one in entry.sentences
        ]
        texts += [one.not_answered for one in entry.answers if one.not_answered]
        if entry.override:
            texts.append(f"{entry.override.conclusion}: {entry.override.reason}")
        found |= dict.fromkeys((entry.candidate, entry.language, text) for text in texts)
    return found


def draft_label(pseudonym: UUID) -> str:
    return f"draft:{pseudonym}"
