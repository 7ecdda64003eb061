"""Where a candidate or the client says how they know who is to assess: form, lines, sending."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from second_opinion.accounts.models import Person
from second_opinion.cases.models import Candidacy
from second_opinion.panels.errors import TieError
from second_opinion.panels.selectors import ties_told_by
from second_opinion.panels.selectors.proposals import Standing, step_words
from second_opinion.panels.services import ToldTie
from second_opinion.panels.states import Ending, TieKind
from second_opinion.web.pages.ending_form import EndingForm
from second_opinion.web.ties import line_of_tie

# The kinds of ties, as somebody says of themselves how they know an assessor.
KNOWN_HOW = {
    TieKind.EMPLOYMENT: gettext_lazy("We work, or have worked, together or for each other"),
    TieKind.REPORTING_LINE: gettext_lazy("One of us is, or was, the other’s manager"),
    TieKind.OWNERSHIP: gettext_lazy("We own something together, or one of us pays the other"),
    TieKind.FAMILY: gettext_lazy("We are family or close friends"),
    TieKind.CO_FOUNDER: gettext_lazy("We founded a firm together"),
    TieKind.REFEREE: gettext_lazy("One of us is the other’s referee"),
    TieKind.REFERRED_BY: gettext_lazy("One of us recommended the other"),
    TieKind.PLACED_BY: gettext_lazy("One of us found the other a job"),
    TieKind.RIVAL: gettext_lazy("We are after the same job"),
    TieKind.TRAINED_BY: gettext_lazy("One of us trained or supervised the other"),
    TieKind.EACH_OTHERS_CASES: gettext_lazy("We assess in each other’s cases"),
}


class KnownForm(EndingForm):
    """How a candidate, or somebody at the client, knows who is proposed: of the same kinds."""

    document = None  # type: ignore[assignment]  # nobody asks them for papers
    kind = forms.TypedChoiceField(
        choices=[(kind.value, words) for kind, words in KNOWN_HOW.items()],
        coerce=TieKind,
        label=gettext_lazy("How do you know each other?"),
    )
    words = forms.CharField(
        required=False,
        max_length=2000,
        label=gettext_lazy("In a few words, if you like"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ("kind", "ending", "began_on", "ended_on", "words")

    def told(self) -> ToldTie:
        sent = self.cleaned_data
        return ToldTie(
            kind=sent["kind"],
            ending=Ending(sent["ending"]),
            began_on=sent["began_on"],
            ended_on=sent["ended_on"],
            words=sent["words"],
        )


@dataclass(frozen=True, slots=True)
class Telling:
    """told : the reader's own lines, each with their words; form : None where it is too late"""

    told: tuple[tuple[str, str], ...]
    form: KnownForm | None


def telling_of(
    standing: Standing, teller: Candidacy | Person, *, may_tell: bool, sent: Mapping[str, str]
) -> Telling:
    own = ties_told_by(teller, standing.proposal.assessor)
    lines = tuple((line_of_tie(tie), step_words(tie.told_in) if tie.told_in else "") for tie in own)
    return Telling(lines, _form(standing, sent) if may_tell else None)


def tell(
    standings: Iterable[Standing],
    sent: Mapping[str, str],
    keep: Callable[[Standing, ToldTie], object],
) -> None:
    """Keep what was sent of the proposal that it names.

    Raises
    ------
    TieError : it names none, or does not say how they know each other
    """
    for standing in standings:
        if str(standing.proposal.pseudonym) == sent.get("proposal"):
            form = _form(standing, sent)
            if not form.is_valid():
                raise TieError(
                    _("Say how you know each other and whether it still holds. Nothing was sent.")
                )
            keep(standing, form.told())
            return
    raise TieError(_("That person is not proposed any more. Nothing was sent."))


def _form(standing: Standing, sent: Mapping[str, str]) -> KnownForm:
    key = str(standing.proposal.pseudonym)
    is_of_it = sent.get("proposal") == key and sent.get("act") == "tell"
    return KnownForm(sent if is_of_it else None, auto_id=f"id_{key}_%s")
