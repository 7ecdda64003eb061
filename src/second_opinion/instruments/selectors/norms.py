"""A provider's own norms: who is counted, and what was made. Nobody's score is read here but one's.

A person counts once in a group, by mail address, with the newest of their answers. Who withdrew
from their case, took the consent back, was erased or only practised is not counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from second_opinion.accounts.models import Organisation
from second_opinion.audit.services import content_hash, decrypt
from second_opinion.cases.models import Case
from second_opinion.instruments.models import (
    CountedScores,
    GivenQuestionnaire,
    NormConsent,
    NormGroup,
    NormSetting,
    NormVersion,
)
from second_opinion.instruments.selectors.questionnaires import questionnaire_in
from second_opinion.instruments.selectors.results import KeptResult
from second_opinion.instruments.states import ResultKind
from second_opinion.library.questionnaires import Questionnaire

FEWEST_NEW = 30
"""People who were in no norm of the group before, so that two of its norms tell of nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupState:
    """How many agreed, and what was made of it; nothing of what anybody scored.

    n_people : who would be counted now
    n_new : those of them who were in none of the group's norms
    newest : the norm in use; None before there is one
    """

    group: NormGroup
    n_people: int
    n_new: int
    newest: NormVersion | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a candidate chose, for themselves alone.

    counted_in : the first norm that they were counted in
    """

    newest: NormConsent | None
    counted_in: NormVersion | None

    @property
    def is_yes(self) -> bool:
        return self.newest is not None and self.newest.is_given


def makes_norms(provider: Organisation) -> bool:
    newest = NormSetting.objects.filter(provider=provider).order_by("pk").last()
    return newest is not None and newest.is_on


def setting_of(provider: Organisation) -> NormSetting | None:
    """The newest, with who set it and when."""
    settings = NormSetting.objects.filter(provider=provider).select_related("author")
    return settings.order_by("pk").last()


def asked_hash(questionnaire: Questionnaire, *, language: str) -> str:
    """Of what a candidate reads and how it is scored: only the same asked alike is counted."""
    return content_hash(
        {
            "items": [
                [item.id, item.scale, item.keyed.value, item.text(language)]
                for item in questionnaire.item
            ],
            "choices": list(questionnaire.choices[language]),
        }
    )


def groups_of(provider: Organisation) -> list[GroupState]:
    groups = NormGroup.objects.filter(provider=provider).select_related("provider")
    return [state_of(group) for group in groups]


def state_of(group: NormGroup) -> GroupState:
    people = people_in(group)
    known = {
        _person(row)
        for row in _rows_of(group).filter(first_in__isnull=False).exclude(**_WITHOUT_ADDRESS)
    }
    return GroupState(
        group=group,
        n_people=len(people),
        n_new=sum(_person(row) not in known for row in people),
        newest=group.versions.order_by("number").last(),
    )


def people_in(group: NormGroup) -> list[CountedScores]:
    """One row for each person who is counted: the newest of those that hold anything."""
    rows = _rows_of(group).filter(
        content__isnull=False,
        given__candidacy__withdrawn_at__isnull=True,
        given__candidacy__case__removed_at__isnull=True,
        given__candidacy__case__practised_by__isnull=True,
    )
    newest = {_person(row): row for row in rows.exclude(**_WITHOUT_ADDRESS).order_by("pk")}
    return list(newest.values())


_WITHOUT_ADDRESS = {"given__candidacy__email": ""}  # who cannot be told apart is not counted


def _rows_of(group: NormGroup) -> QuerySet[CountedScores]:
    return CountedScores.objects.filter(group=group).select_related("given__candidacy__case")


def _person(row: CountedScores) -> str:
    return row.given.candidacy.email.strip().casefold()


def scores_in(row: CountedScores) -> dict[str, float]:
    """By key of the scale; for the making of a norm alone."""
    if row.content is None:
        return {}
    stored = decrypt(row.content, case=row.given.candidacy.case, label=scores_label(row))
    return {key: float(score) for key, score in json.loads(stored).items()}


def scores_label(row: CountedScores) -> str:
    return f"counted-scores:{row.pseudonym}"


def questionnaire_of(group: NormGroup) -> Questionnaire:
    """What the group was asked: the rows of who was counted stay, and so does their form."""
    row = group.counted.select_related("given__form").order_by("pk").first()
    if row is None:
        raise GivenQuestionnaire.DoesNotExist(f"{group} has no row, and is made with one.")
    return questionnaire_in(row.given.form)


def group_for(provider: Organisation, pseudonym: UUID) -> NormGroup | None:
    return NormGroup.objects.filter(provider=provider, pseudonym=pseudonym).first()


def norms_in_use(provider: Organisation) -> dict[tuple[str, str, str], NormVersion]:
    """The newest of each group, by questionnaire, language and what was asked; none while off."""
    if not makes_norms(provider):
        return {}
    versions = NormVersion.objects.filter(group__provider=provider).select_related("group")
    return {
        (one.group.key, one.group.language, f"{one.group.version}:{one.group.asked_hash}"): one
        for one in versions.order_by("number")
    }


def norm_for(
    questionnaire: Questionnaire,
    *,
    language: str,
    among: dict[tuple[str, str, str], NormVersion],
) -> NormVersion | None:
    """The norm for what was asked in this language, among those in use."""
    if not among or language not in questionnaire.languages:
        return None
    asked = f"{questionnaire.version}:{asked_hash(questionnaire, language=language)}"
    return among.get((questionnaire.key, language, asked))


def chosen_by(given: GivenQuestionnaire) -> Chosen:
    counted = CountedScores.objects.filter(given=given).select_related("first_in").first()
    return Chosen(
        newest=given.norm_consents.order_by("pk").last(),
        counted_in=counted.first_in if counted else None,
    )


def choices_of(given: GivenQuestionnaire) -> list[NormConsent]:
    """All of them, the oldest first, for the candidate's own copy."""
    return list(given.norm_consents.order_by("pk"))


def answered_for(kept: Iterable[KeptResult]) -> dict[int, GivenQuestionnaire]:
    """Key of a result to the questionnaire that it was reckoned from."""
    asked = {
        one.entry.about["questionnaire"]: one.result.pk
        for one in kept
        if one.entry.kind is ResultKind.QUESTIONNAIRE and "questionnaire" in one.entry.about
    }
    if not asked:
        return {}
    rows = GivenQuestionnaire.objects.filter(pseudonym__in=list(asked))
    rows = rows.select_related("form", "sent", "candidacy__case__provider")
    return {asked[str(row.pseudonym)]: row for row in rows}


def can_be_counted_in(case: Case) -> bool:
    """Whether candidates of this case are asked: real ones, of a provider that makes norms."""
    return case.practised_by_id is None and makes_norms(case.provider)
