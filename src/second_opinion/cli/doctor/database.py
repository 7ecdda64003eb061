from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from second_opinion.audit.triggers import missing_triggers
from second_opinion.cli.doctor.findings import Finding


def database_findings() -> list[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        return [
            _finding(
                f"The database cannot be reached: {str(error).strip().splitlines()[0]}",
                "Check DATABASE_URL, and that the server runs and lets this machine in.",
            )
        ]
    missing = _unapplied_migrations()
    if missing:
        return [
            _finding(
                f"The database lacks {len(missing)} changes of this version, first {missing[0]}.",
                "Back it up, then run: second-opinion migrate",
            )
        ]
    return _missing_triggers()


def _unapplied_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _missing_triggers() -> list[Finding]:
    return [
        _finding(
            f"The database no longer protects its records: {trigger} is missing or changed.",
            "Find out who changed the schema, then set it up again: second-opinion migrate",
        )
        for trigger in missing_triggers(connection)
    ]


def _finding(problem: str, mend: str) -> Finding:
    return Finding(area="database", problem=problem, mend=mend)
