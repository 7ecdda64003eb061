"""The answer to a fact that a candidate says is wrong in the report."""

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import canonical_json, record_event
from second_opinion.candidates import policies, selectors
from second_opinion.candidates.errors import NotAskedError
from second_opinion.candidates.models import Correction, Reply
from second_opinion.candidates.services.rows import keep, locked_row, tell_candidate, tidied
from second_opinion.candidates.states import ReplyKind


@transaction.atomic
def answer_correction(
    *,
    actor: Person,
    reply: Reply,
    is_accepted: bool,
    reason: str,
    stated: str = "",
    correct: str = "",
) -> Correction:
    """Accept a correction or say why not, once; the candidate and the report's readers see it.

    Where it is accepted, what stood and how it is are both kept. No finding changes by it.
    """
    candidacy = locked_row(reply.candidacy)
    require(policies.may_attend(actor, candidacy))
    if reply.kind != ReplyKind.FACTS:
        raise NotAskedError(_("This is a comment: it goes along with the report as it is."))
    said = {"reason": tidied(reason, what=_("why")), "stated": "", "correct": ""}
    if is_accepted:
        said["stated"] = tidied(stated, what=_("what stood before"))
        said["correct"] = tidied(correct, what=_("how it is"))
    words = canonical_json(said).decode()
    given = Correction.objects.filter(reply=reply).select_related("candidacy__case").first()
    if given is not None:
        if given.is_accepted is is_accepted and selectors.same_words(given, words):
            return given
        raise NotAskedError(
            _("This correction has been answered already: the candidate may have read it.")
        )
    row = keep(
        Correction(candidacy=candidacy, reply=reply, is_accepted=is_accepted, author=actor), words
    )
    record_event(
        actor=actor,
        verb="correction.answered",
        subject=row,
        case=candidacy.case,
        details={"candidacy": candidacy.pseudonym, "accepted": is_accepted},
    )
    tell_candidate(candidacy, author=actor)
    return row
