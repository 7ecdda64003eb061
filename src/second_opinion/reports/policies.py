from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Allowed, Decision, Denied
from second_opinion.accounts.selectors import is_at, mail_domains_of, person_of_address
from second_opinion.candidates import selectors as candidates
from second_opinion.cases.models import Case
from second_opinion.cases.policies import may_run
from second_opinion.cases.selectors import remaining_candidacies_of
from second_opinion.cases.states import CaseState, illegal_move, may_become
from second_opinion.reports import selectors
from second_opinion.reports.models import ReportVersion


def may_write_draft(person: Person, case: Case) -> Decision:
    """The coordinators, and the assessor whom one of them has named."""
    is_named = selectors.named_author(case) == person
    if not is_named and isinstance(denied := may_run(person, case), Denied):
        return denied
    if case.state in selectors.CAN_BE_WRITTEN_IN:
        return Allowed()
    return Denied(_("A report is written after the opening and before the client's decision."))


def may_sign_report(person: Person, case: Case) -> Decision:
    """Who answers for what is written: the named assessor, or else a coordinator."""
    if isinstance(denied := may_write_draft(person, case), Denied):
        return denied
    author = selectors.named_author(case)
    if author is None or author == person:
        return Allowed()
    return Denied(
        _("%(author)s has been named to write this report, and signs it.") % {"author": author}
    )


def may_name_author(person: Person, case: Case) -> Decision:
    if isinstance(denied := may_run(person, case), Denied):
        return denied
    return may_write_draft(person, case)


def may_read_advice(person: Person, version: ReportVersion) -> Decision:
    """Of those who may read the version: before it is given out, who wrote it or runs the case."""
    if version.started_at is not None or version.author_id == person.pk:
        return Allowed()
    if may_run(person, version.case):
        return Allowed()
    return Denied(
        _("Advice on getting started has not been given out. It comes apart from the report.")
    )


def may_release_advice(person: Person, version: ReportVersion) -> Decision:
    """Advice on getting started, to the client: after the report, and apart from it."""
    if isinstance(denied := may_run(person, version.case), Denied):
        return denied
    if version.released_at is None:
        return Denied(_("The report itself goes first: advice on getting started comes after it."))
    if version.started_at is not None:
        return Denied(_("The client has been given this advice already."))
    return Allowed()


def _may_give_out(person: Person, case: Case) -> Decision:
    if isinstance(denied := may_run(person, case), Denied):
        return denied
    return may_write_draft(person, case)


def may_release_to_candidates(person: Person, version: ReportVersion) -> Decision:
    if isinstance(denied := _may_give_out(person, version.case), Denied):
        return denied
    if version.to_candidates_at is not None:
        return Denied(_("The candidates have been given this version already."))
    return _is_up_to_date(version)


def may_release_report(person: Person, version: ReportVersion) -> Decision:
    """To the client: after the candidates and their time for a reply, unless ordered otherwise."""
    case = version.case
    if isinstance(denied := _may_give_out(person, case), Denied):
        return denied
    if version.released_at is not None:
        return Denied(_("This version has been released already."))
    if isinstance(denied := _is_up_to_date(version), Denied):
        return denied
    if selectors.awaits_correction(case):
        return Denied(
            _(
                "A candidate has corrected a fact. Accept it, or say why not, on the candidate's "
                "page: the answer goes along with the report."
            )
        )
    if not selectors.is_candidate_first(case):
        return Allowed()
    closes_at = selectors.replies_to_close_at(version)
    if isinstance(denied := _replies_are_closed(case, closes_at), Denied):
        return denied
    if version.pk and not selectors.has_every_reply(version):
        return Denied(
            _(
                "A candidate has replied, or was answered, since this version was written. Write a "
                "new version: the reply goes along with it."
            )
        )
    return Allowed()


def may_share(person: Person, version: ReportVersion) -> Decision:
    """A released version, by who ordered it and by the coordinators; and to read it comes first."""
    case = version.case
    orders = selectors.is_orderer(person, case)
    if not orders and isinstance(may_run(person, case), Denied):
        return Denied(
            _("Only who ordered the case and the coordinators at %(provider)s share its report.")
            % {"provider": case.provider}
        )
    if version.released_at is None:
        return Denied(_("Only a report that has been released to the client is shared."))
    if selectors.must_answer_first(person, case):
        return Denied(_("Say first, in one click each, what you would have done today."))
    return Allowed()


def may_be_shared_with(address: str, version: ReportVersion) -> Decision:
    """Somebody at the client who has no way of their own to the report, and no part in it."""
    case = version.case
    domains = mail_domains_of(case.client)
    if not any(is_at(address, domain) for domain in domains):
        return Denied(
            _(
                "A report is shared within %(client)s only, at an address that ends in "
                "%(domains)s. Whoever else is to read it is invited by name."
            )
            % {"client": case.client, "domains": ", ".join(sorted(domains)) or "\N{EN DASH}"}
        )
    if case.candidacies.filter(email__iexact=address).exists():
        return Denied(_("This is a candidate's address: candidates have a version of their own."))
    person = person_of_address(address)
    if person is None:
        return Allowed()
    if person.pk == case.orderer_id or selectors.is_decider(person, case):
        return Denied(
            _("%(person)s reads the report after signing in, and needs no link.")
            % {"person": person}
        )
    return Allowed()


def may_answer_quickly(person: Person, case: Case) -> Decision:
    if not selectors.is_decider(person, case):
        return Denied(_("Only those who decide in this case are asked."))
    if case.state != CaseState.REPORTED:
        return Denied(_("You are asked when the report is there, and before the decision."))
    return Allowed()


def may_decide(person: Person, case: Case) -> Decision:
    """The client's own people decide, after the report, and after the candidates could reply."""
    is_orderer = selectors.is_orderer(person, case)
    if not is_orderer and not selectors.is_decider(person, case):
        return Denied(
            _("Only who ordered this case or decides in it at %(client)s records the decision.")
            % {"client": case.client}
        )
    if not may_become(case.state, CaseState.DECIDED):
        return Denied(illegal_move(case.state, CaseState.DECIDED))
    if selectors.must_answer_first(person, case):
        return Denied(_("Say first, in one click each, what you would have done today."))
    return _replies_are_closed(case, selectors.replies_close_at(case))


def may_close(person: Person, case: Case) -> Decision:
    if isinstance(denied := may_run(person, case), Denied):
        return denied
    if not may_become(case.state, CaseState.CLOSED):
        return Denied(illegal_move(case.state, CaseState.CLOSED))
    waiting = [
        candidacy.name
        for candidacy in remaining_candidacies_of(case)
        if not candidates.feedback_settled(candidacy)
    ]
    if waiting:
        return Denied(
            _(
                "A talk about the result is neither booked nor declined with %(who)s. Offer times, "
                "or note on the candidate's page what was agreed."
            )
            % {"who": ", ".join(waiting)}
        )
    return Allowed()


def _is_up_to_date(version: ReportVersion) -> Decision:
    """What is older than a release or a revised rating goes out to nobody."""
    if version.pk and selectors.is_passed_over(version):
        return Denied(_("The client has been given a later version already."))
    if not version.pk or selectors.has_every_revision(version):
        return Allowed()
    return Denied(
        _(
            "A rating has been revised since this version was written. Write a new version: it "
            "shows the revised rating beside the sealed one."
        )
    )


def may_practise(person: Person, case: Case) -> Decision:
    """A practice case is its own person's to play with, and nobody else's."""
    if case.practised_by_id == person.pk and case.removed_at is None:
        return Allowed()
    return Denied(_("This is no practice case of yours."))


def _replies_are_closed(case: Case, closes_at: datetime | None) -> Decision:
    if closes_at is None:
        return Denied(_("The candidates have not been given their own version of the report yet."))
    if selectors.is_past(case, closes_at):
        return Allowed()
    return Denied(
        _("The candidates can reply until %(when)s.")
        % {"when": date_format(localtime(closes_at), "j F Y H:i")}
    )
