from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class TieKind(TextChoices):
    """What ties two people, a person and a firm, or two firms."""

    EMPLOYMENT = "employment", _("employment")
    REPORTING_LINE = "reporting_line", _("one reports to the other")
    OWNERSHIP = "ownership", _("ownership, a seat on the board, or a fee")
    FAMILY = "family", _("family or close friend")
    CO_FOUNDER = "co_founder", _("founded a firm together")
    REFEREE = "referee", _("one is the other’s referee")
    REFERRED_BY = "referred_by", _("one recommended the other")
    PLACED_BY = "placed_by", _("one placed the other, or people there, in a job")
    RIVAL = "rival", _("rivals for the same job")
    TRAINED_BY = "trained_by", _("one trained or supervised the other")
    EACH_OTHERS_CASES = "each_others_cases", _("they assess in each other’s cases")


class FoundTie(TextChoices):
    """What nobody has to declare: it stands in the register already."""

    BUYS_FROM = "buys_from", _("orders assessments from")
    CANDIDATE_AT = "candidate_at", _("was a candidate there")
    MAIL_DOMAIN = "mail_domain", _("has a mail address there")


class Source(TextChoices):
    """Who says so."""

    ASSESSOR = "assessor", _("the assessor")
    CANDIDATE = "candidate", _("the candidate")
    CLIENT = "client", _("the client")
    COORDINATOR = "coordinator", _("the coordinator, from documents")


class Side(TextChoices):
    """Towards whom an assessor has to be free."""

    CANDIDATE = "candidate", _("the candidates")
    CLIENT = "client", _("the client")
    FIRST_ASSESSOR = "first_assessor", _("those who gave the client’s own opinion")


class Ending(TextChoices):
    """Whether a tie still holds."""

    HOLDS = "holds", _("it still holds")
    ENDED = "ended", _("it has ended")
    UNKNOWN = "unknown", _("not known")


class RulingOutcome(TextChoices):
    """What a person decided of what was found."""

    CLEARED = "cleared", _("no conflict of interest")
    UPHELD = "upheld", _("a conflict of interest")


# Nobody can reason these away where they tie the assessor and the other side directly.
NEVER_CLEARED = frozenset({TieKind.FAMILY, TieKind.OWNERSHIP, TieKind.RIVAL})


class Proof(TextChoices):
    """The strongest proof there is of one competence; the engine's words for it."""

    CASES = "cases", _("past cases")
    CERTIFICATE = "certificate", _("certificate")
    EMPLOYMENT = "employment", _("employment")
    PUBLICATION = "publication", _("publication")
    DECLARED = "declared", _("own word only")


class Level(IntegerChoices):
    """How far a competence reaches."""

    BASIC = 1, _("knows the basics")
    WORKING = 2, _("works with it")
    SKILLED = 3, _("is skilled")
    EXPERT = 4, _("is an expert")


class LanguageLevel(TextChoices):
    """How far somebody has a language."""

    NATIVE = "native", _("grew up with it")
    WORKS = "works", _("works in it")
    READS = "reads", _("reads it")


# Enough to assess in a language; to read it is not.
WORKS_IN = frozenset({LanguageLevel.NATIVE, LanguageLevel.WORKS})


class StepKind(TextChoices):
    """What can happen to a proposal."""

    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    CHALLENGED = "challenged", _("challenged by a candidate")
    TIED = "tied", _("a candidate or the client has declared a tie")
    UPHELD = "upheld", _("the challenge was upheld")
    DISMISSED = "dismissed", _("the challenge was dismissed")


class DeclineReason(TextChoices):
    """Why an assessor declines, in one click; their own words may be added."""

    NO_TIME = "no_time", _("I have no time then")
    CONFLICT = "conflict", _("I know somebody in it")
    NOT_MY_FIELD = "not_my_field", _("It is not my field")
    OTHER = "other", _("Something else")


# Nothing more happens to a proposal after these.
PROPOSAL_ENDS = frozenset({StepKind.DECLINED, StepKind.WITHDRAWN, StepKind.UPHELD})
