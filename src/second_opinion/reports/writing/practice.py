"""The words of a practice case: every name in it says that it is made up."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from second_opinion.cases.states import Method
from second_opinion.ingest.case_file import CriterionEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is written in a practice case, in one language."""

    mark: str
    client: str
    orderer: str
    coordinator: str
    assessor: str
    candidate: str
    role: str
    preview: str
    why: str
    how_chosen: str
    questions: tuple[str, ...]
    criteria: tuple[CriterionEntry, ...]
    reason: str
    methods: tuple[Method, ...]
    notice: str
    evidence: str
    conclusion: str
    decision: str


def practice_words(language: str) -> Told:
    with translation.override(language):
        return Told(
            mark=_("PRACTICE"),
            client=_("Practice client (made up)"),
            orderer=_("Orderer (made up)"),
            coordinator=_("Coordinator (made up)"),
            assessor=_("Assessor (made up)"),
            candidate=_("Kim Karlsson (made up)"),
            role=_("Practice: head of purchasing"),
            preview=_("Twelve buyers, two of them new, and suppliers in five countries."),
            why=_("This is practice. We know too little about how Kim leads others."),
            how_chosen=_("Nobody was chosen: the candidate is made up."),
            questions=(_("How does the candidate lead those who know more than they do?"),),
            criteria=_criteria(),
            reason=_("The role leads through others."),
            methods=(Method.INTERVIEW, Method.REFERENCE),
            notice=_("Practice: a made-up candidate has read this."),
            evidence=_("Practice: told of a team that was split, and what was done about it."),
            conclusion=_("Practice: the evidence speaks for the candidate."),
            decision=_("Practice: the made-up client is convinced."),
        )


def _criteria() -> tuple[CriterionEntry, ...]:
    return (
        CriterionEntry(
            name=_("Leads through others"),
            weight=60.0,
            minimum=2.0,
            anchors={
                1.0: _("Gives orders, and does the rest alone."),
                3.0: _("Shares out the work, and follows it up."),
                5.0: _("Makes others grow, and gets results through them."),
            },
        ),
        CriterionEntry(
            name=_("Judges soundly"),
            weight=40.0,
            anchors={
                1.0: _("Decides on the first impression."),
                3.0: _("Weighs what speaks for and against."),
                5.0: _("Seeks what would prove it wrong before deciding."),
            },
        ),
    )
