"""A case in any stage, everybody who may come near it, and a way to see that nothing changed."""

from contextlib import contextmanager
from datetime import date

from django.db import connection
from django.utils import timezone

from second_opinion.accounts.services import give_role
from second_opinion.accounts.states import Role
from second_opinion.candidates import services as candidates
from second_opinion.candidates.models import Adjustment, Question, Referee, Reply
from second_opinion.candidates.states import ReplyKind
from second_opinion.cases import selectors
from second_opinion.cases import services as cases
from second_opinion.cases.models import Case
from second_opinion.cases.states import IS_OPENED, CaseState
from second_opinion.ingest.case_file import SentenceEntry
from second_opinion.instruments import services as instruments
from second_opinion.instruments.models import MaskedDocument, Result, WorkSampleRating
from second_opinion.instruments.states import DocumentKind, ResultKind
from second_opinion.opinions import selectors as opinions_selectors
from second_opinion.opinions import services as opinions
from second_opinion.opinions.models import EarlyReading, Opinion
from second_opinion.opinions.states import EarlyGround, OpinionKind
from second_opinion.panels import services as panels
from second_opinion.panels.analysis import conflicts_of
from second_opinion.panels.policies import CAN_BE_ASKED_IN, CAN_BE_RULED_IN
from second_opinion.panels.selectors.proposals import standings_in
from second_opinion.panels.states import Ending, RulingOutcome, Source, TieKind
from second_opinion.reports.models import ReportVersion, Share
from tests import factories, files

# Within the assessment it matters who has sealed; in assessment, the first opinion is sealed, and
# the second is written.
FIRST_AWAITED = "first opinion awaited"
PAST_DUE = "past its deadline"
ALL_SEALED = "all sealed"
STAGES = (*CaseState, FIRST_AWAITED, PAST_DUE, ALL_SEALED)
ASSESSMENT = frozenset({CaseState.IN_ASSESSMENT, FIRST_AWAITED, PAST_DUE, ALL_SEALED})

LONG_AGO = date(2020, 1, 31)

# No content of their own to compare, or none that a move is about.
NOT_COMPARED = frozenset({"django_migrations", "django_content_type", "auth_permission"})


class NothingError(Exception):
    """The stage has nothing that the move could be made on."""


class World:
    """Whatever is asked for is read anew: a move that was undone leaves nothing behind in it.

    order and ratings are the words planted in it: of the order, and of each kind of opinion;
    said and revised those of the discussion and of a revision after the opening, shared_with the
    address that the released report is shared with; tied_by the firm that ties an assessor to the
    candidate, ruled_because why another tie was decided as it was; result names an outside test,
    and referee one who has answered with the words of reference; answer is the candidate's to the
    work sample, level what a rater saw in it; is_masked whether raters read it masked, fact what
    stands on a standard sheet that is not released; written and advice are the report's author's;
    file is the name of the candidate's CV and the text in it, beside their picture.
    """

    def __init__(
        self,
        stage,
        *,
        order=None,
        ratings=None,
        candidates_words="Kim",
        said="What?",
        revised="Because.",
        shared_with="somebody@example.com",
        result="A test",
        referee="Rut Referee",
        reference="Led us.",
        answer="Two suppliers.",
        level="In line two.",
        is_masked=True,
        fact="Sold",
        tied_by="Tallmo",
        ruled_because="It",
        written="She",
        advice="Begin",
        file=("cv", "A buyer."),
    ):
        self.file = file
        self.written, self.advice = written, advice
        self.tied_by, self.ruled_because = tied_by, ruled_because
        self.sample = (answer, level)
        self.is_masked, self.fact = is_masked, fact
        self.said, self.revised, self.shared_with = said, revised, shared_with
        self.result_name, self.referee_name, self.reference_words = result, referee, reference
        self.candidates_words = candidates_words
        self.order = order or {}
        self.ratings = ratings or {"first": {}, "second": {}}
        cast = self.cast = factories.Cast()
        elsewhere = factories.make_organisation("Elsewhere too")
        make = factories.make_person
        self.first = make(Role.ASSESSOR, organisation=cast.client, name="Fia First")
        self.colleague = make(Role.COORDINATOR, organisation=cast.provider, name="Cai Colleague")
        self.late_assessor = make(Role.ASSESSOR, organisation=cast.provider, name="Lars Late")
        self.tied_assessor = make(Role.ASSESSOR, organisation=cast.provider, name="Tove Tied")
        self.picked_assessor = make(Role.ASSESSOR, organisation=cast.provider, name="Pia Picked")
        self.free_assessor = make(Role.ASSESSOR, organisation=cast.provider, name="Frej Free")
        self.rater, self.other_rater = (
            make(Role.ASSESSOR, organisation=cast.provider, name=name) for name in ("Rita", "Sven")
        )
        self.people = {
            "rater": self.rater,
            "orderer": cast.orderer,
            "other orderer": make(Role.ORDERER, organisation=cast.client, name="Ola Other"),
            "decider": cast.decider,
            "coordinator": cast.coordinator,
            "colleague": self.colleague,
            "first assessor": self.first,
            "second assessor": cast.assessor,
            "asked assessor": make(Role.ASSESSOR, organisation=cast.provider, name="Asta Asked"),
            "analyst": make(Role.ANALYST, organisation=cast.provider, name="Alva Analyst"),
            "administrator": make(
                Role.ADMINISTRATOR, organisation=cast.provider, name="Adam Administrator"
            ),
            "foreign orderer": make(Role.ORDERER, organisation=elsewhere, name="Finn Foreign"),
            "foreign coordinator": cast.stranger,
            "foreign assessor": make(Role.ASSESSOR, organisation=elsewhere, name="Fred Foreign"),
            "newcomer": make(organisation=elsewhere, name="Nina Newcomer"),
        }
        give_role(
            actor=None,
            person=cast.stranger,
            organisation=cast.stranger.memberships.get().organisation,
            role=Role.ADMINISTRATOR,
        )
        self._case = self._case_in(stage)

    @property
    def case(self):
        return Case.objects.select_related("client", "provider").get(pk=self._case.pk)

    @property
    def candidacy(self):
        return self.case.candidacies.get()

    @property
    def criterion(self):
        found = selectors.criteria_of(self.case)
        if not found:
            raise NothingError
        return found[0]

    @property
    def question(self):
        """The candidate's, not the client's."""
        return self._only(Question, candidacy__case=self._case)

    @property
    def correction(self):
        """Of a fact, by the candidate, and not answered."""
        return self._only(Reply, candidacy__case=self._case)

    @property
    def adjustment(self):
        return self._only(Adjustment, candidacy__case=self._case)

    @property
    def profile(self):
        found = selectors.current_profile(self.case)
        if found is None:
            raise NothingError
        return found

    @property
    def opinion(self):
        """The second assessor's."""
        return self._only(Opinion, candidacy__case=self._case, kind=OpinionKind.SECOND)

    @property
    def first_opinion(self):
        return self._only(Opinion, candidacy__case=self._case, kind=OpinionKind.FIRST)

    @property
    def early_reading(self):
        """Asked for by the coordinator and not answered."""
        return self._only(EarlyReading, opinion__candidacy__case=self._case)

    @property
    def result(self):
        """An outside test, entered by the coordinator."""
        return self._only(Result, candidacy__case=self._case, kind=ResultKind.TEST)

    @property
    def asked_referee(self):
        """Released, and not heard of yet."""
        return self._only(Referee, candidacy__case=self._case, reference=None)

    @property
    def task_rating(self):
        """Written and not sealed."""
        return self._only(WorkSampleRating, candidacy__case=self._case, rater=self.rater)

    @property
    def masked(self):
        """A document whose original the coordinator has open, and that is not released."""
        return self._only(MaskedDocument, candidacy__case=self._case, released_at=None)

    @property
    def released(self):
        """The masked answer."""
        return self._only(MaskedDocument, candidacy__case=self._case, kind=DocumentKind.ANSWER)

    @property
    def version(self):
        return self._only(ReportVersion, case=self._case)

    @property
    def conflicts(self):
        around = opinions_selectors.around_of(self.case)
        return conflicts_of(self.case, [self.tied_assessor], around=around)

    @property
    def conflict(self):
        """One that nobody has decided."""
        found = [one for one in self.conflicts if one.ruling is None]
        if not found:
            raise NothingError
        return found[0]

    @property
    def accepted(self):
        return self._standing_of(self.cast.assessor)

    @property
    def asked(self):
        """Has not answered."""
        return self._standing_of(self.people["asked assessor"])

    @property
    def challenged(self):
        return self._standing_of(self.picked_assessor)

    def _standing_of(self, assessor):
        found = [one for one in standings_in(self.case) if one.proposal.assessor_id == assessor.pk]
        if not found:
            raise NothingError
        return found[0]

    @property
    def share(self):
        return self._only(Share, version__case=self._case)

    @property
    def new_version(self):
        """Written, and shown to nobody yet."""
        return self._only(ReportVersion, case=self._case, to_candidates_at=None)

    def _only(self, model, **where):
        found = model.objects.filter(**where).first()
        if found is None:
            raise NothingError
        return found

    def _case_in(self, stage):
        cast, state = self.cast, _begins_as(stage)
        if state == CaseState.DRAFT:  # whole, so that it could be sent
            return factories.make_whole_draft(cast, **self.order)
        order = dict(self.order)
        details = {"why": order.pop("why", "")}
        case = factories.make_case(
            cast, state=state, deciders=[cast.decider], details=details, **order
        )
        if state == CaseState.ORDERED:
            factories.write_profile(cast, case)
            factories.approve(cast, case)
        self._case = case
        self._tie(case)
        if state in CAN_BE_ASKED_IN:
            self._ask_assessors()
        if state == CaseState.IN_ASSESSMENT:
            self._assess(case, stage)
        if state in {CaseState.PROFILE_LOCKED, CaseState.IN_ASSESSMENT}:
            self._hear_the_candidate()
        if stage in IS_OPENED:
            self._open(case, stage)
        return case

    def _tie(self, case):
        """An assessor has worked where the candidate did, which is open, and has trained them."""
        kim, tied = case.candidacies.get(), self.tied_assessor
        firm = panels.Named(name=f"{self.tied_by} AB", is_firm=True)
        for one, other, kind in (
            (kim, firm, TieKind.EMPLOYMENT),
            (tied, firm, TieKind.EMPLOYMENT),
            (tied, kim, TieKind.TRAINED_BY),
        ):
            panels.declare_tie(
                actor=self.cast.coordinator,
                provider=self.cast.provider,
                one=one,
                other=other,
                kind=kind,
                ending=Ending.HOLDS,
                source=Source.COORDINATOR,
            )
        if case.state in CAN_BE_RULED_IN:
            self._rule(next(one for one in self.conflicts if len(one.steps) == 1))

    def _ask_assessors(self):
        """One has accepted; one has not answered; one has accepted and is challenged."""
        for assessor in (self.cast.assessor, self.people["asked assessor"], self.picked_assessor):
            panels.propose_assessor(
                actor=self.cast.coordinator,
                case=self.case,
                assessor=assessor,
                asking=opinions_selectors.asking_in(self.case),
                reason=f"{self.ruled_because} suits.",
            )
        for standing in (self.accepted, self.challenged):
            panels.answer_proposal(
                actor=standing.proposal.assessor,
                standing=standing,
                around=opinions_selectors.around_of(self.case),
                declares_no_more=True,
            )
        panels.challenge_proposal(
            candidacy=self.candidacy,
            standing=self.challenged,
            words=f"{self.candidates_words} challenges.",
        )

    def _rule(self, conflict):
        panels.rule_on_conflict(
            actor=self.cast.coordinator,
            case=self.case,
            assessor=conflict.assessor,
            finding=conflict.key,
            outcome=RulingOutcome.UPHELD,
            reason=f"{self.ruled_because} was close.",
            around=opinions_selectors.around_of(self.case),
        )

    def _hear_the_candidate(self):
        cases.enter_contact(
            actor=self.cast.coordinator, candidacy=self.candidacy, email="kim@example.com"
        )
        factories.write_notice(self.cast, self.candidacy)
        candidates.ask(candidacy=self.candidacy, words=f"{self.candidates_words} asks.")
        candidates.ask_adjustment(
            candidacy=self.candidacy,
            wish=f"{self.candidates_words} wishes.",
            why=f"{self.candidates_words} for a reason.",
        )
        name, text = self.file
        candidates.add_file(candidacy=self.candidacy, name=f"{name}.pdf", content=files.cv(text))

    def _assess(self, case, stage):
        first, second = (
            factories.engage(self.cast, case.candidacies.get(), *one)
            for one in ((self.first, OpinionKind.FIRST), (self.cast.assessor, OpinionKind.SECOND))
        )
        opinions.enter_test(
            actor=self.cast.coordinator,
            candidacy=case.candidacies.get(),
            test=factories.outside_test(instrument=self.result_name),
        )
        self._ask_referees()
        self._take_work_sample(case)
        factories.rate(first, **self.ratings["first"])
        if stage == FIRST_AWAITED:
            return
        factories.seal(first, **self.ratings["first"])
        self._ask_to_read_early(first)
        factories.rate(second, **self.ratings["second"])
        if stage != CaseState.IN_ASSESSMENT:
            factories.seal(second, **self.ratings["second"])
        if stage == PAST_DUE:
            factories.engage(
                self.cast, case.candidacies.get(), self.late_assessor, OpinionKind.SECOND
            )
            Case.objects.filter(pk=case.pk).update(due_on=LONG_AGO)

    def _ask_to_read_early(self, opinion):
        opinions.ask_early_reading(
            actor=self.cast.coordinator,
            opinion=opinion,
            ground=EarlyGround.FAULT,
            words=f"{self.ruled_because} may be cut off.",
        )

    def _ask_referees(self):
        named = {"name": self.referee_name, "email": "rut@firm.example"}
        answered = factories.release_referee(self.candidacy, **named)
        factories.release_referee(self.candidacy, name="Rolf", email="rolf@firm.example")
        instruments.give_reference(
            referee=answered, answer=factories.reference(evidence=(self.reference_words,))
        )

    def _take_work_sample(self, case):
        """Answered; one rater has sealed, and the other written."""
        answer, level = self.sample
        self._choose_masking(case)
        factories.give_task(self.cast, case)
        instruments.begin_task(candidacy=self.candidacy)
        instruments.answer_task(candidacy=self.candidacy, words=answer)
        if self.is_masked:
            factories.release_masked(self.cast, self.candidacy)
            self._prepare_a_sheet()
        for rater in (self.rater, self.other_rater):
            rating = opinions.engage_rater(
                actor=self.cast.coordinator, candidacy=self.candidacy, rater=rater
            )
            entries = [
                factories.rating(score=4.0, evidence=(level,), criterion=entry)
                for entry in factories.CRITERIA
            ]
            instruments.rate_task(actor=rater, rating=rating, ratings=entries)
        instruments.seal_task_rating(actor=self.other_rater, rating=rating)

    def _choose_masking(self, case):
        if self.is_masked:
            instruments.choose_masking(actor=self.cast.coordinator, case=case, is_masked=True)

    def _prepare_a_sheet(self):
        """Open beside its original, and not released."""
        sheet = factories.open_masked(self.cast, self.candidacy, kind=DocumentKind.SHEET)
        instruments.write_facts(
            actor=self.cast.coordinator, document=sheet, facts={"experience": f"{self.fact}; 30"}
        )

    def _open(self, case, stage):
        opinions.open_case(actor=self.cast.coordinator, case=case)
        factories.remark(self.cast.coordinator, self.candidacy, words=self.said)
        factories.revise(self.opinion, reason=self.revised)
        advice = SentenceEntry(text=f"{self.advice} small.")
        factories.reports.save_draft(
            actor=self.cast.coordinator,
            case=case,
            written=factories.some_written(
                self.candidacy,
                words=f"{self.written} led it.",
                starting=(advice,),
                to_ask_references=(advice,),
            ),
        )
        version = factories.sign_report(self.cast, case)
        factories.release_to_candidates(self.cast, version)
        if stage in {CaseState.OPENED, CaseState.REPORTED}:
            factories.sign_report(self.cast, case)
        if stage == CaseState.OPENED:
            return
        factories.reports.release_report(actor=self.cast.coordinator, version=version)
        factories.reports.share_report(
            actor=self.cast.orderer, version=version, email=self.shared_with, days=7
        )
        if stage in {CaseState.DECIDED, CaseState.CLOSED}:
            factories.decide(self.cast, case)
            candidates.reply(
                candidacy=self.candidacy,
                kind=ReplyKind.FACTS,
                words=f"{self.candidates_words} corrects.",
                released_at=timezone.now(),
            )
        if stage == CaseState.CLOSED:
            factories.close_case(self.cast, case)


def _begins_as(stage):
    """How far a factory goes: from the assessment on, this world goes its own way."""
    if stage in ASSESSMENT or stage in IS_OPENED:
        return CaseState.IN_ASSESSMENT
    return stage


@contextmanager
def writes():
    """The statements that wrote, or tried to, and were perhaps taken back."""
    written = []

    def note(execute, sql, *arguments):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            written.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(note):
        yield written


def everything():
    """All rows of all tables."""
    with connection.cursor() as cursor:
        return {
            table: _rows(cursor, table)
            for table in connection.introspection.table_names(cursor)
            if table not in NOT_COMPARED
        }


def _rows(cursor, table):
    cursor.execute(f'SELECT * FROM "{table}"')
    return sorted(map(repr, cursor.fetchall()))
