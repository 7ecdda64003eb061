"""A provider's own norms: switched on, agreed to by candidates, made of many, never of a few."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import canonical_json, content_hash, encrypt, record_event
from second_opinion.cases.models import Case
from second_opinion.instruments import policies, selectors
from second_opinion.instruments.analysis import FEWEST_FOR_NORMS, norm_content, scores_to_count
from second_opinion.instruments.errors import NormError
from second_opinion.instruments.models import (
    CountedScores,
    GivenQuestionnaire,
    NormConsent,
    NormGroup,
    NormSetting,
    NormVersion,
)
from second_opinion.instruments.selectors import FEWEST_NEW, GroupState


@transaction.atomic
def set_norms(*, actor: Person, provider: Organisation, is_on: bool) -> NormSetting:
    """Switch a provider's norms on or off, from now on.

    On, candidates are asked for their consent. Off, nobody is asked, nothing is made, and no
    percentile is shown; what candidates chose and what was made stays. The same again is nothing
    new.
    """
    require(policies.may_set_norms(actor, provider))
    newest = selectors.setting_of(provider)
    if newest is not None and newest.is_on == is_on:
        return newest
    setting = NormSetting.objects.create(provider=provider, is_on=is_on, author=actor)
    record_event(
        actor=actor,
        verb="norms.switched_on" if is_on else "norms.switched_off",
        subject=setting,
        case=None,
        details={"provider": provider.pseudonym},
    )
    return setting


@transaction.atomic
def choose_to_be_counted(*, given: GivenQuestionnaire, is_yes: bool) -> bool:
    """Keep what a candidate chose; True where something changed.

    With a yes the scores are kept for counting, encrypted under the case's key; with the yes taken
    back they are emptied at once. The event stands in no case's log, so that nobody who runs the
    case reads in it what the candidate chose.
    """
    Case.objects.select_for_update(of=("self",)).get(pk=given.candidacy.case_id)
    chosen = selectors.chosen_by(given)
    if chosen.is_yes == is_yes:
        return False
    if is_yes:
        require(policies.may_be_counted(given))
        _keep_scores(given)
    else:
        _empty_scores(given)
    NormConsent.objects.create(given=given, is_given=is_yes)
    record_event(
        actor=given.candidacy,
        verb="norms.agreed_to" if is_yes else "norms.taken_back",
        subject=given,
        case=None,
    )
    return True


@transaction.atomic
def make_norm(*, actor: Person, group: NormGroup) -> NormVersion:
    """Make a group's norm of everybody who agreed, or renew it; earlier ones stay as they were."""
    require(policies.may_make_norms(actor, group.provider))
    NormGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
    state = selectors.state_of(group)
    if sentence := why_not_made(state):
        raise NormError(sentence)
    rows = selectors.people_in(group)
    content = norm_content([selectors.scores_in(row) for row in rows])
    made = NormVersion.objects.create(
        group=group,
        number=1 if state.newest is None else state.newest.number + 1,
        n_people=len(rows),
        content=content,
        made_by=actor,
    )
    new = [row.pk for row in rows if row.first_in_id is None]
    CountedScores.objects.filter(pk__in=new).update(first_in=made)
    record_event(
        actor=actor,
        verb="norms.made",
        subject=made,
        case=None,
        details={
            "provider": group.provider.pseudonym,
            "group": group.pseudonym,
            "people": made.n_people,
            "number": made.number,
            "sha256": content_hash(content),
        },
    )
    return made


def why_not_made(state: GroupState) -> str:
    """What is missing before a norm is made or renewed; empty where nothing is.

    Two norms of one group that differ by a few people would tell what those few scored.
    """
    if state.n_people < FEWEST_FOR_NORMS:
        return _(
            "A norm is made of at least %(fewest)s people who agreed. There are fewer so far."
        ) % {"fewest": FEWEST_FOR_NORMS}
    if state.newest is not None and state.n_new < FEWEST_NEW:
        return _(
            "A norm is renewed when at least %(fewest)s people have come in since the last one, so "
            "that the difference between two norms tells of nobody."
        ) % {"fewest": FEWEST_NEW}
    return ""


def forget_counted(*, case: Case) -> None:
    """For a service that asked who may: no score of this case is counted any more."""
    CountedScores.objects.filter(given__candidacy__case=case).update(content=None)


def _keep_scores(given: GivenQuestionnaire) -> None:
    progress = selectors.progress_of(given)
    asked, case = progress.questionnaire, given.candidacy.case
    places = range(1, progress.n_items + 1)
    scores = scores_to_count(asked, [progress.answered[place].answer for place in places])
    if scores is None:
        raise NormError(
            _(
                "You left out so many statements that your scores cannot be counted. That changes "
                "nothing else."
            )
        )
    group, _created = NormGroup.objects.get_or_create(
        provider=case.provider,
        key=asked.key,
        version=asked.version,
        language=progress.language,
        asked_hash=selectors.asked_hash(asked, language=progress.language),
    )
    row = CountedScores.objects.filter(given=given).first() or CountedScores(
        given=given, group=group
    )
    row.content = encrypt(canonical_json(scores), case=case, label=selectors.scores_label(row))
    row.save()


def _empty_scores(given: GivenQuestionnaire) -> None:
    CountedScores.objects.filter(given=given).update(content=None)
