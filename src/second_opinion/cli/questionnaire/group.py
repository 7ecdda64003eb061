"""The commands about questionnaires."""

from __future__ import annotations

from second_opinion.cli.lazy import LazyGroup, Listed

_HERE = "second_opinion.cli.questionnaire"

questionnaire = LazyGroup(
    name="questionnaire",
    help="What a questionnaire measures, how surely, and where people stand.",
    epilog="Example: second-opinion questionnaire analyse answers.csv --items a,b,c --scale 1:6",
    listed={
        "analyse": Listed(
            f"{_HERE}.analyse", "analyse", "Reliability, item parameters, and everybody's score."
        ),
    },
)
