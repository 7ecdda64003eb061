"""The commands about questionnaires."""

from __future__ import annotations

from second_opinion.cli.lazy import LazyGroup, Listed

_HERE = "second_opinion.cli.questionnaire"

questionnaire = LazyGroup(
    name="questionnaire",
    help="Which questionnaires there are, what they measure, and where people stand.",
    epilog="Example: second-opinion questionnaire analyse answers.csv --items a,b,c --scale 1:6",
    listed={
        "analyse": Listed(
            f"{_HERE}.analyse", "analyse", "Reliability, item parameters, and everybody's score."
        ),
        "install": Listed(f"{_HERE}.bank", "install", "Items out of their package, checked."),
        "list": Listed(
            f"{_HERE}.bank", "list_questionnaires", "What can be used, and what installed."
        ),
        "check": Listed(f"{_HERE}.bank", "check", "Everything to mend in a questionnaire's file."),
    },
)
