"""What is wrong with an installation, and how to mend it.

Import only once Django is set up: the records are read through the rooms' tables.
"""

from second_opinion.cli.doctor.configuration import configuration_findings
from second_opinion.cli.doctor.database import database_findings
from second_opinion.cli.doctor.findings import Finding
from second_opinion.cli.doctor.keys import key_findings
from second_opinion.cli.doctor.records import record_findings

__all__ = [
    "Finding",
    "configuration_findings",
    "database_findings",
    "examine",
    "key_findings",
    "record_findings",
]


def examine() -> list[Finding]:
    """Everything that is wrong; the records are looked at only when the database is in order."""
    findings = [*configuration_findings(), *database_findings()]
    if any(finding.area == "database" for finding in findings):
        return findings
    return [*findings, *key_findings(), *record_findings()]
