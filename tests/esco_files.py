"""Made-up files in the shape in which ESCO publishes its skills (columns of release 1.2)."""

import csv

BASE = "http://data.europa.eu/esco/skill/"
COLUMNS = [
    "conceptType",
    "conceptUri",
    "skillType",
    "reuseLevel",
    "preferredLabel",
    "altLabels",
    "hiddenLabels",
    "status",
    "modifiedDate",
    "scopeNote",
    "definition",
    "inScheme",
    "description",
]
GROUP = BASE + "S5.6"


def uri(number):
    return f"{BASE}{number:08d}-0000-4000-8000-000000000000"


def skill(number, label, *, also=(), status="released", **cells):
    return {
        "conceptType": "KnowledgeSkillCompetence",
        "conceptUri": uri(number),
        "skillType": "skill/competence",
        "reuseLevel": "cross-sector",
        "preferredLabel": label,
        "altLabels": "\n".join(also),
        "status": status,
        "modifiedDate": "2024-01-01T00:00:00.000Z",
        "inScheme": "http://data.europa.eu/esco/concept-scheme/skills",
        "description": f"What {label} is, with a comma,\nand a line of its own.",
    } | cells


ENGLISH = (
    skill(1, "tune church organs", also=("organ tuning", "organ voicing")),
    skill(2, "weigh comets"),
    skill(3, "fold paper boats", status="deprecated"),
)
SWEDISH = (
    skill(2, "väga kometer"),
    skill(1, "stämma kyrkorglar", also=("orgelstämning",)),
)


def write(folder, name, rows, *, columns=COLUMNS):
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def both(folder, english=ENGLISH, swedish=SWEDISH):
    return write(folder, "skills_en.csv", english), write(folder, "skills_sv.csv", swedish)


def relations(folder, *pairs):
    """pairs : of a narrower identifier and the broader one above it"""
    columns = [
        "conceptType",
        "conceptUri",
        "conceptLabel",
        "broaderType",
        "broaderUri",
        "broaderLabel",
    ]
    rows = [{"conceptUri": narrow, "broaderUri": broad} for narrow, broad in pairs]
    return write(folder, "broaderRelationsSkillPillar_en.csv", rows, columns=columns)
