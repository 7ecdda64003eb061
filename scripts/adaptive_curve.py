r"""How an adaptive form comes to the full form's scores: the curve of docs/methods/adaptive.md.

    .venv/bin/python scripts/adaptive_curve.py $SECOND_OPINION_DATA/personality/spi_big5_70.csv \
        --drawing docs/pictures/adaptive-curve.svg

Items are estimated from one half of the people and tried on the other, and the other way round; a
minute or two on a quiet core.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from second_opinion.drawings.curves import Curve, Level, draw_curves
from second_opinion.engine.personality import Answers, GradedItems, fit_graded
from second_opinion.engine.personality.adaptive import (
    AdaptiveForm,
    AdaptiveRules,
    AdaptiveTest,
    PostHoc,
    tried_post_hoc,
)

SCALES = ("agreeableness", "conscientiousness", "neuroticism", "extraversion", "openness")
N_OF_SCALE = 14
MOST_DRAWN = 50  # items; beyond, nothing is to be seen
LENGTHS = [5, 10, 15, 20, 25, 30, 35, 40, 50, 60, 70]
RULES = {
    "information": AdaptiveRules(),
    "expected variance": AdaptiveRules(criterion="expected_variance"),
    "information, one of 3": AdaptiveRules(n_best=3),
}


def read(path: Path) -> Answers:
    """The answers, each scale's items keyed by their first principal axis; blocks of fourteen."""
    header = path.read_text(encoding="utf-8").partition("\n")[0].replace('"', "").split(",")
    places = [place for place, name in enumerate(header) if name.startswith("q_")]
    table = np.genfromtxt(path, delimiter=",", skip_header=1, usecols=places)
    reverse = np.zeros(len(places), dtype=bool)
    for begin in range(0, len(places), N_OF_SCALE):
        own = slice(begin, begin + N_OF_SCALE)
        _, axes = np.linalg.eigh(np.corrcoef(table[:, own].T))
        reverse[own] = axes[:, -1] * np.sign(axes[:, -1].sum()) < 0
    return Answers.from_scores(table, low=1, high=6, is_reversed=reverse)


def items_of(answers: Answers) -> GradedItems:
    """All scales' items, each scale estimated by itself."""
    fits = [
        fit_graded(answers.on_items(np.arange(begin, begin + N_OF_SCALE))).items
        for begin in range(0, answers.n_items, N_OF_SCALE)
    ]
    return GradedItems.of(
        np.concatenate([one.discrimination for one in fits]),
        np.concatenate([one.threshold for one in fits]),
        n_categories=np.concatenate([one.n_categories for one in fits]),
    )


def tried(answers: Answers, rules: AdaptiveRules) -> PostHoc:
    """Everybody, by items that were estimated without them."""
    halves = np.arange(len(answers)) % 2 == 0
    scale = np.arange(answers.n_items) // N_OF_SCALE
    found = []
    for half in (halves, ~halves):
        form = AdaptiveForm.of(items_of(answers.of_people(~half)), scale=scale)
        test = AdaptiveTest.of(form, rules)
        found.append(tried_post_hoc(test, answers.of_people(half), lengths=LENGTHS))
    return PostHoc(
        n_asked=np.concatenate([one.n_asked for one in found]),
        ability=np.concatenate([one.ability for one in found]),
        standard_error=np.concatenate([one.standard_error for one in found]),
        exposure=(found[0].exposure + found[1].exposure) / 2,
    )


def correlations(found: PostHoc) -> np.ndarray:
    """(n_lengths, n_scales), with the scores of the full form."""
    full = found.ability[:, -1]
    return np.array(
        [
            [np.corrcoef(found.ability[:, place, s], full[:, s])[0, 1] for s in range(len(SCALES))]
            for place in range(len(LENGTHS))
        ]
    )


def drawing(rows: np.ndarray) -> str:
    """The curve as SVG, from correlations (n_lengths, n_scales)."""
    shown = [place for place, length in enumerate(LENGTHS) if length <= MOST_DRAWN]
    curves = [
        Curve(label=label, points=[(LENGTHS[place], float(heights[place])) for place in shown])
        for label, heights in (("mean of five", rows.mean(axis=1)), ("lowest", rows.min(axis=1)))
    ]
    return draw_curves(
        title="At half of the items every scale correlates .96 or more with the full form",
        description="Correlation of the Big Five scores with those of all 70 items, by the number "
        "of items asked adaptively: the mean of the five, and the lowest.",
        ruler_name="items asked, of 70",
        height_name="correlation with the full form",
        curves=curves,
        level=Level(value=0.95, label=".95"),
        low=0.7,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--drawing", type=Path)
    asked = parser.parse_args()
    answers = read(asked.path)
    for name, rules in RULES.items():
        found = tried(answers, rules)
        if asked.drawing and name == "information":
            asked.drawing.write_text(drawing(correlations(found)) + "\n", encoding="utf-8")
        print(f"\n{name}\n\n| items | {' | '.join(SCALES)} | standard error |")
        print("|---" * (len(SCALES) + 2) + "|")
        for place, row in enumerate(correlations(found)):
            error = np.sqrt((found.standard_error[:, place] ** 2).mean())
            cells = " | ".join(f"{one:.3f}" for one in row)
            print(f"| {LENGTHS[place]} | {cells} | {error:.3f} |", flush=True)


if __name__ == "__main__":
    main()
