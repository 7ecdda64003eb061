"""What an author writes of the candidates, kept at every save; and who is the author."""

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import canonical_json, encrypt, record_event
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import remaining_candidacies_of
from second_opinion.cases.services import write_letter
from second_opinion.cases.states import LetterKind
from second_opinion.ingest.case_file import MOST_REASONS, WrittenEntry, written_as_dict
from second_opinion.reports import policies, selectors
from second_opinion.reports.errors import DraftError
from second_opinion.reports.models import AuthorNaming, DraftSave
from second_opinion.reports.selectors.drafts import draft_label

SCHEMA = "second-opinion/draft/1"
MOST_CHARACTERS = 2_000
"""Of one sentence: nobody writes so long a one, and page one has no room for it."""


@transaction.atomic
def save_draft(
    *, actor: Person, case: Case, written: WrittenEntry, based_on: int | None = None
) -> DraftSave | None:
    """Keep what is written of one candidate in one language, beside what was written of others.

    based_on : the number of the save that the writer saw; where somebody has changed the same
        words since, nothing is kept
    Nothing new makes no save; None where there never was any.
    """
    case = _locked_case(case)
    require(policies.may_write_draft(actor, case))
    _require_possible(written, case)
    saves = selectors.saves_of(case)
    kept = selectors.written_for(case)
    now = _own(kept, written)
    if written == now or (now is None and written.is_empty):
        return saves[0] if saves else None
    if based_on is not None:
        seen = next((one for one in saves if one.number == based_on), None)
        if now != _own(() if seen is None else selectors.written_in(seen), written):
            raise DraftError(
                _(
                    "%(who)s has changed the same page since you opened it. Nothing was saved; "
                    "what you wrote stands below. Open the page anew beside it, and bring the two "
                    "together."
                )
                % {"who": saves[0].author}
            )
    others = [one for one in kept if one != now]
    return _keep([*others, *([] if written.is_empty else [written])], case=case, actor=actor)


@transaction.atomic
def name_author(*, actor: Person, case: Case, author: Person | None) -> None:
    """An assessor who is to write and sign from now on, and is mailed so.

    None gives it back to the coordinators.
    """
    case = _locked_case(case)
    require(policies.may_name_author(actor, case))
    if author is not None and author not in selectors.possible_authors(case):
        raise DraftError(
            _("%(person)s has sealed no opinion for %(provider)s in this case.")
            % {"person": author, "provider": case.provider}
        )
    if selectors.named_author(case) == author:
        return
    if author is not None:
        write_letter(case=case, kind=LetterKind.AUTHOR, reader=author, author=actor)
    naming = AuthorNaming.objects.create(case=case, author=author, named_by=actor)
    details = {"case": case.pseudonym}
    if naming.author is not None:
        details["author"] = naming.author.pseudonym
    record_event(actor=actor, verb="report.author_named", subject=case, case=case, details=details)


def _keep(written: Sequence[WrittenEntry], *, case: Case, actor: Person) -> DraftSave:
    pseudonym = uuid.uuid4()
    content = {"schema": SCHEMA, "written": [written_as_dict(one) for one in written]}
    newest = case.draft_saves.order_by("number").last()
    save = DraftSave.objects.create(
        pseudonym=pseudonym,
        case=case,
        number=1 if newest is None else newest.number + 1,
        content=encrypt(canonical_json(content), case=case, label=draft_label(pseudonym)),
        author=actor,
    )
    record_event(
        actor=actor,
        verb="report.draft_saved",
        subject=save,
        case=case,
        details={"case": case.pseudonym, "number": save.number},
    )
    return save


def _own(written: Sequence[WrittenEntry], of: WrittenEntry) -> WrittenEntry | None:
    for one in written:
        if (one.candidate, one.language) == (of.candidate, of.language):
            return one
    return None


def _require_possible(written: WrittenEntry, case: Case) -> None:
    if written.candidate not in {one.name for one in remaining_candidacies_of(case)}:
        raise DraftError(_("%(name)s is no candidate in this case.") % {"name": written.candidate})
    if max(len(written.reasons), len(written.risks)) > MOST_REASONS:
        raise DraftError(
            _("Page one has room for %(most)s reasons and as many risks.") % {"most": MOST_REASONS}
        )
    texts = [text for one in written.sentences for text in (one.text, one.condition)]
    if any(len(text) > MOST_CHARACTERS for text in texts):
        raise DraftError(
            _("A sentence is longer than %(most)s characters. Nothing was saved.")
            % {"most": MOST_CHARACTERS}
        )
    if written.override is not None and not written.override.reason:
        raise DraftError(_("Another conclusion than the rule's needs its reason."))
    if any(not one.condition for one in written.risks):
        raise DraftError(
            _("Say of each risk when it bites: a risk without its condition is a verdict.")
        )


def _locked_case(case: Case) -> Case:
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("client", "provider", "orderer", "coordinator")
        .get(pk=case.pk)
    )
