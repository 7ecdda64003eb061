"""The people and cases that the page tests walk: two providers, two clients, every role."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.accounts.services import found_organisation, give_role, invite_person
from second_opinion.accounts.states import Role
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import criteria_of
from second_opinion.cases.services import lock_profile, order_case, start_assessment, write_profile
from second_opinion.cases.states import CaseState
from second_opinion.cli.demo.past import as_of
from second_opinion.ingest.case_file import CriterionEntry, RatingEntry
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.selectors import asking_in
from second_opinion.opinions.services import (
    add_remark,
    engage_assessor,
    open_case,
    record_opinion,
    revise_rating,
    seal_opinion,
)
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels import services as panels
from second_opinion.panels.analysis import Around, conflicts_of
from second_opinion.panels.selectors.assessors import Shown, ShownCompetence, Spoken
from second_opinion.panels.selectors.proposals import Need, standing_in
from second_opinion.panels.states import (
    DeclineReason,
    Ending,
    Level,
    Proof,
    RulingOutcome,
    Source,
    TieKind,
)
from second_opinion.reports.services import (
    close_case,
    record_decision,
    release_report,
    release_to_candidates,
    sign_report,
)
from tests import factories

CRITERIA = (
    CriterionEntry(name="Leads through others", weight=40.0, minimum=3.0),
    CriterionEntry(name="Understands the figures", weight=35.0),
    CriterionEntry(name="Handles conflict", weight=25.0),
)
STAGES = (
    CaseState.ORDERED,
    CaseState.PROFILE_LOCKED,
    CaseState.IN_ASSESSMENT,
    CaseState.OPENED,
    CaseState.REPORTED,
    CaseState.DECIDED,
    CaseState.CLOSED,
)
# What no page may show before the opening, wherever it was written.
MARKER = "ZQX-sealed-words"


@dataclass
class Cast:
    coordinator: Person
    orderer: Person
    first_assessor: Person
    second_assessor: Person
    other_coordinator: Person
    other_orderer: Person
    newcomer: Person
    decider: Person

    def order(self, **changes) -> Case:
        order = {
            "actor": self.coordinator,
            "client": self.orderer.memberships.get(role=Role.ORDERER).organisation,
            "provider": self.coordinator.memberships.get(role=Role.COORDINATOR).organisation,
            "orderer": self.orderer,
            "coordinator": self.coordinator,
            "role": "Head of finance, Nordic region",
            "due_on": timezone.localdate() + timedelta(days=10),
            "open_questions": [
                "How does the candidate lead managers who know more than they do?",
                "What happens when the figures and the story do not agree?",
            ],
            "candidates": ["Maja Ek", "Samuel Öberg"],
            "language": "en",
        }
        return order_case(**(order | changes))

    def case_in(self, stage: CaseState, **changes) -> Case:
        """A case that has gone the whole way to a stage, through the services."""
        case = self.order(**changes)
        for reached, advance in (
            (CaseState.PROFILE_LOCKED, self._lock),
            (CaseState.IN_ASSESSMENT, self._begin),
            (CaseState.OPENED, self._open),
            (CaseState.REPORTED, self.release),
            (CaseState.DECIDED, self.decide),
            (CaseState.CLOSED, self.close),
        ):
            if STAGES.index(reached) <= STAGES.index(stage):
                advance(case)
                case = Case.objects.get(pk=case.pk)
        return case

    def _lock(self, case):
        write_profile(actor=self.coordinator, case=case, criteria=CRITERIA)
        lock_profile(actor=self.coordinator, case=case)
        case.deciders.get_or_create(person=self.decider)

    def _begin(self, case):
        """The first opinion is sealed, the second is written but not sealed."""
        factories.inform(self, case)
        start_assessment(actor=self.coordinator, case=case)
        for kind, assessor in (
            (OpinionKind.FIRST, self.first_assessor),
            (OpinionKind.SECOND, self.second_assessor),
        ):
            opinions = [
                factories.engage(self, candidacy, assessor, kind)
                for candidacy in case.candidacies.all()
            ]
            for opinion in opinions:
                record_opinion(
                    actor=assessor,
                    opinion=opinion,
                    ratings=_ratings(kind),
                    conclusion=f"{MARKER} conclusion",
                )
                if kind == OpinionKind.FIRST:
                    seal_opinion(actor=assessor, opinion=opinion)

    def with_profile(self) -> Case:
        """Ordered, with a requirement profile that is not locked yet."""
        case = self.order(role="A case with its profile")
        write_profile(actor=self.coordinator, case=case, criteria=CRITERIA)
        return case

    def waiting_case(self) -> Case:
        """In assessment, with a first opinion that the second assessor must wait for."""
        case = self.order(role="A case that waits")
        self._lock(case)
        factories.inform(self, case)
        start_assessment(actor=self.coordinator, case=case)
        for kind, assessor in (
            (OpinionKind.FIRST, self.first_assessor),
            (OpinionKind.SECOND, self.second_assessor),
        ):
            for candidacy in case.candidacies.all():
                factories.engage(self, candidacy, assessor, kind)
        return case

    def undeclared_case(self) -> Case:
        """The second assessor is engaged without having been asked, and has declared nothing."""
        case = self.order(role="A case to declare for")
        self._lock(case)
        engage_assessor(
            actor=self.coordinator,
            candidacy=case.candidacies.first(),
            assessor=self.second_assessor,
            kind=OpinionKind.SECOND,
        )
        return case

    def sealed_case(self, **order) -> Case:
        """In assessment, with everything sealed: it can be opened."""
        case = self.case_in(CaseState.IN_ASSESSMENT, role="A case to open", **order)
        self._seal(case)
        return case

    def discussed_case(self) -> Case:
        """Opened, with something said and a rating revised, and no report given out yet."""
        case = self.case_in(CaseState.OPENED, role="A case that is discussed")
        candidacy = case.candidacies.first()
        opinion = candidacy.opinions.get(kind=OpinionKind.SECOND)
        criterion = criteria_of(case)[0]
        add_remark(
            actor=self.coordinator, candidacy=candidacy, criterion=criterion, words="What of this?"
        )
        revise_rating(
            actor=self.second_assessor,
            opinion=opinion,
            rating=RatingEntry(criterion=criterion.name, score=3.0, evidence=("Said why.",)),
            reason="I had not seen the work sample.",
            report_given_at=None,
        )
        return case

    def tied_case(self) -> Case:
        """Locked; what ties its assessor to a candidate is partly decided and partly open."""
        case = self.case_in(CaseState.PROFILE_LOCKED, role="A case with ties")
        candidacy, assessor = case.candidacies.first(), self.second_assessor
        firm = panels.Named(name="Nordljus AB", is_firm=True)
        for one, other, kind, ending in (
            (candidacy, firm, TieKind.EMPLOYMENT, Ending.HOLDS),
            (assessor, firm, TieKind.EMPLOYMENT, Ending.UNKNOWN),
            (assessor, candidacy, TieKind.TRAINED_BY, Ending.HOLDS),
            (assessor, panels.Named(name="Erik Norrvik"), TieKind.REFEREE, Ending.HOLDS),
        ):
            panels.declare_tie(
                actor=self.coordinator,
                provider=case.provider,
                one=one,
                other=other,
                kind=kind,
                ending=ending,
                source=Source.COORDINATOR,
            )
        found = conflicts_of(case, [assessor], around=Around())
        panels.rule_on_conflict(
            actor=self.coordinator,
            case=case,
            assessor=assessor,
            finding=next(one.key for one in found if one.can_be_cleared),
            outcome=RulingOutcome.CLEARED,
            reason="A course of two days, four years ago.",
            around=Around(),
        )
        return case

    def asked_case(self) -> Case:
        """Locked, with its needs confirmed; one is asked, one has declined, others are listed."""
        lacking = {"competence_lacking": "Tysk avtalsrätt; IFRS"}
        case = self.case_in(CaseState.PROFILE_LOCKED, role="A panel", details=lacking)
        others = [
            _person(name, case.provider, Role.ASSESSOR)
            for name in ("Berit Boman", "Curt Cederlöf", "Dina Duvall")
        ]
        for person, level in ((self.second_assessor, 4), (others[0], 3), (others[1], 3)):
            keys = ("contract_law", "german", "financial_reporting")
            shown = Shown(
                competences=tuple(
                    ShownCompetence(key=key, level=Level(level), proof=Proof.CERTIFICATE)
                    for key in keys
                ),
                languages=(Spoken(code="sv"), Spoken(code="en")),
                price=24_000.0,
            )
            version = panels.save_assessor(
                actor=person, assessor=person, provider=case.provider, shown=shown
            )
            panels.confirm_assessor(actor=self.coordinator, version=version)
        panels.confirm_needs(
            actor=self.coordinator,
            case=case,
            needs=[
                Need(words="Tysk avtalsrätt", key="contract_law", level=3),
                Need(words="IFRS", key="financial_reporting", level=2),
            ],
        )
        for person in (others[0], self.second_assessor):
            proposal = panels.propose_assessor(
                actor=self.coordinator,
                case=case,
                assessor=person,
                asking=asking_in(case),
                reason="Knows the trade from within.",
            )
            if person == others[0]:
                panels.answer_proposal(
                    actor=person,
                    standing=standing_in(case, proposal.pseudonym),
                    around=Around(),
                    declined_because=DeclineReason.NO_TIME,
                )
        return case

    def late_case(self) -> Case:
        """In assessment past its deadline: one second opinion is sealed, the other is not."""
        due = timezone.localdate() - timedelta(days=1)
        case = self.case_in(CaseState.IN_ASSESSMENT, role="A late case", due_on=due)
        one = Opinion.objects.filter(candidacy__case=case, sealed_at=None).first()
        seal_opinion(actor=one.assessor, opinion=one)
        return case

    def _open(self, case):
        self._seal(case)
        open_case(actor=self.coordinator, case=case)

    def _seal(self, case):
        for opinion in Opinion.objects.filter(candidacy__case=case, sealed_at=None):
            seal_opinion(actor=opinion.assessor, opinion=opinion)

    def write(self, case):
        return sign_report(actor=self.coordinator, case=case)

    def release(self, case):
        version = self.show_candidates(self.write(case))
        return release_report(actor=self.coordinator, version=version)

    def decide(self, case, **words):
        written = {"hired": None, "reasons": "Nobody fitted.", "against": "The second talk."}
        decision = record_decision(actor=self.orderer, case=case, **(written | words))
        factories.settle_feedback(self.coordinator, case)
        return decision

    def close(self, case):
        return close_case(actor=self.coordinator, case=case)

    def show_candidates(self, version):
        """A week ago, so that their time for a reply has passed."""
        with as_of(timezone.now() - timedelta(days=7)):
            return release_to_candidates(actor=self.coordinator, version=version)


def make_cast() -> Cast:
    provider = found_organisation(actor=None, name="Lindqvist Rekrytering")
    client = found_organisation(actor=None, name="Norrvik Energi")
    other_provider = found_organisation(actor=None, name="Kontrast Urval")
    other_client = found_organisation(actor=None, name="Havsbad Hotell")
    first = _person("Karin Holm", client, Role.ASSESSOR)
    give_role(actor=None, person=first, organisation=client, role=Role.ASSESSOR)
    return Cast(
        coordinator=_person("Anna Lindqvist", provider, Role.COORDINATOR),
        orderer=_person("Erik Norrvik", client, Role.ORDERER),
        first_assessor=first,
        second_assessor=_person("Per Sand", provider, Role.ASSESSOR),
        other_coordinator=_person("Olga Kontrast", other_provider, Role.COORDINATOR),
        other_orderer=_person("Hugo Havsbad", other_client, Role.ORDERER),
        newcomer=_person("Nina Ny", other_client),
        decider=_person("Doris Dahl", client, Role.DECIDER),
    )


def _person(name: str, organisation, *roles: Role) -> Person:
    return invite_person(
        actor=None,
        name=name,
        email=f"{name.split()[0].lower()}@example.com",
        organisation=organisation,
        roles=frozenset(roles),
        language="en",
    )


def _ratings(kind: OpinionKind) -> list[RatingEntry]:
    score = 3.0 if kind == OpinionKind.FIRST else 4.0
    seen = [
        RatingEntry(
            criterion=criterion.name,
            score=score,
            evidence=(f"{MARKER} evidence on {criterion.name}",),
        )
        for criterion in CRITERIA[:2]
    ]
    return [
        *seen,
        RatingEntry(criterion=CRITERIA[2].name, score=None, reason_not_observed=f"{MARKER} reason"),
    ]
