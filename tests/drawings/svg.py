"""Reading a drawing as its reader does: its words, and the room they take."""

from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

from second_opinion.drawings import pen

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Word:
    text: str
    left: float
    right: float
    baseline: float

    def meets(self, other):
        apart = self.right <= other.left + 0.1 or other.right <= self.left + 0.1
        return not apart and abs(self.baseline - other.baseline) < 10.5


def parsed(source):
    return ElementTree.fromstring(source)


def words(source):
    found = []
    for element in parsed(source).iter(f"{SVG}text"):
        size = pen.TEXT * (1.1 if element.get("font-weight") else 1)
        width = pen.width_of(element.text or "", size=size)
        x = float(element.get("x"))
        left = x - {"start": 0, "middle": width / 2, "end": width}[element.get("text-anchor")]
        found.append(Word(element.text or "", left, left + width, float(element.get("y"))))
    return found


def collisions(source):
    """Pairs of words that would be printed over one another."""
    return [(a.text, b.text) for a, b in combinations(words(source), 2) if a.meets(b)]


def outside(source):
    """Words that would be cut by the drawing's edges."""
    height = float(parsed(source).get("height"))
    return [
        word.text
        for word in words(source)
        if word.left < -0.5 or word.right > pen.WIDTH + 0.5 or not 8 <= word.baseline <= height
    ]
