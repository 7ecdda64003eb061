"""What the letters of a design stand for, and which ratings they speak of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import click
import numpy as np

from second_opinion.engine.ratings import Ratings
from second_opinion.ingest.ratings_file import RatingsFile

Numbers = dict[str, tuple[int, ...]]

_KNOWN = "prt"


def _letters(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    letters = {}
    for value in values:
        letter, equals, column = value.partition("=")
        if not (equals and column and len(letter) == 1 and letter.islower() and letter != "x"):
            raise click.BadParameter(
                f"{value!r} is no letter with its column; write o=occasion.", ctx=ctx, param=param
            )
        if letter in _KNOWN:
            raise click.BadParameter(
                "p, r and t are the candidate, the assessor and the criterion; take another "
                "letter.",
                ctx=ctx,
                param=param,
            )
        letters[letter] = column.strip()
    return letters


def _numbers(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> Numbers:
    numbers: Numbers = {}
    for value in values:
        letter, equals, listed = value.partition("=")
        parts = [part.strip() for part in listed.split(",")]
        if not (equals and letter and all(part.isdecimal() and int(part) > 0 for part in parts)):
            raise click.BadParameter(
                f"{value!r} is no list of numbers; write r=1,2,3.", ctx=ctx, param=param
            )
        numbers[letter] = tuple(sorted({int(part) for part in parts}))
    return numbers


letter_option = click.option(
    "--letter",
    "letters",
    metavar="LETTER=COL",
    multiple=True,
    callback=_letters,
    help="The letter of a --facet, where its first letter is taken.",
)

numbers_option: Callable[[Callable[..., None]], Callable[..., None]] = click.option(
    "--numbers",
    metavar="LETTER=N,...",
    multiple=True,
    callback=_numbers,
    help="Numbers to try, as r=1,2,3. Repeatable.",
)


def letters_of(facets: str, further: Collection[str], named: Mapping[str, str]) -> dict[str, str]:
    """The column of each letter of a design beyond p, r and t.

    Raises
    ------
    click.UsageError : a letter that no facet has, or more than one
    """
    letters = {}
    for letter in facets:
        if letter in _KNOWN:
            continue
        fitting = [
            name
            for name in further
            if named.get(letter, name) == name and (letter in named or name[:1].lower() == letter)
        ]
        if len(fitting) != 1:
            raise click.UsageError(
                f"The design's {letter!r} is {'no facet' if not fitting else 'several facets'}; "
                f"name its column with --facet COL --letter {letter}=COL."
            )
        letters[letter] = fitting[0]
    return letters


def of_design(read: RatingsFile, facets: str) -> Ratings:
    """The ratings that a design speaks of: the overall score is no criterion among others.

    Raises
    ------
    click.UsageError : the design leaves out the criterion, and there are several
    """
    ratings = read.ratings
    labels = ratings.criterion.labels
    if read.overall is not None:
        is_overall = ratings.criterion.codes == labels.index(read.overall)
        return ratings.rows(np.flatnonzero(~is_overall if "t" in facets else is_overall))
    if "t" not in facets and len(labels) > 1:
        raise click.UsageError(
            f"The design leaves out the criterion, of which there are {len(labels)}: put t into "
            "it, or name one column."
        )
    return ratings
