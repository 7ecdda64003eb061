"""A stored case as plain input for its report, and what the provider's earlier cases tell."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.audit.errors import ErasedError, UnreadableError
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.states import IS_OPENED
from second_opinion.ingest.case_file import (
    BeliefEntry,
    CaseFile,
    CriterionEntry,
    InstrumentEntry,
    InstrumentKind,
    OpinionEntry,
    OpinionKind,
    OutlookEntry,
    WrittenEntry,
)
from second_opinion.instruments.selectors import results_of
from second_opinion.instruments.writing.norms import NOTHING, placed_in_norms
from second_opinion.opinions.models import Opening, Opinion
from second_opinion.opinions.selectors import content_of
from second_opinion.panels.selectors.assessors import Shown, registered_at
from second_opinion.panels.selectors.proposals import standings_in
from second_opinion.reports.errors import NotOpenedError
from second_opinion.reports.selectors.course import commission_of, guide_entry_of, uses_in
from second_opinion.reports.selectors.drafts import written_for

MOST_EARLIER_CASES = 400
"""The newest ones; older ones say little of today's assessors, and take time to reckon with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierOpinion:
    """An opened opinion of another case of the same provider, by row numbers and no names.

    scores : by place in that case's profile; None where not observed
    """

    case: int
    candidate: int
    assessor: int
    scores: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What a provider's other cases hold, to learn from about this one.

    assessors : who assessed this case, by the name in its case file
    """

    opinions: tuple[EarlierOpinion, ...]
    assessors: Mapping[str, int]


def case_file_of(case: Case) -> CaseFile:
    """A stored case as the object that a case file is read into; only once it is open.

    Of a candidate who has withdrawn it holds nothing.
    It is unblinded: services and doctor use it, and hand none of it to anybody on their own.
    """
    if case.state not in IS_OPENED:
        raise NotOpenedError(_("The opinions are not opened yet: a report would break the seal."))
    remaining = list(cases.remaining_candidacies_of(case))
    opinions = list(
        Opinion.objects.filter(candidacy__in=remaining, sealed_at__isnull=False).select_related(
            "candidacy__case", "assessor"
        )
    )
    names = _distinct_names(opinion.assessor for opinion in opinions)
    profile, waiver = cases.locked_profile(case), cases.first_opinion_waiver_of(case)
    return CaseFile(
        role=case.role,
        client=case.client.name,
        provider=case.provider.name,
        reference=case.reference,
        language=case.language,
        ordered_on=timezone.localdate(case.ordered_at),
        open_questions=tuple(question.text for question in case.open_questions.all()),
        scale_low=case.scale_low,
        scale_high=case.scale_high,
        bar=case.bar,
        criteria=_criteria(case),
        candidates=tuple(candidacy.name for candidacy in remaining),
        opinions=_opinions(case, opinions, names),
        instruments=_instruments(case, remaining),
        outlook=None if case.worked_out is None else OutlookEntry(worked_out=case.worked_out),
        beliefs=_beliefs(case, remaining),
        no_first_opinion=waiver.reason if waiver and not _has_first(opinions) else "",
        profile_changes=_profile_changes(case),
        conclusion_rule={} if profile is None else dict(cases.rule_of(profile)),
        written=_written(case, remaining),
        commission=commission_of(case),
        guide=guide_entry_of(profile),
        profile_fixed_on=_day(profile.locked_at if profile else None),
        opened_on=_day(_opened_at(case)),
    )


def _profile_changes(case: Case) -> tuple[str, ...]:
    locked = cases.profiles_of(case).filter(locked_at__isnull=False)
    return tuple(locked.exclude(reason="").values_list("reason", flat=True))


def _day(at: datetime | None) -> date | None:
    return None if at is None else timezone.localdate(at)


def _opened_at(case: Case) -> datetime | None:
    return Opening.objects.filter(case=case).values_list("opened_at", flat=True).first()


def _written(case: Case, remaining: Iterable[Candidacy]) -> tuple[WrittenEntry, ...]:
    """In the order of the candidates, and of one who has withdrawn nothing."""
    written = written_for(case)
    return tuple(
        one for candidacy in remaining for one in written if one.candidate == candidacy.name
    )


def earlier_opinions(case: Case) -> Earlier:
    """All opened opinions of the provider's other cases on the same scale, and nothing unopened.

    What was sealed after its case's opening, candidates who have withdrawn and cases that have
    been erased are left out. Unblinded, as `case_file_of`, and for the same callers.
    """
    cases_before = (
        Case.objects.filter(
            cases.is_real(),
            provider=case.provider,
            state__in=IS_OPENED,
            opening__isnull=False,
            scale_low=case.scale_low,
            scale_high=case.scale_high,
        )
        .exclude(pk=case.pk)
        .order_by("-opening__opened_at", "-pk")
    )
    newest = list(cases_before.values_list("pk", flat=True)[:MOST_EARLIER_CASES])
    opinions = Opinion.objects.filter(
        candidacy__case__in=newest,
        candidacy__withdrawn_at__isnull=True,
        sealed_at__lte=F("candidacy__case__opening__opened_at"),
    )
    own = Opinion.objects.filter(
        candidacy__in=cases.remaining_candidacies_of(case), sealed_at__isnull=False
    ).select_related("assessor")
    names = _distinct_names(opinion.assessor for opinion in own)
    return Earlier(
        opinions=tuple(_readable(opinions.select_related("candidacy__case").order_by("pk"))),
        assessors={name: person for person, name in names.items()},
    )


def _readable(opinions: Iterable[Opinion]) -> Iterator[EarlierOpinion]:
    for opinion in opinions:
        try:
            ratings = content_of(opinion).ratings
        except (ErasedError, UnreadableError):
            continue  # erased, or damaged: `doctor` names what is damaged
        yield EarlierOpinion(
            case=opinion.candidacy.case_id,
            candidate=opinion.candidacy_id,
            assessor=opinion.assessor_id,
            scores=tuple(rating.score for rating in ratings),
        )


def _criteria(case: Case) -> tuple[CriterionEntry, ...]:
    return tuple(
        CriterionEntry(
            name=criterion.name,
            definition=criterion.definition,
            weight=criterion.weight,
            minimum=criterion.minimum,
            anchors=dict(criterion.anchors),
        )
        for criterion in cases.criteria_of(case)
    )


def _instruments(case: Case, remaining: Iterable[Candidacy]) -> tuple[InstrumentEntry, ...]:
    """With the norm in use now; a version of the report keeps the one it was written with."""
    found = results_of(remaining)
    uses = uses_in(case, remaining, found)
    placed = placed_in_norms(found, provider=case.provider, language=case.language)
    return tuple(
        InstrumentEntry(
            name=kept.entry.name,
            kind=InstrumentKind(kept.entry.kind.value),
            candidate=kept.result.candidacy.name,
            readings=kept.entry.readings,
            error_correlation=kept.entry.error_correlation,
            source=kept.entry.source,
            used=uses.of(kept),
            standings=placed.get(kept.result.pk, NOTHING).standings,
            norm=placed.get(kept.result.pk, NOTHING).norm,
        )
        for kept in found
    )


def _beliefs(case: Case, remaining: Iterable[Candidacy]) -> tuple[BeliefEntry, ...]:
    sealed = cases.sealed_beliefs_of(case)
    return tuple(
        BeliefEntry(
            candidate=candidacy.name,
            would_hire=sealed[candidacy.name].would_hire,
            sureness=sealed[candidacy.name].sure_of_ten,
        )
        for candidacy in remaining
        if candidacy.name in sealed
    )


def _has_first(opinions: Iterable[Opinion]) -> bool:
    return any(opinion.kind == OpinionKind.FIRST.value for opinion in opinions)


def _opinions(
    case: Case, opinions: Iterable[Opinion], names: Mapping[int, str]
) -> tuple[OpinionEntry, ...]:
    """With what each assessor of the provider's shows of themselves, and when they declared."""
    found = list(opinions)
    people = {one.assessor_id: one.assessor for one in found}
    shown = {one.person.pk: one.shown for one in registered_at(case.provider, people.values())}
    declared = {
        one.proposal.assessor_id: timezone.localdate(one.answer.at)
        for one in standings_in(case)
        if one.is_accepted and one.answer is not None
    }
    return tuple(
        _opinion(
            one,
            names[one.assessor_id],
            shown=shown[one.assessor_id],
            declared_on=declared.get(one.assessor_id),
        )
        for one in found
    )


def _opinion(
    opinion: Opinion, assessor: str, *, shown: Shown, declared_on: date | None
) -> OpinionEntry:
    content = content_of(opinion)
    own_words = (text.strip() for text in (shown.certificates, shown.schools))
    return OpinionEntry(
        assessor=assessor,
        candidate=opinion.candidacy.name,
        kind=OpinionKind(opinion.kind),
        conclusion=content.conclusion,
        ratings=content.ratings,
        profile_version=content.profile,
        on=None if opinion.sealed_at is None else timezone.localdate(opinion.sealed_at),
        qualifications="; ".join(text for text in own_words if text),
        declared_on=declared_on,
        seal=opinion.commitment,
    )


def _distinct_names(assessors: Iterable[Person]) -> dict[int, str]:
    """Two assessors of one name stay two people: the later one gets a number."""
    names: dict[int, str] = {}
    for person in assessors:
        if person.pk not in names:
            namesakes = sum(1 for name in names.values() if name.split(" (")[0] == person.name)
            names[person.pk] = f"{person.name} ({namesakes + 1})" if namesakes else person.name
    return names
