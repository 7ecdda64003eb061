"""A design in the field's own notation, as the effects that it implies.

``p x r x t`` is crossed, ``r:t`` is r nested in t, parentheses group: ``p x (r:t)``. A facet is
one lower-case letter; x is the sign for crossed and so no facet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from second_opinion.engine.errors import ArgumentError

RESIDUAL = "residual"

_TOKEN = re.compile(r"\s*([a-z]|[():])")


@dataclass(frozen=True, slots=True)
class Effect:
    """One random effect.

    own : the facets that interact, in the design's order
    nest : the facets that they are nested in
    """

    own: str
    nest: str = ""

    @property
    def facets(self) -> frozenset[str]:
        """Every facet whose change gives a new level."""
        return frozenset(self.own + self.nest)

    @property
    def name(self) -> str:
        return f"{self.own}:{self.nest}" if self.nest else self.own


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """The facets, in the order that they are named, and the effects between them.

    effects : without the one that changes with every facet; that one is the residual
    """

    notation: str
    facets: str
    effects: tuple[Effect, ...]

    def nest_of(self, facet: str) -> frozenset[str]:
        """The facets that a facet is nested in."""
        containing = [effect.facets for effect in self.effects if facet in effect.facets]
        least = frozenset(self.facets).intersection(*containing)
        return least - {facet}


def parse_design(notation: str) -> Design:
    """Read a design.

    Raises
    ------
    ArgumentError : the notation cannot be read, names a facet twice, or has one facet only

    References
    ----------
    Cronbach, Gleser, Nanda and Rajaratnam (1972); Brennan (2001), section 3.2.
    """
    tokens = _tokens(notation)
    effects = _crossed(tokens, notation)
    if tokens:
        raise _unreadable(notation, f"nothing may follow at {tokens[0]!r}")
    letters = [letter for letter in notation if letter.isalpha() and letter != "x"]
    facets = "".join(dict.fromkeys(letters))
    if len(letters) != len(facets):
        raise _unreadable(notation, "a facet is named twice")
    if len(facets) < 2:
        raise _unreadable(notation, "there must be two facets or more")
    ordered = [
        Effect(own=_in_order(effect.own, facets), nest=_in_order(effect.nest, facets))
        for effect in effects
        if effect.facets != frozenset(facets)
    ]
    ordered.sort(key=lambda effect: (len(effect.own), len(effect.facets)))
    return Design(notation=notation, facets=facets, effects=tuple(ordered))


def _in_order(some: str, facets: str) -> str:
    return "".join(facet for facet in facets if facet in some)


def _tokens(notation: str) -> list[str]:
    tokens, position = [], 0
    text = notation.rstrip()
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise _unreadable(notation, f"{text[position:].strip()[:1]!r} is no part of a design")
        tokens.append(found.group(1))
        position = found.end()
    return tokens


def _crossed(tokens: list[str], notation: str) -> list[Effect]:
    effects = _nested(tokens, notation)
    while tokens and tokens[0] == "x":
        tokens.pop(0)
        other = _nested(tokens, notation)
        both = [
            Effect(own=one.own + two.own, nest=one.nest + two.nest)
            for one in effects
            for two in other
        ]
        effects = [*effects, *other, *both]
    return effects


def _nested(tokens: list[str], notation: str) -> list[Effect]:
    inner = _atom(tokens, notation)
    if not tokens or tokens[0] != ":":
        return inner
    tokens.pop(0)
    outer = _nested(tokens, notation)
    around = "".join(dict.fromkeys("".join(effect.own + effect.nest for effect in outer)))
    return [*outer, *(Effect(own=one.own, nest=one.nest + around) for one in inner)]


def _atom(tokens: list[str], notation: str) -> list[Effect]:
    token = tokens.pop(0) if tokens else ""
    if token == "(":  # noqa: S105 - a parenthesis, no secret
        effects = _crossed(tokens, notation)
        if not tokens or tokens.pop(0) != ")":
            raise _unreadable(notation, "a parenthesis is not closed")
        return effects
    if not token.isalpha() or token == "x":  # noqa: S105 - the sign for crossed
        raise _unreadable(notation, "a facet is missing")
    return [Effect(own=token)]


def _unreadable(notation: str, why: str) -> ArgumentError:
    return ArgumentError(
        f"The design {notation!r} cannot be read: {why}. Write for example 'p x r x t' or "
        "'p x (r:t)', one lower-case letter to a facet."
    )
