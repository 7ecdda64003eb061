"""Public data sets with many facets, as ratings."""

import csv

from second_opinion.engine.ratings import Ratings, Scale


def long_table(folder, name, *, candidate, assessor, criteria, scale, criterion=None):
    """Ratings of a file: one column for each criterion, or a criterion and a score column."""
    columns = {"candidates": [], "assessors": [], "criteria": [], "scores": []}
    with (folder / "facets" / name).open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            cells = (
                [(line[criterion], line["Score"])]
                if criterion
                else [(one, line[one]) for one in criteria]
            )
            for label, score in cells:
                if score not in ("", "NA"):
                    columns["candidates"].append(line[candidate])
                    columns["assessors"].append(line[assessor])
                    columns["criteria"].append(label)
                    columns["scores"].append(float(score))
    return Ratings.from_names(**columns, scales=scale)


def writing(folder):
    """561 students, 52 raters, three criteria (R sirt's ratings3)."""
    return long_table(
        folder,
        "sirt_ratings3_writing.csv",
        candidate="idstud",
        assessor="rater",
        criteria=("crit2", "crit3", "crit4"),
        scale=Scale(0, 3),
    )


def items(folder):
    """Five yes or no items by three raters (R TAM's ex10)."""
    return long_table(
        folder,
        "tam_ex10.csv",
        candidate="pid",
        assessor="rater",
        criteria=[f"I000{number}" for number in range(1, 6)],
        scale=Scale(0, 1),
    )


def essays(folder):
    """307 essays, 18 raters, three criteria, simulated (R mfrmr's study 1)."""
    return long_table(
        folder,
        "mfrmr_ej2021_study1_simulated.csv",
        candidate="Person",
        assessor="Rater",
        criteria=(),
        criterion="Criterion",
        scale=Scale(1, 4),
    )


def references(folder, name):
    """Measures and standard errors by facet and label."""
    found = {}
    with (folder / "facets" / f"{name}_reference.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            found[line["facet"], line["label"]] = (
                float(line["measure"]),
                float(line["standard_error"]),
            )
    return found
