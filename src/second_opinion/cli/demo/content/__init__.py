"""What the demo is filled with: made-up people, organisations and cases, read from TOML."""

from second_opinion.cli.demo.content.reading import (
    Band,
    DemoAssessor,
    DemoCase,
    DemoContribution,
    DemoCriterion,
    DemoOrganisation,
    DemoPerson,
    DemoReply,
    read_cases,
    read_organisations,
)

__all__ = [
    "Band",
    "DemoAssessor",
    "DemoCase",
    "DemoContribution",
    "DemoCriterion",
    "DemoOrganisation",
    "DemoPerson",
    "DemoReply",
    "read_cases",
    "read_organisations",
]
