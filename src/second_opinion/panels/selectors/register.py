"""Everybody a check for conflicts of interest knows, and all that ties them.

Ties are found (memberships, orders, earlier candidacies, mail domains) or were declared. Names
are compared by `analysis`; here every entry stands by itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, F, Max, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from second_opinion.accounts.models import Membership, Organisation, Person
from second_opinion.accounts.selectors import OPEN_TO_ANYBODY
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.states import IS_OVER, CaseState
from second_opinion.panels.models import Party, Tie
from second_opinion.panels.selectors.ties import current_ties, tie_rule_of
from second_opinion.panels.states import Ending, FoundTie, Side, TieKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A person or a firm as one entry knows them. key : the same in every check."""

    key: str
    name: str
    is_firm: bool = False
    former: tuple[str, ...] = ()
    mail: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTie:
    """one, other : keys of entries; ended_on : where it has ended

    began_on : where that is known; document : what shows it, where somebody has said
    """

    key: str
    kind: TieKind | FoundTie
    one: str
    other: str
    ending: Ending = Ending.HOLDS
    began_on: date | None = None
    ended_on: date | None = None
    document: str = ""


@dataclass(slots=True)
class Known:
    entries: dict[str, Entry] = field(default_factory=dict)
    ties: list[KnownTie] = field(default_factory=list)

    def add(self, entry: Entry) -> str:
        self.entries.setdefault(entry.key, entry)
        return entry.key


def known_of(case: Case, people: Iterable[Person], *, beside: Sequence[KnownTie] = ()) -> Known:
    """What the provider's register knows around a case.

    people : assessors, and those who gave the client's own opinion
    beside : ties that only a higher room knows, between people
    """
    people = list(people)
    known = Known()
    organisations = _organisations(case, people)
    for organisation in organisations:
        known.add(entry_of_organisation(organisation))
    for one in (*people, case.orderer, *cases.deciders_of(case)):
        known.add(entry_of_person(one))
    _memberships(known, case, organisations)
    for candidacy in case.candidacies.all():
        known.add(entry_of_candidacy(candidacy))
    _earlier_candidacies(known, case)
    _orders(known, case, organisations)
    for tie in current_ties(case.provider, of=people):
        known.ties.append(_declared(known, tie))
    known.ties += [tie for tie in beside if {tie.one, tie.other} <= known.entries.keys()]
    known.ties += list(_mail_domains(known, case, organisations))
    return known


def sides_of(case: Case, first_assessors: Iterable[Person]) -> dict[Side, list[str]]:
    """Keys of those towards whom an assessor has to be free."""
    people = (case.orderer, *cases.deciders_of(case))
    client = [] if case.client_id == case.provider_id else [f"organisation:{case.client_id}"]
    remaining = cases.remaining_candidacies_of(case)
    return {
        Side.CANDIDATE: [f"candidacy:{candidacy.pk}" for candidacy in remaining],
        Side.CLIENT: client + [f"person:{person.pk}" for person in people],
        Side.FIRST_ASSESSOR: [f"person:{person.pk}" for person in first_assessors],
    }


def employments_at(provider: Organisation, people: Iterable[Person]) -> dict[int, list[Entry]]:
    """By key of the person, firms where a declared tie says that they work, or did of late.

    Not those that ended before the look-back. In one query for the ties, however many people.
    """
    since = timezone.localdate() - timedelta(days=round(365.25 * tie_rule_of(provider).years))
    wanted = {person.pk for person in people}
    found: dict[int, list[Entry]] = {}
    for tie in current_ties(provider, of=people).filter(kind=TieKind.EMPLOYMENT):
        if tie.ended_on is not None and tie.ended_on < since:
            continue
        for one, other in ((tie.one, tie.other), (tie.other, tie.one)):
            entry = entry_of_party(other)
            if one.person_id in wanted and one.person_id is not None and entry.is_firm:
                found.setdefault(one.person_id, []).append(entry)
    return found


def entry_of_person(person: Person) -> Entry:
    return Entry(key=f"person:{person.pk}", name=person.name, mail=person.email)


def entry_of_organisation(organisation: Organisation) -> Entry:
    return Entry(
        key=f"organisation:{organisation.pk}",
        name=organisation.name,
        is_firm=True,
        number=organisation.registry_number,
    )


def entry_of_candidacy(candidacy: Candidacy) -> Entry:
    return Entry(key=f"candidacy:{candidacy.pk}", name=candidacy.name, mail=candidacy.email)


def entry_of_party(party: Party) -> Entry:
    if party.person:
        return entry_of_person(party.person)
    if party.organisation:
        return entry_of_organisation(party.organisation)
    if party.candidacy:
        return entry_of_candidacy(party.candidacy)
    return Entry(
        key=f"party:{party.respells_id or party.pk}",
        name=party.name,
        is_firm=party.is_firm,
        former=tuple(name.strip() for name in party.former_names.split(",") if name.strip()),
        mail=party.mail,
        number=party.registry_number,
    )


def _organisations(case: Case, people: Sequence[Person]) -> list[Organisation]:
    """The case's own two, those that its provider works for, and where the people belong."""
    return list(
        Organisation.objects.filter(
            Q(pk__in=[case.client_id, case.provider_id])
            | Q(entered_by=case.provider_id)
            | Q(ordered_cases__provider=case.provider_id)
            | Q(memberships__person__in=people)
        )
        .distinct()
        .order_by("pk")
    )


def _memberships(known: Known, case: Case, organisations: Sequence[Organisation]) -> None:
    """Who has a role somewhere works there; within one organisation that ties nobody."""
    memberships = Membership.objects.filter(
        organisation__in=organisations, person__is_active=True
    ).select_related("person")
    if case.client_id == case.provider_id:
        memberships = memberships.exclude(organisation=case.client_id)
    for person, organisation in dict.fromkeys(
        (one.person, one.organisation_id) for one in memberships.order_by("pk")
    ):
        known.ties.append(
            KnownTie(
                key=f"membership:{person.pk}:{organisation}",
                kind=TieKind.EMPLOYMENT,
                one=known.add(entry_of_person(person)),
                other=f"organisation:{organisation}",
            )
        )


def _earlier_candidacies(known: Known, case: Case) -> None:
    """An assessor may have been a candidate here once."""
    others = Candidacy.objects.filter(
        cases.is_real("case__"), case__provider=case.provider_id
    ).exclude(case=case)
    others = others.exclude(case__state=CaseState.DRAFT).exclude(_long_over(case, "case__"))
    rows = others.annotate(since=Coalesce("case__state_since", "case__ordered_at")).values_list(
        "pk", "name", "email", "case__client_id", "case__state", "since"
    )
    for key, name, email, client, state, since in rows.order_by("pk"):
        is_over = state in IS_OVER
        known.ties.append(
            KnownTie(
                key=f"candidate:{key}",
                kind=FoundTie.CANDIDATE_AT,
                one=known.add(Entry(key=f"candidacy:{key}", name=name, mail=email)),
                other=f"organisation:{client}",
                ending=Ending.ENDED if is_over else Ending.HOLDS,
                ended_on=since.date() if is_over else None,
            )
        )


def _orders(known: Known, case: Case, organisations: Sequence[Organisation]) -> None:
    """Who orders from whom, once however often; but for the two of this case, which has to be."""
    orders = Case.objects.filter(
        cases.is_real(), client__in=organisations, provider__in=organisations
    ).exclude(client=case.client_id, provider=case.provider_id)
    orders = orders.exclude(client=F("provider")).exclude(state=CaseState.DRAFT)
    pairs = orders.exclude(_long_over(case)).order_by().values_list("client_id", "provider_id")
    since = Coalesce("state_since", "ordered_at")
    rows = pairs.annotate(open=Count("pk", filter=~Q(state__in=IS_OVER)), latest=Max(since))
    for client, provider, still_open, latest in rows.order_by("client_id", "provider_id"):
        known.ties.append(
            KnownTie(
                key=f"orders:{client}:{provider}",
                kind=FoundTie.BUYS_FROM,
                one=f"organisation:{client}",
                other=f"organisation:{provider}",
                ending=Ending.HOLDS if still_open else Ending.ENDED,
                ended_on=None if still_open else latest.date(),
            )
        )


def _long_over(case: Case, prefix: str = "") -> Q:
    """What ended before the look-back ties nobody, and need not be read."""
    since = timezone.now() - timedelta(days=366 * tie_rule_of(case.provider).years)
    return Q(**{f"{prefix}state__in": IS_OVER, f"{prefix}state_since__lt": since})


def _declared(known: Known, tie: Tie) -> KnownTie:
    return KnownTie(
        key=f"tie:{(tie.stands_for or tie).pseudonym}",
        kind=TieKind(tie.kind),
        one=known.add(entry_of_party(tie.one)),
        other=known.add(entry_of_party(tie.other)),
        ending=Ending(tie.ending),
        began_on=tie.began_on,
        ended_on=tie.ended_on,
        document=tie.document,
    )


def _mail_domains(
    known: Known, case: Case, organisations: Sequence[Organisation]
) -> Iterator[KnownTie]:
    """An address at an organisation is a sign that one works there, and no more than a sign.

    The provider's own domain tells nothing: its people have their mail there.
    """
    own = set(case.provider.mail_domains.split())
    owner = {
        domain: organisation.pk
        for organisation in organisations
        for domain in organisation.mail_domains.split()
        if domain not in OPEN_TO_ANYBODY | own
    }
    tied = {(tie.one, tie.other) for tie in known.ties}
    for entry in known.entries.values():
        domain = entry.mail.casefold().rpartition("@")[2]
        there = f"organisation:{owner.get(domain)}"
        if entry.is_firm or domain not in owner or (entry.key, there) in tied:
            continue
        yield KnownTie(
            key=f"domain:{entry.key}:{domain}",
            kind=FoundTie.MAIL_DOMAIN,
            one=entry.key,
            other=there,
        )
