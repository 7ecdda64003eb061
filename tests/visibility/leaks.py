"""What must never be so, told from what happened and not from the rules."""

from tests.visibility.model import CANDIDATES


class Watch:
    """Follows the actions of one case, and names the first leak."""

    def __init__(self, coordinators):
        self.coordinators = set(coordinators)
        self.engaged = set()
        self.sealed = set()
        self.asked = []  # who, the coordinators then, whether anybody had been sent away
        self.agreed = {}  # by number of the reading, who agreed to it
        self.is_past_due = self.sent_away = False

    def leak_after(self, action, state):
        """A sentence, or nothing."""
        name, who, *upon = action
        follow = getattr(self, "_" + name.replace(" ", "_"), None)
        sentence = follow(state, who, *upon) if follow else ""
        return sentence or self._anybody_reads_early(state)

    def _engage(self, state, _, *one):
        self.engaged.add(one)
        found = state.read[one[0]]
        return f"{one[0]} assesses after having read {sorted(found)}" if found else ""

    def _seal(self, state, who, *one):
        self.sealed.add(one)
        if state.opened or not state.read[who]:
            return ""
        return f"{who} sealed after having read {sorted(state.read[who])}"

    def _ask(self, state, who, *_):
        self.asked.append((who, set(self.coordinators), self.sent_away))
        if state.readings[-1].granted:
            self.agreed[len(self.asked) - 1] = who
        return ""

    def _grant(self, _, who, number):
        self.agreed[number] = who
        return ""

    def _look(self, _, who, number):
        asked_by, there, sent_away = self.asked[number]
        agreed_by = self.agreed.get(number)
        if agreed_by is None:
            return f"{who} looked and nobody had agreed"
        if who != asked_by:
            return f"{who} looked at what {asked_by} had asked for"
        if agreed_by == asked_by and (there - {asked_by} or sent_away):
            return f"{who} looked alone, and there is or was somebody else"
        if agreed_by != asked_by and agreed_by not in there:
            return f"{agreed_by} became coordinator to agree"
        return ""

    def _take_role(self, _state, _, other):
        self.coordinators.discard(other)
        self.sent_away = True
        return ""

    def _give_role(self, _state, _, other):
        self.coordinators.add(other)
        return ""

    def _deadline(self, _state, _):
        self.is_past_due = True
        return ""

    def _open(self, state, who):
        waiting = self._waiting(state)
        if waiting and not self.is_past_due:
            return f"open while {sorted(waiting)} is not sealed"
        if waiting and any(one[0] == who for one in self.engaged):
            return f"{who} assesses and opened while {sorted(waiting)} is not sealed"
        return ""

    def _waiting(self, state):
        left = [one for one in CANDIDATES if one not in state.withdrawn]
        return {one for one in self.engaged - self.sealed if one[1] in left}

    def _anybody_reads_early(self, state):
        for person, found in state.read.items():
            if drafts := found - self.sealed:
                return f"{person} has read the draft {sorted(drafts)}"
            if state.opened:
                continue
            looked = {one.opinion for one in state.readings if one.asked_by == person and one.looks}
            if any(one[0] == person for one in self.engaged) and found:
                return f"{person} assesses and has read {sorted(found)} before the opening"
            if found - looked:
                return f"{person} has read {sorted(found - looked)} and never asked"
        return ""
