"""The requirement profile: written until it is locked, and hashed into the log when it is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Denied, require
from second_opinion.audit.services import content_hash, record_event
from second_opinion.cases import policies, selectors
from second_opinion.cases.errors import InvalidProfileError
from second_opinion.cases.models import Case, Criterion, RequirementProfile
from second_opinion.cases.services.journey import _locked_row, _move
from second_opinion.cases.services.letters import TIME_TO_CHANGE, ask_deciders, write_letter
from second_opinion.cases.states import CaseState, LetterKind, Method
from second_opinion.cases.writing.figures import figure
from second_opinion.ingest.case_file import CriterionEntry

WEIGHT_TOLERANCE = 0.01  # percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why the job demands a criterion, and what measures it."""

    reason: str = ""
    methods: tuple[Method, ...] = ()


@transaction.atomic
def write_profile(
    *,
    actor: Person,
    case: Case,
    criteria: Sequence[CriterionEntry],
    grounds: Mapping[str, Grounds] | None = None,
) -> RequirementProfile:
    """Write all criteria of a case, in place of those that were there, until it is locked.

    grounds are by the criterion's name. A version that a decider has answered stays as it was
    answered: what is written then is a new one.
    """
    fresh = _locked_row(case)
    require(policies.may_change_profile(actor, fresh))
    _check_criteria(fresh, criteria)
    profile = editable_profile(fresh, is_empty=True)
    profile.criteria.all().delete()
    Criterion.objects.bulk_create(
        _criterion(profile, position, entry, (grounds or {}).get(entry.name, Grounds()))
        for position, entry in enumerate(criteria, start=1)
    )
    _written(actor, profile)
    return profile


@transaction.atomic
def save_criterion(
    *,
    actor: Person,
    case: Case,
    position: int,
    entry: CriterionEntry,
    grounds: Grounds,
) -> Criterion:
    """Save one criterion as it is typed, at its place or after the last.

    The weights need not sum yet; the order cannot be sent, nor the profile locked, until they do.
    """
    fresh = _locked_row(case)
    require(policies.may_change_profile(actor, fresh))
    profile = editable_profile(fresh)
    there = profile.criteria.filter(position=position).first()
    others = profile.criteria.exclude(position=position)
    _check_one(fresh, entry, others=[criterion.name for criterion in others])
    last = max((criterion.position for criterion in others), default=0)
    place = position if there is not None else last + 1
    criterion = _criterion(profile, place, entry, grounds)
    if there is not None:
        criterion.pk = there.pk
        criterion.library_key, criterion.interview = there.library_key, there.interview
    criterion.save()
    _written(actor, profile)
    return criterion


@transaction.atomic
def choose_methods(
    *, actor: Person, case: Case, methods: Mapping[int, Collection[Method]]
) -> RequirementProfile:
    """Set what measures each criterion, by its place; criteria that are not named keep theirs."""
    fresh = _locked_row(case)
    require(policies.may_change_profile(actor, fresh))
    profile = editable_profile(fresh)
    for criterion in profile.criteria.filter(position__in=methods):
        chosen = methods[criterion.position]
        criterion.methods = [method.value for method in Method if method in chosen]
        criterion.save(update_fields=["methods"])
    _written(actor, profile)
    return profile


@transaction.atomic
def remove_criterion(*, actor: Person, case: Case, position: int) -> None:
    """Take a criterion out; the others keep their places. Twice does no harm."""
    fresh = _locked_row(case)
    require(policies.may_change_profile(actor, fresh))
    profile = editable_profile(fresh)
    profile.criteria.filter(position=position).delete()
    _written(actor, profile)


@transaction.atomic
def lock_profile(*, actor: Person, case: Case) -> RequirementProfile:
    """Accept the order and fix criteria, weights and rule before anybody's data is opened.

    It is one act. Every decider must have approved the version at hand. A new version of a
    profile that was locked before is locked in the same way, and the case stays where it is.
    """
    fresh = _locked_row(case)
    require(policies.may_lock_profile(actor, fresh))
    if isinstance(unready := policies.is_ready_to_lock(actor, fresh), Denied):
        raise InvalidProfileError(unready.reason)
    profile = fresh.profiles.latest("version")
    _check_sum(list(profile.criteria.all()))
    profile.conclusion_rule = dict(selectors.rule_of(profile))
    profile.content_hash = content_hash(selectors.profile_content(profile))
    profile.locked_at = timezone.now()
    profile.save(update_fields=["conclusion_rule", "content_hash", "locked_at"])
    record_event(
        actor=actor,
        verb="profile.locked",
        subject=profile,
        case=case,
        details={"case": case.pseudonym, "sha256": profile.content_hash},
    )
    if fresh.state == CaseState.ORDERED:
        _move(case=case, target=CaseState.PROFILE_LOCKED, actor=actor)
        write_letter(case=fresh, kind=LetterKind.ACCEPTED, reader=fresh.orderer, author=actor)
    return profile


@transaction.atomic
def change_profile(*, actor: Person, case: Case, reason: str) -> RequirementProfile:
    """Begin a new version of a locked profile, with a reason that stays with the case.

    It starts as a copy. Until the deciders have approved it and it is locked, no assessment begins.
    """
    fresh = _locked_row(case)
    require(policies.may_make_new_version(actor, fresh))
    if not reason.strip():
        raise InvalidProfileError(
            _("Say why the locked profile changes: the reason stays with the case.")
        )
    locked = selectors.locked_profile(fresh)
    if locked is None:
        raise InvalidProfileError(_("Write the requirement profile before you lock it."))
    profile = copy_profile(locked, into=fresh, reason=reason.strip())
    record_event(
        actor=actor,
        verb="profile.new_version",
        subject=profile,
        case=case,
        details={"case": case.pseudonym, "version": profile.version},
    )
    ask_deciders(actor=actor, case=fresh, after=TIME_TO_CHANGE)
    return profile


def editable_profile(case: Case, *, is_empty: bool = False) -> RequirementProfile:
    """The version to write on; a new one where the newest has been answered by a decider.

    is_empty : the new one need not begin as a copy
    """
    newest = selectors.current_profile(case)
    if newest is None:
        return RequirementProfile.objects.create(case=case)
    if newest.locked_at is None and not selectors.has_answers(newest):
        return newest
    if is_empty:
        return RequirementProfile.objects.create(
            case=case,
            version=newest.version + 1,
            reason=newest.reason,
            conclusion_rule=newest.conclusion_rule,
        )
    return copy_profile(newest, into=case, reason=newest.reason)


def copy_profile(
    profile: RequirementProfile, *, into: Case, reason: str = ""
) -> RequirementProfile:
    """A new, unlocked version with the same criteria."""
    newest = selectors.current_profile(into)
    made = RequirementProfile.objects.create(
        case=into,
        version=newest.version + 1 if newest else 1,
        reason=reason,
        # Another case's rule is not this one's: it begins with the provider's standard of today.
        conclusion_rule=profile.conclusion_rule if profile.case_id == into.pk else None,
    )
    criteria = list(profile.criteria.all())
    for criterion in criteria:
        criterion.pk, criterion.profile = None, made
    Criterion.objects.bulk_create(criteria)
    return made


def _criterion(
    profile: RequirementProfile, position: int, entry: CriterionEntry, grounds: Grounds
) -> Criterion:
    return Criterion(
        profile=profile,
        position=position,
        name=entry.name.strip(),
        definition=entry.definition.strip(),
        weight=entry.weight,
        minimum=entry.minimum,
        anchors=[[point, text] for point, text in sorted(entry.anchors.items())],
        reason=grounds.reason.strip(),
        methods=[Method(method).value for method in grounds.methods],
    )


def _written(actor: Person, profile: RequirementProfile) -> None:
    record_event(
        actor=actor,
        verb="profile.written",
        subject=profile,
        case=profile.case,
        details={"case": profile.case.pseudonym, "criteria": profile.criteria.count()},
    )
    ask_deciders(actor=actor, case=profile.case, after=TIME_TO_CHANGE)


def _check_criteria(case: Case, criteria: Sequence[CriterionEntry]) -> None:
    if not criteria:
        raise InvalidProfileError(_("A requirement profile needs at least one criterion."))
    names = [entry.name.strip() for entry in criteria]
    if not all(names) or len(set(names)) < len(names):
        raise InvalidProfileError(_("Every criterion needs a name of its own."))
    _check_sum(criteria)
    for entry in criteria:
        _check_points(case, entry)


def _check_sum(criteria: Sequence[CriterionEntry] | Sequence[Criterion]) -> None:
    total = sum(entry.weight for entry in criteria)
    if not all(entry.weight > 0 for entry in criteria) or abs(total - 100) > WEIGHT_TOLERANCE:
        raise InvalidProfileError(
            _("The weights must be above 0 and sum to 100; they sum to %(total)s.")
            % {"total": figure(total)}
        )


def _check_one(case: Case, entry: CriterionEntry, *, others: Sequence[str]) -> None:
    if not entry.name.strip() or entry.name.strip() in others:
        raise InvalidProfileError(_("Every criterion needs a name of its own."))
    if not 0 < entry.weight <= 100:
        raise InvalidProfileError(
            _("%(criterion)s: the weight must be above 0 and at most 100.")
            % {"criterion": entry.name}
        )
    _check_points(case, entry)


def _check_points(case: Case, entry: CriterionEntry) -> None:
    points = [*entry.anchors, *([] if entry.minimum is None else [entry.minimum])]
    for point in points:
        if not case.scale_low <= point <= case.scale_high:
            raise InvalidProfileError(
                _("%(criterion)s: %(point)s lies outside the scale %(low)s to %(high)s.")
                % {
                    "criterion": entry.name,
                    "point": figure(point),
                    "low": figure(case.scale_low),
                    "high": figure(case.scale_high),
                }
            )
