"""Who may do what, and who has read what: the rules of one case once more, as small as can be.

Nothing here is taken from the product. The services are held to it action by action, and it is
itself walked a million steps at random: a rule that can be left out without any leak being found
is one that the walk does not test.

Persons: `run` runs the case, `col` is (or was) a coordinator too, `ann` and `ola` assess for the
provider, `fia` gives the client's own opinion. Opinions are named (assessor, candidate).
"""

from dataclasses import dataclass, field

PEOPLE = ("run", "col", "ann", "ola", "fia")
PROVIDER = frozenset(PEOPLE) - {"fia"}
CANDIDATES = (1, 2)
OPINIONS = tuple((who, candidate) for who in PEOPLE for candidate in CANDIDATES)

# Left out one at a time in the tests, to see that the walk notices.
GUARDS = frozenset(
    {
        "opens when all is sealed",
        "who assesses chooses no moment",
        "others are shown after the opening",
        "a draft is read by its author",
        "it takes two",
        "alone only if nobody was sent away",
        "no newcomer agrees",
        "who assesses does not look",
        "who has looked does not assess",
        "who asked looks",
    }
)


@dataclass(slots=True)
class Reading:
    """An early reading: asked for, answered perhaps, and looked at."""

    opinion: tuple
    asked_by: str
    newcomers: set = field(default_factory=set)  # coordinators only since it was asked for
    granted: bool | None = None
    granted_by: str = ""
    told_everybody: bool = False
    looks: int = 0


@dataclass(slots=True)
class State:
    """One case in assessment. `read` is what each has seen of others, with when it was sealed."""

    coordinators: set
    guards: frozenset = GUARDS
    sent_away: bool = False  # somebody lost the coordinator's role lately
    engaged: set = field(default_factory=set)
    written: set = field(default_factory=set)
    sealed: set = field(default_factory=set)
    withdrawn: set = field(default_factory=set)
    opened: bool = False
    is_past_due: bool = False
    readings: list = field(default_factory=list)
    read: dict = field(default_factory=lambda: {who: set() for who in PEOPLE})

    def holds(self, guard):
        return guard in self.guards


def assesses(state, who):
    return any((who, candidate) in state.engaged for candidate in CANDIDATES)


def has_looked(state, who):
    return any(one.looks and one.asked_by == who for one in state.readings)


def is_alone(state, who):
    return not state.coordinators - {who}


def remaining(state):
    return [one for one in CANDIDATES if one not in state.withdrawn]


def is_all_sealed(state):
    left = remaining(state)
    mine = {one for one in state.engaged if one[1] in left}
    return (
        bool(left) and all(any(c == one for _, c in mine) for one in left) and mine <= state.sealed
    )


def has_sealed_second(state):
    return any(who != "fia" and one in remaining(state) for who, one in state.sealed)


def first_is_awaited(state):
    return any(
        who == "fia" and candidate not in state.withdrawn and (who, candidate) not in state.sealed
        for who, candidate in state.engaged
    )


def visible(state, who):
    """The opinions whose words this person is shown, their own among them."""
    own = {one for one in state.engaged if one[0] == who and one in state.written | state.sealed}
    if not state.opened and state.holds("others are shown after the opening"):
        return own
    if who in state.coordinators or assesses(state, who):
        others = set(state.sealed)
        return own | (
            others if state.holds("a draft is read by its author") else state.written | others
        )
    return own


def may(state, action):
    """Whether the rules allow an action: its name, who does it, and upon what."""
    name, who, *upon = action
    return _RULES[name](state, who, *upon)


def _engage(state, who, assessor, candidate):
    fits = assessor != "run" or is_alone(state, "run")
    apart = not has_looked(state, assessor) or not state.holds("who has looked does not assess")
    return (
        who in state.coordinators
        and not state.opened
        and candidate not in state.withdrawn
        and (assessor, candidate) not in state.engaged
        and fits
        and apart
    )


def _write(state, who, assessor, candidate):
    one = (assessor, candidate)
    return (
        who == assessor
        and one in state.engaged
        and one not in state.sealed
        and not state.opened
        and candidate not in state.withdrawn
        and (who == "fia" or not first_is_awaited(state))
    )


def _open(state, who):
    moment = assesses(state, who) and state.holds("who assesses chooses no moment")
    late = state.is_past_due and has_sealed_second(state)
    ready = is_all_sealed(state) or late or not state.holds("opens when all is sealed")
    return (
        who in state.coordinators
        and not state.opened
        and ready
        and (not moment or is_all_sealed(state))
    )


def _outside(state, who):
    blind = not assesses(state, who) or not state.holds("who assesses does not look")
    return who in state.coordinators and not state.opened and blind


def _ask(state, who, assessor, candidate):
    return _outside(state, who) and (assessor, candidate) in state.sealed


def may_alone(state, who):
    sent = state.sent_away and state.holds("alone only if nobody was sent away")
    return is_alone(state, who) and not sent


def _grant(state, who, number):
    if number >= len(state.readings):
        return False
    one = state.readings[number]
    new = who in one.newcomers and state.holds("no newcomer agrees")
    second = who != one.asked_by or may_alone(state, who) or not state.holds("it takes two")
    return one.granted is None and _outside(state, who) and not new and second


def _refuse(state, who, number):
    if number >= len(state.readings):
        return False
    return state.readings[number].granted is None and who in state.coordinators and not state.opened


def _look(state, who, number):
    if number >= len(state.readings):
        return False
    one = state.readings[number]
    own = who == one.asked_by or not state.holds("who asked looks")
    return bool(one.granted) and own and _outside(state, who)


def _change(state, who, other):
    return who in state.coordinators and who != other


_RULES = {
    "engage": _engage,
    "write": _write,
    "seal": _write,
    "open": _open,
    "ask": _ask,
    "grant": _grant,
    "refuse": _refuse,
    "look": _look,
    "take role": lambda state, who, other: (
        _change(state, who, other) and other in state.coordinators
    ),
    "give role": lambda state, who, other: (
        _change(state, who, other) and other not in state.coordinators
    ),
    "deadline": lambda state, who: not state.is_past_due,
    "withdraw": lambda state, who, candidate: candidate not in state.withdrawn,
}


def do(state, action):
    """What an allowed action makes of the state; what is then shown is read at once."""
    name, who, *upon = action
    _EFFECTS[name](state, who, *upon)
    for person in PEOPLE:
        state.read[person] |= {one for one in visible(state, person) if one[0] != person}


def _engaged(state, _, *one):
    state.engaged.add(one)


def _written(state, _, *one):
    state.written.add(one)


def _sealed(state, _, *one):
    state.written.add(one)
    state.sealed.add(one)
    state.opened = is_all_sealed(state) and assesses(state, "run")


def _opened(state, _):
    state.opened = True


def _asked(state, who, *one):
    state.readings.append(Reading(opinion=one, asked_by=who))
    if may_alone(state, who):
        _agree(state.readings[-1], who)


def _granted(state, who, number):
    _agree(state.readings[number], who)


def _refused(state, _, number):
    state.readings[number].granted = False


def _looked(state, who, number):
    state.readings[number].looks += 1
    state.read[who].add(state.readings[number].opinion)


def _sent_away(state, _, other):
    state.coordinators.discard(other)
    state.sent_away = True


def _brought_in(state, _, other):
    state.coordinators.add(other)
    for one in state.readings:
        one.newcomers.add(other)


def _withdrawn(state, _, candidate):
    state.withdrawn.add(candidate)


def _late(state, _):
    state.is_past_due = True


_EFFECTS = {
    "engage": _engaged,
    "write": _written,
    "seal": _sealed,
    "open": _opened,
    "ask": _asked,
    "grant": _granted,
    "refuse": _refused,
    "look": _looked,
    "take role": _sent_away,
    "give role": _brought_in,
    "withdraw": _withdrawn,
    "deadline": _late,
}


def _agree(reading, who):
    reading.granted, reading.granted_by, reading.told_everybody = True, who, True


def random_action(rng):
    """Any action by anybody, more often by those whose work it is; many are refused."""
    name = rng.choice(NAMES)
    desk = rng.choice(PEOPLE) if rng.random() < STRAY else rng.choice(DESK)
    if name in {"write", "seal"}:
        own = rng.choice(PEOPLE)
        return name, desk if rng.random() < STRAY else own, own, rng.choice(CANDIDATES)
    if name in {"engage", "ask"}:
        return name, desk, rng.choice(PEOPLE), rng.choice(CANDIDATES)
    if name in {"grant", "refuse", "look"}:
        return name, desk, rng.randrange(3)
    if name in {"take role", "give role"}:
        return name, rng.choice(DESK), rng.choice(DESK)
    return (name, desk, 2) if name == "withdraw" else (name, desk)


DESK = ("run", "col")
STRAY = 0.2  # how often somebody does what is not theirs to do
# As often as they are interesting: what ends a case is rare.
NAMES = (
    *("engage",) * 6,
    *("seal",) * 8,
    *("ask", "grant", "look") * 6,
    *("write", "take role", "give role") * 2,
    "refuse",
    "withdraw",
    "deadline",
    "open",
)
