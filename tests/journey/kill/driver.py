"""Approves, locks, acknowledges and replies in processes that are killed, for test_kill.py.

A program of its own, that strikes as tests/opinions/kill/driver.py does.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path

import django

from tests.opinions.kill.driver import BEGUN, DONE, Driver, Notes, close_all, in_child


class JourneyDriver(Driver):
    """Each case goes from its order to a candidate's reply; what was killed is gone on with."""

    def __init__(self, folder, seed):
        super().__init__(folder, seed)
        self.promises = Notes(folder / "promises.jsonl")

    def finish(self):
        for case in self._unfinished():
            self._go_on(case, lambda _: None)

    def _work(self, tell):
        from tests import factories

        while True:
            for case in self._unfinished():
                self._go_on(case, lambda sign: os.write(tell, sign))
            case = factories.make_case(
                self.cast, deciders=[self.cast.decider], reference=os.urandom(8).hex()
            )
            factories.write_profile(self.cast, case)

    def _unfinished(self):
        from second_opinion.cases.models import Case

        with_criteria = Case.objects.filter(profiles__criteria__isnull=False).distinct()
        return with_criteria.exclude(candidacies__reply_rows__isnull=False).order_by("pk")

    def _go_on(self, case, tell):
        """The posts of decider, coordinator and candidate, each from where it was stopped."""
        from second_opinion.candidates import selectors as told
        from second_opinion.candidates import services as candidates
        from second_opinion.cases import selectors, services
        from second_opinion.cases.states import CaseState

        cast, candidacy = self.cast, case.candidacies.get()
        profile = case.profiles.get()
        if case.state == CaseState.ORDERED and selectors.approvals_awaited([case]).get(case.pk):
            self._post(
                tell,
                "profile.approved",
                lambda: services.answer_profile(
                    actor=cast.decider, profile=profile, is_approval=True
                ),
            )
        if case.state == CaseState.ORDERED:
            self._post(
                tell,
                "profile.locked",
                lambda: services.lock_profile(actor=cast.coordinator, case=case),
            )
        self._tell(candidacy)
        if not told.has_acknowledged(candidacy):
            notice = told.notice_of(candidacy)
            self._post(
                tell,
                "notice.acknowledged",
                lambda: candidates.acknowledge(candidacy=candidacy, notice=notice),
            )
        self._post(tell, "report.replied", lambda: self._reply(candidacy))

    def _tell(self, candidacy):
        from second_opinion.candidates import selectors as told
        from second_opinion.candidates import services as candidates
        from second_opinion.cases.services import enter_contact
        from tests import factories

        if told.notice_of(candidacy) is None:
            enter_contact(actor=self.cast.coordinator, candidacy=candidacy, email="kim@example.com")
            factories.write_notice(self.cast, candidacy)
            candidates.send_notice(actor=self.cast.coordinator, candidacy=candidacy)

    def _reply(self, candidacy):
        from django.utils import timezone

        from second_opinion.candidates import services as candidates
        from second_opinion.candidates.states import ReplyKind

        return candidates.reply(
            candidacy=candidacy,
            kind=ReplyKind.COMMENT,
            words=f"I disagree {os.urandom(8).hex()}.",
            released_at=timezone.now(),
        )

    def _post(self, tell, verb, act):
        """What was answered to somebody is noted only after the commit."""
        tell(BEGUN)
        done = act()
        tell(DONE)
        self.promises.write({"verb": verb, "row": done._meta.label, "key": done.pk})


def faults(promises, *, thoroughly):
    """Sentences; none is the only right answer."""
    from django.apps import apps

    from second_opinion.audit.models import Event, OutboxRow
    from second_opinion.candidates.models import Acknowledgement, Mailing, Reply
    from second_opinion.cases.models import (
        CaseTransition,
        Letter,
        ProfileAnswer,
        RequirementProfile,
    )
    from second_opinion.cases.states import CaseState
    from second_opinion.cli.doctor.records import record_findings

    locked = RequirementProfile.objects.filter(locked_at__isnull=False)
    steps = CaseTransition.objects.filter(target=CaseState.PROFILE_LOCKED)
    logged = Counter(Event.objects.values_list("verb", flat=True))
    pairs = {
        "profile.approved": ProfileAnswer.objects.count(),
        "profile.locked": locked.count(),
        "notice.acknowledged": Acknowledgement.objects.count(),
        "report.replied": Reply.objects.count(),
    }
    found = [
        f"{rows} rows and {logged[verb]} events of {verb}."
        for verb, rows in pairs.items()
        if logged[verb] != rows
    ]
    if Counter(steps.values_list("case", flat=True)) != Counter(
        locked.values_list("case", flat=True)
    ):
        found.append("A profile is locked and its case did not go on, or the other way.")
    queued = Counter(
        OutboxRow.objects.filter(kind__in=("case.letter", "candidate.mail")).values_list(
            "subject", flat=True
        )
    )
    mails = [*Letter.objects.values_list("pseudonym", flat=True)]
    mails += Mailing.objects.values_list("pseudonym", flat=True)
    if queued != Counter(mails):
        found.append("A mail was kept and not asked for, or asked for twice.")
    found += [
        f"{promise['verb']} was promised and is gone."
        for promise in promises
        if not apps.get_model(promise["row"]).objects.filter(pk=promise["key"]).exists()
    ]
    return found + ([one.problem for one in record_findings()] if thoroughly else [])


def main(folder, n_kills, seed):
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    driver = JourneyDriver(folder, seed)

    def check(*, thoroughly):
        if found := faults(driver.promises.read(), thoroughly=thoroughly):
            raise RuntimeError("; ".join(found[:5]))

    for number in range(1, n_kills + 1):
        close_all()
        driver.kill_once()
        in_child(lambda number=number: check(thoroughly=number % 20 == 0))
    in_child(driver.finish)
    in_child(lambda: check(thoroughly=True))
    promised = Counter(promise["verb"] for promise in driver.promises.read())
    print(json.dumps({"kills": n_kills, "within_a_post": driver.within, "promised": promised}))


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
