from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class CaseState(TextChoices):
    DRAFT = "draft", _("being written")
    ORDERED = "ordered", _("ordered")
    PROFILE_LOCKED = "profile_locked", _("requirement profile locked")
    IN_ASSESSMENT = "in_assessment", _("in assessment")
    OPENED = "opened", _("opened")
    REPORTED = "reported", _("reported")
    DECIDED = "decided", _("decided")
    CLOSED = "closed", _("closed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DECLINED = "declined", _("declined")


TRANSITIONS: Mapping[CaseState, frozenset[CaseState]] = MappingProxyType(
    {
        CaseState.DRAFT: frozenset({CaseState.ORDERED, CaseState.WITHDRAWN}),
        CaseState.ORDERED: frozenset(
            {
                CaseState.DRAFT,  # asked back
                CaseState.PROFILE_LOCKED,
                CaseState.DECLINED,
                CaseState.WITHDRAWN,
            }
        ),
        CaseState.PROFILE_LOCKED: frozenset({CaseState.IN_ASSESSMENT, CaseState.WITHDRAWN}),
        CaseState.IN_ASSESSMENT: frozenset({CaseState.OPENED, CaseState.WITHDRAWN}),
        CaseState.OPENED: frozenset({CaseState.REPORTED, CaseState.WITHDRAWN}),
        CaseState.REPORTED: frozenset({CaseState.DECIDED}),
        CaseState.DECIDED: frozenset({CaseState.CLOSED}),
        CaseState.CLOSED: frozenset(),
        CaseState.WITHDRAWN: frozenset(),
        CaseState.DECLINED: frozenset(),
    }
)

HAS_LOCKED_PROFILE = frozenset(CaseState) - {
    CaseState.DRAFT,
    CaseState.ORDERED,
    CaseState.WITHDRAWN,
    CaseState.DECLINED,
}
IS_OPENED = frozenset({CaseState.OPENED, CaseState.REPORTED, CaseState.DECIDED, CaseState.CLOSED})
BEGINS_AS = frozenset({CaseState.DRAFT, CaseState.ORDERED})  # an order entered whole is ordered
CANDIDATES_CAN_WITHDRAW = frozenset(
    {
        CaseState.ORDERED,
        CaseState.PROFILE_LOCKED,
        CaseState.IN_ASSESSMENT,
        CaseState.OPENED,
        CaseState.REPORTED,
    }
)
IS_OVER = frozenset({CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.DECLINED})


def may_become(source: CaseState | str, target: CaseState) -> bool:
    return target in TRANSITIONS[CaseState(source)]


def illegal_move(source: CaseState | str, target: CaseState) -> str:
    """The sentence for a move that the journey does not have."""
    source = CaseState(source)
    allowed = [state.label for state in CaseState if state in TRANSITIONS[source]]
    if not allowed:
        return gettext("This case is %(source)s and stays so: it cannot become %(target)s.") % {
            "source": source.label,
            "target": target.label,
        }
    return gettext(
        "This case is %(source)s and cannot become %(target)s; allowed: %(allowed)s."
    ) % {"source": source.label, "target": target.label, "allowed": ", ".join(map(str, allowed))}


class Part(TextChoices):
    """What a person does in one case; some of these never meet in one person."""

    ORDERER = "orderer", _("orders the case")
    DECIDER = "decider", _("decides in it")
    FIRST_ASSESSOR = "first_assessor", _("gives the client's own opinion")
    COORDINATOR = "coordinator", _("runs the case")
    ASSESSOR = "assessor", _("gives an independent opinion")


class ReportOrder(TextChoices):
    """When the candidate gets a version of the report, against when the client does."""

    CANDIDATE_FIRST = "candidate_first", _("the candidate first")
    SAME_TIME = "same_time", _("both at the same time")


class Method(TextChoices):
    """What can measure a criterion."""

    INTERVIEW = "interview", _("structured interview")
    WORK_SAMPLE = "work sample", _("work sample")
    REFERENCE = "reference", _("references")
    QUESTIONNAIRE = "questionnaire", _("questionnaire")
    TEST = "test", _("test")


class LetterKind(TextChoices):
    """Why somebody who signs in is mailed."""

    ORDER_SENT = "order_sent", _("an order has come in")
    WHY_WANTED = "why_wanted", _("the orderer is asked to say why")
    ASKED_BACK = "asked_back", _("the order was asked back about")
    APPROVAL_WANTED = "approval_wanted", _("the criteria are to be approved")
    APPROVED = "approved", _("all deciders have approved")
    OBJECTED = "objected", _("a decider wants a change")
    ACCEPTED = "accepted", _("the order was accepted")
    DECLINED = "declined", _("the order was declined")
    WITHDRAWN = "withdrawn", _("the case was withdrawn")
    ENGAGED = "engaged", _("an assessment is asked for")
    ALL_SEALED = "all_sealed", _("everything is sealed")
    OPENED = "opened", _("the opinions were opened")
    REPORT = "report", _("a report can be read")
    DECIDED = "decided", _("the client has decided")
    ATTENTION = "attention", _("a candidate has done something")
    SILENT = "silent", _("a candidate has not answered two reminders")
    MEETING = "meeting", _("the time of an interview was chosen or changed")
    DISCUSSION = "discussion", _("there is something new in the discussion")
    ASKED = "asked", _("somebody is asked whether they could assess")
    ANSWERED = "answered", _("somebody who was asked has answered")
    EARLY_ASKED = "early_asked", _("somebody asks to read a sealed opinion early")
    EARLY_READ = "early_read", _("a sealed opinion may be read early")
    AUTHOR = "author", _("somebody is asked to write and sign the report")
    TIE_TOLD = "tie_told", _("a candidate or the client has declared a tie to an assessor")
    ENGAGEMENT_ENDED = "engagement_ended", _("an engagement has ended")


class NextAction(TextChoices):
    """What moves a case on."""

    SUBMIT_ORDER = "submit_order", _("finish the order and send it")
    APPROVE_PROFILE = "approve_profile", _("approve the requirement profile")
    LOCK_PROFILE = "lock_profile", _("lock the requirement profile")
    TELL_CANDIDATES = "tell_candidates", _("tell the candidates what it is about")
    START_ASSESSMENT = "start_assessment", _("start the assessment")
    ENGAGE_ASSESSORS = "engage_assessors", _("engage assessors")
    COLLECT_RESULTS = "collect_results", _("collect the results")
    SEAL_OPINIONS = "seal_opinions", _("seal all opinions")
    OPEN_CASE = "open_case", _("open the opinions")
    RELEASE_REPORT = "release_report", _("write and release the report")
    DECIDE = "decide", _("decide")
    CLOSE_CASE = "close_case", _("close the case")
