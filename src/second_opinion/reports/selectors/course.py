"""How a stored case was done, for the report's chapter on method."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.cases.models import Candidacy, Case, RequirementProfile
from second_opinion.cases.selectors import order_of
from second_opinion.ingest.case_file import CommissionEntry, GuideEntry, UsedEntry
from second_opinion.instruments.models import GivenQuestionnaire, Guide
from second_opinion.instruments.selectors import (
    KeptResult,
    minutes_of,
    questionnaire_in,
    ratings_on,
    sections_of,
    test_in,
)
from second_opinion.instruments.states import ResultKind
from second_opinion.library.questionnaires import Questionnaire
from second_opinion.panels.selectors.assessors import Certificate, registered_at


def commission_of(case: Case) -> CommissionEntry:
    """Why only where the orderer has signed it: nothing else was told to anybody."""
    order = order_of(case)
    return CommissionEntry(
        orderer=case.orderer.name,
        why=order.why.strip() if order.signed_at is not None else "",
        lacking=order.competence_lacking.strip(),
        how_chosen=order.how_chosen.strip(),
    )


def guide_entry_of(profile: RequirementProfile | None) -> GuideEntry | None:
    """None until an assessor was shown one: what nobody was shown, nobody asked from."""
    guide = Guide.objects.filter(profile=profile, frozen_at__isnull=False).first()
    if guide is None or guide.frozen_at is None:
        return None
    sections = sections_of(guide)
    core = sum(len(section.core) for section in sections)
    return GuideEntry(
        language=guide.language,
        questions=core + sum(len(section.reserve) for section in sections),
        core=core,
        minutes=minutes_of(sections),
        fixed_on=timezone.localdate(guide.frozen_at),
        seal=guide.content_hash,
    )


@dataclass(frozen=True, slots=True)
class Uses:
    """What stands behind results, looked up for a whole case at once."""

    case: Case
    given: Mapping[str, GivenQuestionnaire]  # by pseudonym
    certificates: Mapping[int, tuple[Certificate, ...]]  # by person
    raters: Mapping[int, tuple[str, ...]]  # of the work sample, by candidacy

    def of(self, kept: KeptResult) -> UsedEntry:
        """What is known of it; of a reference only the day, since its giver is named to nobody."""
        on = timezone.localdate(kept.result.at)
        kind = kept.entry.kind
        if kind == ResultKind.TEST:
            return _of_test(kept)
        if kind == ResultKind.QUESTIONNAIRE:
            return self._of_questionnaire(kept)
        if kind == ResultKind.WORK_SAMPLE:
            raters = self.raters.get(kept.result.candidacy_id, ())
            return UsedEntry(used_by=", ".join(raters), on=on)
        return UsedEntry(on=on)

    def _of_questionnaire(self, kept: KeptResult) -> UsedEntry:
        about = kept.entry.about
        given, on = self.given.get(about.get("questionnaire", "")), kept.result.at
        if given is None:
            return UsedEntry(language=about.get("language", ""), on=timezone.localdate(on))
        form, language = questionnaire_in(given.form), self.case.language
        read = {given.bears_on.get(reading.criterion) for reading in kept.entry.readings}
        held = self._certificate(given.given_by, form)
        return UsedEntry(
            version=f"{form.name.in_language(language)}, {form.version}",
            language=about.get("language", ""),
            norm=norm_of(form, language),
            reliability=tuple(sorted(one.alpha for one in form.scale if one.key in read)),
            used_by=given.given_by.name,
            certificate="" if held is None else held.instrument,
            certified_until=None if held is None else held.valid_until,
            on=timezone.localdate(on),
        )

    def _certificate(self, person: Person, form: Questionnaire) -> Certificate | None:
        """What the register confirms of the person who gave it, on this very questionnaire."""
        names = {_plain(text) for text in (form.name.sv, form.name.en, form.key) if text}
        own = self.certificates.get(person.pk, ())
        return next((one for one in own if _plain(one.instrument) in names), None)


def uses_in(case: Case, candidacies: Iterable[Candidacy], kept: Iterable[KeptResult]) -> Uses:
    """Nothing is asked of the database that no result needs."""
    kinds: dict[ResultKind, list[KeptResult]] = {}
    for one in kept:
        kinds.setdefault(one.entry.kind, []).append(one)
    asked = [
        pseudonym
        for one in kinds.get(ResultKind.QUESTIONNAIRE, ())
        if (pseudonym := one.entry.about.get("questionnaire"))
    ]
    rows = GivenQuestionnaire.objects.filter(pseudonym__in=asked)
    given = {
        str(one.pseudonym): one
        for one in (rows.select_related("form", "given_by") if asked else ())
    }
    givers = {one.given_by_id: one.given_by for one in given.values()}
    registered = registered_at(case.provider, givers.values()) if givers else []
    raters: dict[int, tuple[str, ...]] = {}
    if ResultKind.WORK_SAMPLE in kinds:
        for rating in ratings_on(candidacies):
            if rating.sealed_at is not None:
                raters[rating.candidacy_id] = (
                    *raters.get(rating.candidacy_id, ()),
                    rating.rater.name,
                )
    return Uses(
        case=case,
        given=given,
        certificates={one.person.pk: one.shown.instruments for one in registered},
        raters=raters,
    )


def norm_of(form: Questionnaire, language: str) -> str:
    """Whom answers were compared with, as the instruments room has it; own norms come in here."""
    said = form.register_entry.norms.in_language(language)
    norm = form.register_entry.norm
    if norm is None:
        return said
    return f"{said} {norm.group.in_language(language)}, n = {norm.n}, {norm.year}"


def _of_test(kept: KeptResult) -> UsedEntry:
    test = test_in(kept)
    if test is None:
        return UsedEntry(on=timezone.localdate(kept.result.at))
    norm = (test.norm_group, test.norm_year, test.norm_n and f"n = {test.norm_n}")
    return UsedEntry(
        version=test.instrument,
        language=test.taken_in,
        norm=", ".join(str(part) for part in norm if part),
        reliability=(test.reliability,),
        used_by=test.tester,
        certificate=test.certificate,
        certified_until=test.certified_until,
        on=test.taken_on,
    )


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
