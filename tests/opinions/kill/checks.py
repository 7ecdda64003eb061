"""What must hold after every kill, asked of the database by a process that was not killed."""

from collections import Counter

from second_opinion.audit.analysis.canonical import canonical_json
from second_opinion.audit.analysis.log_tree import entry_of
from second_opinion.audit.analysis.verification import verify_receipt
from second_opinion.audit.models import Event
from second_opinion.cases.models import Case, CaseTransition
from second_opinion.cases.states import IS_OPENED, CaseState
from second_opinion.cli.doctor.records import record_findings
from second_opinion.engine.sealing import Frontier, leaf_hash
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.selectors import content_of, contents_visible_to, receipt_for


def faults(receipts, drafts, *, thoroughly):
    """Sentences; none is the only right answer."""
    found = [*_half_sealed(), *_half_opened(), *_receipts_not_kept(receipts), *_lost(drafts)]
    if thoroughly:
        found += [finding.problem for finding in record_findings()]
        found += [*_readable_early(), *_another_log(receipts)]
    return found


def _half_sealed():
    sealed = dict(
        Opinion.objects.filter(sealed_at__isnull=False).values_list("pseudonym", "commitment")
    )
    events = list(Event.objects.filter(verb="opinion.sealed"))
    noted = {event.subject: event.details["commitment"] for event in events}
    if noted != sealed or len(events) != len(sealed):
        yield f"{len(sealed)} opinions are sealed, and the log holds {len(events)} seals."


def _half_opened():
    """A case is opened, moved and logged once, or not at all."""
    opened = Counter(Case.objects.filter(state__in=IS_OPENED).values_list("pseudonym", flat=True))
    steps = Counter(
        CaseTransition.objects.filter(target=CaseState.OPENED).values_list(
            "case__pseudonym", flat=True
        )
    )
    moves = Event.objects.filter(verb="case.moved", details__target=CaseState.OPENED.value)
    logged = Counter(moves.values_list("subject", flat=True))
    if not opened == steps == logged:
        yield f"{len(opened)} cases are opened; {len(steps)} steps and {len(logged)} events say so."


def _receipts_not_kept(receipts):
    by_position = {event.position: event for event in Event.objects.filter(verb="opinion.sealed")}
    for receipt in receipts:
        refuted = verify_receipt(receipt).refuted
        if refuted:
            yield refuted[0]
        event = by_position.get(receipt["entry"]["position"])
        if event is None or entry_of(event) != receipt["entry"]:
            yield f"A receipt was given for event {receipt['entry']['position']}, which is gone."


def _lost(drafts):
    """What was said to be saved is there, word for word."""
    latest = {draft["opinion"]: draft["conclusion"] for draft in drafts}
    saved = Opinion.objects.filter(pseudonym__in=latest).select_related("candidacy__case")
    found = {str(opinion.pseudonym): content_of(opinion).conclusion for opinion in saved}
    earlier = {draft["conclusion"] for draft in drafts} - set(latest.values())
    for pseudonym in latest:
        # A later draft may have been committed and its writer killed before the note.
        if not found.get(pseudonym, "") or found[pseudonym] in earlier:
            yield f"Opinion {pseudonym} is not what was saved."


def _readable_early():
    for case in Case.objects.exclude(state__in=IS_OPENED).select_related("provider"):
        readable = [one for one, _ in contents_visible_to(case.coordinator, case=case)]
        opinions = Opinion.objects.filter(candidacy__case=case).select_related("assessor")
        for opinion in opinions:
            seen = contents_visible_to(opinion.assessor, case=case)
            readable += [one for one, _ in seen if one.assessor_id != opinion.assessor_id]
            receipt = receipt_for(opinion.assessor, opinion)
            if receipt and "opened" in receipt:
                readable.append(opinion)
        if readable:
            yield f"Case {case.pseudonym}: an opinion can be read before the opening."


def _another_log(receipts):
    """The head that each receipt names is one that today's log has had."""
    heads = {receipt["size"]: receipt["root"] for receipt in receipts}
    frontier = Frontier()
    for event in Event.objects.iterator():
        frontier, _ = frontier.with_leaf(leaf_hash(canonical_json(entry_of(event))))
        if heads.get(frontier.size, frontier.root.hex()) != frontier.root.hex():
            yield f"A receipt names a head of {frontier.size} events that the log never had."
