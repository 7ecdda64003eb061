"""Seals and opens in processes that are killed, for test_kill.py; a program of its own.

Django is started once. Each process to be killed is a fork of it, which goes on where the one
before it was stopped, and writes down what it was given only after the commit. The killer waits
for a seal or an opening to begin, and strikes a random moment later.
"""

import json
import os
import random
import signal
import statistics
import sys
import time
import traceback
from collections import deque
from pathlib import Path

import django

BEGUN, DONE = b"b", b"d"


class Notes:
    """What was promised to somebody: one line each, written whole after the commit."""

    def __init__(self, path):
        self.path = path

    def write(self, entry):
        with self.path.open("ab") as file:
            file.write(json.dumps(entry).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def read(self):
        if not self.path.exists():
            return []
        *whole, _torn = self.path.read_bytes().split(b"\n")
        return [json.loads(line) for line in whole]


class Driver:
    def __init__(self, folder, seed):
        from second_opinion.accounts.states import Role
        from tests import factories

        self.receipts = Notes(folder / "receipts.jsonl")
        self.drafts = Notes(folder / "drafts.jsonl")
        self.chance = random.Random(seed)
        self.cast = factories.Cast()
        self.colleague = factories.make_person(Role.ASSESSOR, organisation=self.cast.provider)
        self.seconds = deque([0.02], maxlen=50)  # that a seal or an opening took of late
        self.within = 0

    def kill_once(self):
        """Let a few seals and openings pass, and strike in or about the next one."""
        heard, tell = os.pipe()
        pid = fork(lambda: self._work(tell))
        os.close(tell)
        begun_at = 0.0
        n_begun = self.chance.randint(1, 5)
        while n_begun:
            sign = os.read(heard, 1)
            if not sign:
                break  # the process ended by itself; wait_for says how
            if sign == BEGUN:
                begun_at = time.monotonic()
                n_begun -= 1
            else:
                self.seconds.append(time.monotonic() - begun_at)
        time.sleep(self.chance.uniform(0, 1.3 * statistics.median(self.seconds)))
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        if not os.WIFSIGNALED(status):
            raise RuntimeError(f"A process ended by itself before it was killed: {status}")
        self.within += os.read(heard, 1) != DONE
        os.close(heard)

    def finish(self):
        """What was left in the middle, taken to its end without a kill."""
        for case in self._pending():
            self._seal_and_open(case, lambda _: None)

    def race(self):
        """Two people at the same moment, each pressing twice; then the opening, pressed thrice.

        Returns how many of the presses went through: of six, two seals and one opening.
        """
        from second_opinion.opinions.models import Opinion

        in_child(self._case_of_the_race)
        case = self._pending().last()
        sealing = [
            lambda opinion=opinion: self._press_seal(opinion)
            for opinion in Opinion.objects.filter(candidacy__case=case)
            for _ in range(2)
        ]
        close_all()
        sealed = at_once(sealing)
        opened = at_once([lambda: self._press_open(case)] * 3)
        return {"sealed": sorted(sealed), "opened": sorted(opened)}

    def _work(self, tell):
        while True:
            for case in self._pending():
                self._seal_and_open(case, lambda sign: os.write(tell, sign))
            self._new_case(n_candidates=self.chance.choice([1, 2]))

    def _new_case(self, *, n_candidates):
        from second_opinion.cases.states import CaseState
        from tests import factories

        names = ["Kim Karlsson", "Lo Larsson"][:n_candidates]
        case = factories.make_case(
            self.cast,
            state=CaseState.IN_ASSESSMENT,
            candidates=names,
            reference=os.urandom(8).hex(),
        )
        self._engage(case, self.cast.decider, first=True)
        self._engage(case, self.cast.assessor)
        return case

    def _case_of_the_race(self):
        """Two further opinions on one candidate, which wait for nothing but each other."""
        from second_opinion.cases.states import CaseState
        from tests import factories

        case = factories.make_case(
            self.cast, state=CaseState.IN_ASSESSMENT, reference=os.urandom(8).hex()
        )
        self._engage(case, self.cast.assessor)
        self._engage(case, self.colleague)
        for opinion in case.candidacies.get().opinions.all():
            factories.rate(opinion)

    def _engage(self, case, assessor, *, first=False):
        from second_opinion.opinions.states import OpinionKind
        from tests import factories

        kind = OpinionKind.FIRST if first else OpinionKind.SECOND
        for candidacy in case.candidacies.all():
            factories.engage(self.cast, candidacy, assessor, kind)

    def _pending(self):
        """Cases whose opinions are all engaged; one that was killed before that is left behind."""
        from django.db.models import Count, F

        from second_opinion.cases.models import Case
        from second_opinion.cases.states import CaseState

        return (
            Case.objects.filter(state=CaseState.IN_ASSESSMENT)
            .annotate(
                n_candidates=Count("candidacies", distinct=True),
                n_opinions=Count("candidacies__opinions", distinct=True),
            )
            .filter(n_opinions__gte=2 * F("n_candidates"))
            .order_by("pk")
        )

    def _seal_and_open(self, case, tell):
        from second_opinion.opinions import services
        from second_opinion.opinions.models import Opinion

        opinions = Opinion.objects.filter(candidacy__case=case).select_related(
            "candidacy__case", "assessor"
        )
        for opinion in opinions.filter(sealed_at=None).order_by("kind", "pk"):
            self._record(opinion)
            tell(BEGUN)
            services.seal_opinion(actor=opinion.assessor, opinion=opinion)
            tell(DONE)
            self._give_receipt(opinion.pk)
        tell(BEGUN)
        services.open_case(actor=self.cast.coordinator, case=case)
        tell(DONE)
        for opinion in opinions:
            self._give_receipt(opinion.pk)

    def _record(self, opinion):
        from tests import factories

        words = f"Concluded {os.urandom(8).hex()}."
        factories.rate(opinion, conclusion=words)
        self.drafts.write({"opinion": str(opinion.pseudonym), "conclusion": words})

    def _give_receipt(self, opinion_id):
        from second_opinion.opinions.models import Opinion
        from second_opinion.opinions.selectors import receipt_for

        opinion = Opinion.objects.select_related("candidacy__case", "assessor").get(pk=opinion_id)
        self.receipts.write(receipt_for(opinion.assessor, opinion))

    def _press_seal(self, opinion):
        from second_opinion.opinions.services import seal_opinion

        seal_opinion(actor=opinion.assessor, opinion=opinion)

    def _press_open(self, case):
        from second_opinion.opinions.services import open_case

        open_case(actor=self.cast.coordinator, case=case)


def fork(work):
    """A process that does the work on a connection of its own; refused is 3, broken 1."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        work()
        code = 0
    except Exception as error:
        from second_opinion.accounts.errors import AccountsError

        code = 3 if isinstance(error, AccountsError) else 1
        if code == 1:
            traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def in_child(work):
    """The parent never talks to the database, so that no fork inherits a connection."""
    close_all()
    code = wait_for(fork(work))
    if code:
        raise RuntimeError(f"A process that nobody killed ended with {code}.")


def at_once(presses):
    """All of them at the same moment, each in its own process; their exit codes."""
    wait, go = os.pipe()

    def press_when_told(press):
        os.close(go)
        os.read(wait, 1)  # returns when the parent closes its end
        press()

    pids = [fork(lambda press=press: press_when_told(press)) for press in presses]
    os.close(wait)
    os.close(go)
    return [wait_for(pid) for pid in pids]


def wait_for(pid):
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def close_all():
    from django.db import connections

    connections.close_all()


def main(folder, n_kills, seed):
    from django.core.management import call_command

    from tests.opinions.kill.checks import faults

    call_command("migrate", verbosity=0)
    driver = Driver(folder, seed)
    races = []

    def check(*, thoroughly):
        found = faults(driver.receipts.read(), driver.drafts.read(), thoroughly=thoroughly)
        if found:
            raise RuntimeError("; ".join(found[:5]))

    for number in range(1, n_kills + 1):
        close_all()
        driver.kill_once()
        in_child(lambda number=number: check(thoroughly=number % 20 == 0))
        if number % 20 == 1:
            races.append(driver.race())
    in_child(driver.finish)
    in_child(lambda: check(thoroughly=True))
    receipts = driver.receipts.read()
    summary = {
        "kills": n_kills,
        "within_a_seal_or_opening": driver.within,
        "receipts": len(receipts),
        "opened": sum("opened" in receipt for receipt in receipts),
        "races": races,
    }
    print(json.dumps(summary))


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
