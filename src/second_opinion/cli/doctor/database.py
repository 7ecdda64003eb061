from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from second_opinion.cli.doctor.findings import Finding

# What the migrations set up (on PostgreSQL more, against TRUNCATE). SQLite drops a table's
# triggers when a table is remade, so their presence is looked at, not taken for granted.
TRIGGERS = frozenset(
    {
        "audit_event_refuses_delete",
        "audit_event_refuses_update",
        "audit_lognode_refuses_delete",
        "audit_lognode_refuses_update",
        "candidates_acknowledgement_refuses_delete",
        "candidates_acknowledgement_refuses_update",
        "candidates_adjustment_refuses_delete",
        "candidates_adjustment_refuses_update",
        "candidates_answer_refuses_delete",
        "candidates_answer_refuses_update",
        "candidates_arrangement_refuses_delete",
        "candidates_arrangement_refuses_update",
        "candidates_correction_refuses_delete",
        "candidates_correction_refuses_update",
        "candidates_experience_refuses_delete",
        "candidates_experience_refuses_update",
        "candidates_feedbacknote_refuses_delete",
        "candidates_feedbacknote_refuses_update",
        "candidates_meetingchoice_refuses_delete",
        "candidates_meetingchoice_refuses_update",
        "candidates_meetingtime_refuses_delete",
        "candidates_meetingtime_refuses_update",
        "candidates_question_refuses_delete",
        "candidates_question_refuses_update",
        "candidates_reply_refuses_delete",
        "candidates_reply_refuses_update",
        "candidates_notice_refuses_delete",
        "candidates_notice_refuses_update",
        "cases_belief_refuses_update",
        "cases_candidacy_refuses_return",
        "cases_case_refuses_early_decision",
        "cases_case_refuses_early_opening",
        "cases_casetransition_refuses_delete",
        "cases_casetransition_refuses_update",
        "cases_criterion_refuses_delete",
        "cases_criterion_refuses_insert",
        "cases_criterion_refuses_update",
        "cases_firstopinionwaiver_refuses_delete",
        "cases_firstopinionwaiver_refuses_update",
        "cases_order_refuses_other_words",
        "cases_profileanswer_refuses_delete",
        "cases_profileanswer_refuses_update",
        "cases_requirementprofile_refuses_delete",
        "cases_requirementprofile_refuses_update",
        "instruments_deviation_refuses_delete",
        "instruments_deviation_refuses_update",
        "instruments_guide_refuses_delete",
        "instruments_guide_refuses_update",
        "instruments_practicerating_refuses_update",
        "opinions_opening_refuses_delete",
        "opinions_opening_refuses_insert",
        "opinions_opening_refuses_update",
        "cases_standardrule_refuses_delete",
        "cases_standardrule_refuses_update",
        "opinions_opinion_refuses_delete",
        "opinions_opinion_refuses_early_seal",
        "opinions_opinion_refuses_insert",
        "opinions_opinion_refuses_late_seal",
        "opinions_opinion_refuses_untold_insert",
        "opinions_opinion_refuses_untold_update",
        "opinions_opinion_refuses_update",
        "opinions_remark_refuses_delete",
        "opinions_remark_refuses_insert",
        "opinions_remark_refuses_update",
        "opinions_revision_refuses_delete",
        "opinions_revision_refuses_insert",
        "opinions_revision_refuses_late",
        "opinions_revision_refuses_update",
        "reports_clientdecision_refuses_delete",
        "reports_clientdecision_refuses_insert",
        "reports_clientdecision_refuses_update",
        "reports_quickanswer_refuses_delete",
        "reports_quickanswer_refuses_insert",
        "reports_quickanswer_refuses_update",
        "reports_reportversion_refuses_delete",
        "reports_reportversion_refuses_update",
        "reports_share_refuses_insert",
        "reports_share_refuses_update",
        "reports_shareopening_refuses_delete",
        "reports_shareopening_refuses_update",
    }
)
TRIGGERS_ON_POSTGRESQL = TRIGGERS | {
    "audit_event_refuses_truncate",
    "audit_lognode_refuses_truncate",
    "candidates_acknowledgement_refuses_truncate",
    "candidates_adjustment_refuses_truncate",
    "candidates_answer_refuses_truncate",
    "candidates_arrangement_refuses_truncate",
    "candidates_correction_refuses_truncate",
    "candidates_experience_refuses_truncate",
    "candidates_feedbacknote_refuses_truncate",
    "candidates_meetingchoice_refuses_truncate",
    "candidates_meetingtime_refuses_truncate",
    "candidates_question_refuses_truncate",
    "candidates_reply_refuses_truncate",
    "candidates_notice_refuses_truncate",
    "cases_casetransition_refuses_truncate",
    "instruments_deviation_refuses_truncate",
    "opinions_opening_refuses_truncate",
    "opinions_remark_refuses_truncate",
    "opinions_revision_refuses_truncate",
    "reports_clientdecision_refuses_truncate",
    "reports_quickanswer_refuses_truncate",
    "reports_shareopening_refuses_truncate",
    "cases_standardrule_refuses_truncate",
    "cases_profileanswer_refuses_truncate",
}


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
    is_postgresql = connection.vendor == "postgresql"
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if is_postgresql
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    missing = sorted((TRIGGERS_ON_POSTGRESQL if is_postgresql else TRIGGERS) - present)
    return [
        _finding(
            f"The database no longer protects its records: {trigger} is missing.",
            "Restore the database's schema from a backup, or report it: no command removes it.",
        )
        for trigger in missing
    ]


def _finding(problem: str, mend: str) -> Finding:
    return Finding(area="database", problem=problem, mend=mend)
