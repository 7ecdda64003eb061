"""All that is kept about a candidate, as the candidate may see it: their data, in their hands.

The words of assessors come to the candidate with the report; names of others stand here only
where the notice has named them.
"""

import dataclasses
from datetime import datetime
from typing import Any

from second_opinion.candidates import selectors
from second_opinion.candidates.selectors import Corrected
from second_opinion.cases.models import Candidacy
from second_opinion.instruments import selectors as questionnaires
from second_opinion.instruments.models import GivenQuestionnaire
from second_opinion.instruments.selectors import answer_in, attempt_of
from second_opinion.panels.selectors import ties_about
from second_opinion.panels.selectors.proposals import DECISIONS, proposed_to, step_words
from second_opinion.panels.states import StepKind

SCHEMA = "second-opinion/candidate-data/1"


def data_of(candidacy: Candidacy) -> dict[str, Any]:
    """Under the keys that docs/reference/json.md explains."""
    case = candidacy.case
    return {
        "schema": SCHEMA,
        "name": candidacy.name,
        "mail_address": candidacy.email,
        "language": candidacy.language,
        "role": case.role,
        "client": case.client.name,
        "provider": case.provider.name,
        "stage": case.state,
        "withdrew_at": _at(candidacy.withdrawn_at),
        "told": _told(candidacy),
        "mails": _mails(candidacy),
        "questions": [
            {"at": _at(one.question.at), "question": one.words, "answer": one.answer_words}
            for one in selectors.questions_of(candidacy)
        ],
        "adjustments": [
            {"at": _at(one.adjustment.at), "need": one.wish, "why": one.why, "how": one.how}
            for one in selectors.adjustments_of(candidacy)
        ],
        "questionnaires": _questionnaires(candidacy),
        "meetings": _meetings(candidacy),
        "material": _material(candidacy),
        "referees": _referees(candidacy),
        "work_sample": _work_sample(candidacy),
        "ties": _ties(candidacy),
        "challenges": _challenges(candidacy),
        "replies": [
            {
                "at": _at(said.at),
                "kind": said.kind.value,
                "words": said.words,
                "answer": _corrected(said.answer),
            }
            for said in selectors.replies_of(candidacy)
        ],
        "experience": selectors.experience_of(candidacy),
    }


def _corrected(answer: Corrected | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    return dataclasses.asdict(answer) | {"at": _at(answer.at)}


def _told(candidacy: Candidacy) -> dict[str, Any] | None:
    notice = selectors.notice_of(candidacy)
    if notice is None:
        return None
    read = selectors.acknowledgement_of(candidacy)
    return {
        "version": notice.version,
        "text": {section.heading: section.text for section in selectors.sections_of(notice)},
        "read_at": _at(read.at if read else None),
    }


def _mails(candidacy: Candidacy) -> list[dict[str, Any]]:
    return [
        {
            "at": _at(line.mailing.queued_at),
            "about": line.mailing.kind,
            "to": line.mailing.address,
            "state": line.state.value,
        }
        for line in selectors.mails_to(candidacy)
    ]


def _material(candidacy: Candidacy) -> list[dict[str, Any]]:
    return [
        {
            "at": _at(piece.material.at),
            "kind": piece.material.kind,
            "words": piece.words,
            "file": piece.name,
            "bytes": piece.size,
            "is_without_photo": piece.is_without_photo,
        }
        for piece in selectors.material_of(candidacy)
    ]


def _questionnaires(candidacy: Candidacy) -> list[dict[str, Any]]:
    """Their own answers, in the words they were given in."""
    kept = [
        (state, questionnaires.progress_of(state.given))
        for state in questionnaires.given_to(candidacy)
    ]
    return [
        {
            "questionnaire": state.questionnaire.name.in_language(candidacy.language),
            "version": state.questionnaire.version,
            "given_at": _at(state.given.at),
            "sent_at": _at(state.sent_at),
            "counted": _counted(state.given),
            "answers": [
                {
                    "statement": progress.questionnaire.item[place - 1].text(progress.language),
                    "answer": progress.questionnaire.choices[progress.language][each.answer - 1]
                    if each.answer
                    else None,
                }
                for place, each in sorted(progress.answered.items())
            ],
        }
        for state, progress in kept
    ]


def _counted(given: GivenQuestionnaire) -> dict[str, Any]:
    """What they chose of being counted in norms, and the first norm they were counted in."""
    first = questionnaires.chosen_by(given).counted_in
    return {
        "choices": [
            {"at": _at(one.at), "agreed": one.is_given} for one in questionnaires.choices_of(given)
        ],
        "first_counted_at": _at(first.at if first else None),
    }


def _work_sample(candidacy: Candidacy) -> dict[str, Any] | None:
    attempt = attempt_of(candidacy)
    if attempt is None:
        return None
    answer = answer_in(attempt)
    return {
        "task": attempt.work_sample.task,
        "opened_at": _at(attempt.begun_at),
        "answered_at": _at(attempt.answered_at),
        "answer": answer.words if answer else "",
        "file": answer.file_name if answer else "",
    }


def _referees(candidacy: Candidacy) -> list[dict[str, Any]]:
    """As the candidate named them; what they answered is theirs to show."""
    return [
        {
            "name": one.referee.name,
            "mail_address": one.referee.email,
            "relation": one.referee.relation,
            "where": one.together.employer,
            "from": one.together.began.isoformat(),
            "until": one.together.ended.isoformat() if one.together.ended else None,
            "released_at": _at(one.referee.released_at),
        }
        for one in selectors.referees_of(candidacy)
    ]


def _ties(candidacy: Candidacy) -> list[dict[str, Any]]:
    """What was noted of where they have worked and the like; people in it are not named here."""
    return [
        {
            "at": _at(tie.at),
            "kind": tie.kind,
            "firm": other.name if other.is_firm else "",
            "began_on": tie.began_on.isoformat() if tie.began_on else None,
            "ended_on": tie.ended_on.isoformat() if tie.ended_on else None,
            "source": tie.source,
            "document": tie.document,
        }
        for tie, other in ties_about(candidacy)
    ]


def _challenges(candidacy: Candidacy) -> list[dict[str, Any]]:
    """What they have had against an assessor who was proposed, and the answer."""
    return [
        {
            "at": _at(own.at),
            "assessor": one.proposal.assessor.name,
            "words": step_words(own),
            "answer": step_words(answer) if answer else "",
        }
        for one in proposed_to(candidacy)
        if (own := one.own(candidacy, {StepKind.CHALLENGED})) is not None
        for answer in [one.own(candidacy, DECISIONS)]
    ]


def _meetings(candidacy: Candidacy) -> list[dict[str, Any]]:
    return [
        {
            "purpose": talk.meeting.purpose,
            "offered": [_at(offer.time.starts_at) for offer in talk.offers],
            "chosen": _at(talk.chosen.time.starts_at if talk.chosen else None),
            "place": talk.chosen.place if talk.chosen else "",
        }
        for talk in selectors.talks_of(candidacy)
    ]


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
