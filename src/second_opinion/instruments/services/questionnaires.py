"""Questionnaires: given by a coordinator, answered by the candidate, scored when sent in."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import canonical_json, content_hash, encrypt, record_event
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.selectors import minutes_allowed_of, remaining_candidacies_of
from second_opinion.instruments import policies, selectors
from second_opinion.instruments.analysis import readings_of, scale_scores
from second_opinion.instruments.errors import AnswerError, GivingError
from second_opinion.instruments.models import (
    GivenQuestionnaire,
    QuestionnaireForm,
    SentQuestionnaire,
    StatementAnswer,
)
from second_opinion.instruments.selectors import Progress, ResultEntry
from second_opinion.instruments.services.reminding import await_answers
from second_opinion.instruments.services.results import keep_result
from second_opinion.instruments.states import ResultKind
from second_opinion.instruments.writing.answers import name_in_report, source_of
from second_opinion.instruments.writing.giving import asked_anyway
from second_opinion.instruments.writing.language_names import name_of_language
from second_opinion.library.questionnaires import Questionnaire
from second_opinion.panels.selectors.certificates import certificates_at


@transaction.atomic
def give_questionnaire(
    *, actor: Person, case: Case, key: str, bears_on: Mapping[str, str]
) -> list[GivenQuestionnaire]:
    """Ask every candidate who remains to answer a questionnaire: the same of all; twice is once.

    bears_on says beforehand which scale speaks of which criterion; a criterion without one gets
    hypotheses for the interview and no reading.
    """
    case = _locked(case)
    require(policies.may_give_questionnaires(actor, case))
    questionnaire = selectors.offered_questionnaires().questionnaires.get(key)
    if questionnaire is None:
        raise GivingError(_("There is no such questionnaire here. Nothing was given."))
    _check_certified(case, questionnaire)
    _check_bearing(bears_on, questionnaire=questionnaire, case=case)
    fixed = {criterion: scale for criterion, scale in bears_on.items() if scale}
    return [
        _give(candidacy, questionnaire, actor=actor, bears_on=fixed)
        for candidacy in remaining_candidacies_of(case).select_related("case")
        if key not in {state.given.form.key for state in selectors.given_to(candidacy)}
    ]


def _give(
    candidacy: Candidacy,
    questionnaire: Questionnaire,
    *,
    actor: Person,
    bears_on: Mapping[str, str],
) -> GivenQuestionnaire:
    _check_minutes(candidacy, questionnaire)
    given = GivenQuestionnaire.objects.create(
        candidacy=candidacy, form=_kept(questionnaire), bears_on=bears_on, given_by=actor
    )
    record_event(
        actor=actor,
        verb="questionnaire.given",
        subject=given,
        case=candidacy.case,
        details={"candidacy": candidacy.pseudonym, "sha256": given.form.content_hash},
    )
    await_answers(given)
    return given


@transaction.atomic
def take_questionnaire_back(*, actor: Person, case: Case, key: str, reason: str) -> int:
    """Ask nobody to answer it any more, for a reason; the link of a candidate then says so.

    From all candidates at once, while none has sent it in. It can be given anew. Returns how many
    candidates had it.
    """
    case = _locked(case)
    require(policies.may_take_back(actor, case, key))
    reason = reason.strip()
    if not reason:
        raise GivingError(_("Say why it is taken back. Nothing was changed."))
    at = timezone.now()
    standing = GivenQuestionnaire.objects.filter(
        candidacy__case=case, form__key=key, taken_back_at__isnull=True
    )
    rows = list(standing.select_related("candidacy__case"))
    for given in rows:
        given.taken_back_at = at
        given.taken_back_because = encrypt(reason.encode(), case=case, label=given.reason_label)
        given.save(update_fields=["taken_back_at", "taken_back_because"])
        record_event(
            actor=actor,
            verb="questionnaire.taken_back",
            subject=given,
            case=case,
            details={"candidacy": given.candidacy.pseudonym},
        )
    return len(rows)


@transaction.atomic
def answer_statement(
    *, given: GivenQuestionnaire, place: int, answer: int | None, language: str
) -> None:
    """Keep what a candidate answers at one place, None where they leave it out.

    The same again is kept once, from however many tabs; another answer takes its place. The first
    answer fixes the language.
    """
    given = _held(given)
    require(policies.may_answer(given))
    progress = selectors.progress_of(given)
    _check_answer(progress, place=place, answer=answer, language=language)
    before = progress.answered.get(place)
    if before is not None and before.answer == answer:
        return
    row = StatementAnswer(given=given, place=place, language=language)
    row.content = encrypt(
        canonical_json({"answer": answer}),
        case=given.candidacy.case,
        label=selectors.answer_label(row),
    )
    row.save()
    if not progress.answered:
        record_event(
            actor=given.candidacy,
            verb="questionnaire.begun",
            subject=given,
            case=given.candidacy.case,
            details={"candidacy": given.candidacy.pseudonym, "language": language},
        )


@transaction.atomic
def send_answers(*, given: GivenQuestionnaire) -> SentQuestionnaire:
    """Send in all answers, which stay from then on, and score them; twice is once.

    Scores on criteria are kept as the result of an instrument, which nobody sees before the
    opening. Where too little was answered there are none.
    """
    given = _held(given)
    if hasattr(given, "sent"):
        return given.sent
    require(policies.may_answer(given))
    progress = selectors.progress_of(given)
    if progress.next_place is not None:
        raise AnswerError(
            _("There are statements that you have neither answered nor left out. Go on there.")
        )
    sent = SentQuestionnaire.objects.create(given=given)
    record_event(
        actor=given.candidacy,
        verb="questionnaire.sent",
        subject=given,
        case=given.candidacy.case,
        details={"candidacy": given.candidacy.pseudonym},
    )
    _keep_scores(progress)
    return sent


def _locked(case: Case) -> Case:
    """Hold the case first, as everything that depends on its stage does."""
    return Case.objects.select_for_update(of=("self",)).get(pk=case.pk)


def _held(given: GivenQuestionnaire) -> GivenQuestionnaire:
    """The row as it stands, while its case is held."""
    _locked(given.candidacy.case)
    return GivenQuestionnaire.objects.select_related("form", "sent", "candidacy__case").get(
        pk=given.pk
    )


def _kept(questionnaire: Questionnaire) -> QuestionnaireForm:
    content = questionnaire.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    form, _created = QuestionnaireForm.objects.get_or_create(
        content_hash=content_hash(content),
        defaults={"key": questionnaire.key, "content": content},
    )
    return form


def _check_certified(case: Case, questionnaire: Questionnaire) -> None:
    """Who reads the answers needs a certificate where the register names one; somebody has it."""
    instrument = selectors.certified_as(questionnaire)
    if certificates_at(case.provider).nobody_for(instrument):
        raise GivingError(
            _(
                "%(instrument)s takes a certificate here, and nobody at %(provider)s has one that "
                "is valid and confirmed. Nothing was given."
            )
            % {"instrument": instrument.name, "provider": case.provider}
        )


def _check_bearing(
    bears_on: Mapping[str, str], *, questionnaire: Questionnaire, case: Case
) -> None:
    criteria = {criterion.name for criterion in selectors.measured_by_questionnaire(case)}
    scales = {scale.key for scale in questionnaire.scale} | {""}
    for criterion, scale in bears_on.items():
        if criterion not in criteria or scale not in scales:
            raise GivingError(
                _("%(criterion)s cannot be read by that scale here. Nothing was given.")
                % {"criterion": criterion}
            )


def _check_minutes(candidacy: Candidacy, questionnaire: Questionnaire) -> None:
    given = sum(state.questionnaire.minutes for state in selectors.given_to(candidacy))
    asked = asked_anyway(candidacy.case) + given + questionnaire.minutes
    allowed = minutes_allowed_of(candidacy.case)
    if asked > allowed:
        raise GivingError(
            _(
                "With this questionnaire %(asked)s minutes would be asked of the candidate, and "
                "the order allows %(allowed)s. Nothing was given."
            )
            % {"asked": asked, "allowed": allowed}
        )


def _check_answer(progress: Progress, *, place: int, answer: int | None, language: str) -> None:
    questionnaire = progress.questionnaire
    if language not in questionnaire.languages:
        raise AnswerError(_("The questionnaire does not exist in that language."))
    if progress.language and language != progress.language:
        raise AnswerError(
            _(
                "You began in %(first)s, and the same words must be asked all through. Go on in "
                "%(first)s: your answers are kept. This one was not saved."
            )
            % {"first": name_of_language(progress.language)}
        )
    is_known = answer is None or 1 <= answer <= questionnaire.n_categories
    if not (1 <= place <= progress.n_items and is_known):
        raise AnswerError(_("Choose one of the answers, or leave the statement out."))


def _keep_scores(progress: Progress) -> None:
    given, questionnaire = progress.given, progress.questionnaire
    case = given.candidacy.case
    places = range(1, progress.n_items + 1)
    readings, correlation = readings_of(
        scale_scores(questionnaire, [progress.answered[place].answer for place in places]),
        bears_on=given.bears_on,
        scale=(case.scale_low, case.scale_high),
        is_validated=progress.language in questionnaire.validated_in,
    )
    if not readings:
        return
    entry = ResultEntry(
        kind=ResultKind.QUESTIONNAIRE,
        name=name_in_report(questionnaire, case.language),
        readings=readings,
        source=source_of(questionnaire, case.language, answered_in=progress.language),
        error_correlation=correlation,
        about={"questionnaire": str(given.pseudonym), "language": progress.language},
    )
    keep_result(actor=None, candidacy=given.candidacy, entry=entry)
