"""The parts of an order, and what each of them still lacks before it can be sent."""

from collections.abc import Callable, Iterable, Mapping

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from second_opinion.cases.models import Case, Criterion
from second_opinion.cases.selectors.flags import WEIGHT_TOLERANCE, weights_do_not_sum
from second_opinion.cases.selectors.orders import order_of
from second_opinion.cases.selectors.profile import FEWEST_LEVELS, current_profile


class OrderPart(TextChoices):
    """The pages of a guided order, in their order."""

    ROLE = "role", gettext_lazy("The role")
    CANDIDATES = "candidates", gettext_lazy("The finalists")
    WHY = "why", gettext_lazy("Why a second opinion")
    QUESTIONS = "questions", gettext_lazy("What you still do not know")
    BELIEF = "belief", gettext_lazy("If you had to decide today")
    PROFILE = "profile", gettext_lazy("What the role requires")
    DECIDERS = "deciders", gettext_lazy("Who decides")
    TERMS = "terms", gettext_lazy("Terms")


def missing_of(case: Case) -> dict[OrderPart, list[str]]:
    """Sentences by part; a part that is complete has an empty list."""
    return {part: _MISSING[part](case) for part in OrderPart}


def missing_for_worth(case: Case) -> dict[OrderPart, list[str]]:
    """What must be written before the worth of the order can be reckoned; only parts that lack."""
    has_stakes = case.yearly_pay or case.cost_of_wrong_hire
    found = {
        OrderPart.CANDIDATES: _sentences(
            (
                not case.candidacies.filter(withdrawn_at__isnull=True).exists(),
                _("Name at least one finalist."),
            )
        ),
        OrderPart.BELIEF: _of_belief(case),
        OrderPart.TERMS: _sentences(
            (case.price is None, _("Give the price of one opinion on one candidate.")),
            (
                not has_stakes,
                _("Give the yearly pay of the role, or what a wrong hire would cost."),
            ),
        ),
    }
    return {part: sentences for part, sentences in found.items() if sentences}


def _of_role(case: Case) -> list[str]:
    return _sentences(
        (not case.role.strip(), _("Name the role.")),
        (
            not order_of(case).role_preview.strip(),
            _("Describe the role as it is, its hard sides too: the candidates will read it."),
        ),
    )


def _of_candidates(case: Case) -> list[str]:
    return _sentences(
        (not case.candidacies.exists(), _("Name at least one finalist.")),
        (
            not order_of(case).how_chosen.strip(),
            _("Say how the finalists were found and chosen: each of them has a right to know."),
        ),
    )


def _of_why(case: Case) -> list[str]:
    return _sentences(
        (not order_of(case).why.strip(), _("Say in your own words why you want a second opinion."))
    )


def _of_questions(case: Case) -> list[str]:
    return _sentences(
        (
            not case.open_questions.exists(),
            _("Put at least one open question: what do you still not know?"),
        ),
        (
            not order_of(case).competence_lacking.strip(),
            _("Say which competence you cannot judge yourselves, or that there is none."),
        ),
    )


def _of_belief(case: Case) -> list[str]:
    return [
        _("Answer for %(candidate)s.") % {"candidate": candidacy.name}
        for candidacy in case.candidacies.filter(belief__isnull=True)
    ]


def _of_deciders(case: Case) -> list[str]:
    return _sentences(
        (
            not case.deciders.exists(),
            _("Name at least one decider: the criteria need somebody's approval."),
        )
    )


def _of_terms(case: Case) -> list[str]:
    return _sentences(
        (case.due_on <= timezone.localdate(), _("Choose a due date that lies ahead."))
    )


def missing_of_profile(case: Case) -> list[str]:
    """What the newest version lacks before an order can be sent with it."""
    profile = current_profile(case)
    criteria = list(profile.criteria.all()) if profile else []
    if not criteria:
        return [_("Write at least one criterion.")]
    total = sum(criterion.weight for criterion in criteria)
    wrong_sum = [weights_do_not_sum(total)] if abs(total - 100) > WEIGHT_TOLERANCE else []
    return wrong_sum + [sentence for one in criteria for sentence in _missing_of_criterion(one)]


def _missing_of_criterion(criterion: Criterion) -> Iterable[str]:
    lacks = [
        (not criterion.reason.strip(), _("why the job demands it")),
        (not criterion.methods, _("a method that measures it")),
        (len(criterion.anchors) < FEWEST_LEVELS, _("at least three described levels")),
    ]
    missing = [words for is_missing, words in lacks if is_missing]
    if missing:
        yield _("%(criterion)s lacks %(what)s.") % {
            "criterion": criterion.name,
            "what": ", ".join(missing),
        }


def _sentences(*pairs: tuple[bool, str]) -> list[str]:
    return [sentence for is_missing, sentence in pairs if is_missing]


_MISSING: Mapping[OrderPart, Callable[[Case], list[str]]] = {
    OrderPart.ROLE: _of_role,
    OrderPart.CANDIDATES: _of_candidates,
    OrderPart.WHY: _of_why,
    OrderPart.QUESTIONS: _of_questions,
    OrderPart.BELIEF: _of_belief,
    OrderPart.PROFILE: missing_of_profile,
    OrderPart.DECIDERS: _of_deciders,
    OrderPart.TERMS: _of_terms,
}
