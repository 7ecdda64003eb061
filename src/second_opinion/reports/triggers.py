"""What the database refuses of written reports, decisions and shares."""

from second_opinion.audit.triggers import Refusal, append_only

_VERSION_CHANGED = " OR ".join(
    [
        "NEW.case_id <> OLD.case_id",
        *(
            f"NEW.{column} <> OLD.{column}"
            for column in ("number", "input", "input_hash", "addendum", "addendum_hash")
        ),
        "CAST(NEW.method AS text) <> CAST(OLD.method AS text)",
        *(
            f"(OLD.{column} IS NOT NULL AND (NEW.{column} IS NULL OR NEW.{column} <> OLD.{column}))"
            for column in ("released_at", "to_candidates_at", "started_at")
        ),
    ]
)
_NOT_REPORTED = (
    "NOT EXISTS (SELECT 1 FROM cases_case AS its "
    "WHERE its.id = NEW.case_id AND its.state = 'reported')"
)
_DECIDED = (
    "EXISTS (SELECT 1 FROM cases_candidacy AS candidacy "
    "JOIN reports_clientdecision AS decision ON decision.case_id = candidacy.case_id "
    "WHERE candidacy.id = NEW.candidacy_id)"
)
_WITHOUT_DECISION = (
    "NEW.state = 'decided' AND OLD.state <> 'decided' AND NOT EXISTS ("
    "SELECT 1 FROM reports_clientdecision AS decision WHERE decision.case_id = NEW.id)"
)
_A_REPORT_IS_OUT = (
    "EXISTS (SELECT 1 FROM opinions_opinion AS opinion "
    "JOIN cases_candidacy AS candidacy ON candidacy.id = opinion.candidacy_id "
    "JOIN reports_reportversion AS version ON version.case_id = candidacy.case_id "
    "WHERE opinion.id = NEW.opinion_id AND version.to_candidates_at IS NOT NULL)"
)
_OF_AN_UNRELEASED_VERSION = (
    "NOT EXISTS (SELECT 1 FROM reports_reportversion AS version "
    "WHERE version.id = NEW.version_id AND version.released_at IS NOT NULL)"
)
_SHARE_CHANGED = (
    "NEW.version_id <> OLD.version_id "
    "OR (NEW.email <> OLD.email AND NEW.email <> '') "  # erased, at the case's date
    "OR NEW.expires_at <> OLD.expires_at "
    "OR (OLD.closed_at IS NOT NULL AND NEW.closed_at IS NULL)"
)

_VERSIONS = (
    Refusal(
        "reports_reportversion",
        "UPDATE",
        "A report version is never changed: write a new version.",
        when=_VERSION_CHANGED,
    ),
    Refusal(
        "reports_reportversion",
        "DELETE",
        "This report version has been released and stays.",
        when="OLD.released_at IS NOT NULL OR OLD.to_candidates_at IS NOT NULL",
    ),
    Refusal(
        "opinions_revision",
        "INSERT",
        "A report has been given out: ratings are no longer revised.",
        when=_A_REPORT_IS_OUT,
        name="opinions_revision_refuses_late",
    ),
)

_DRAFTS = (
    *append_only("reports_draftsave", "What was saved of a draft stays."),
    *append_only("reports_authornaming", "Who was named to write a report stays named."),
)

_DECISION = (
    *append_only("reports_quickanswer", "A quick answer is given once."),
    Refusal(
        "reports_quickanswer",
        "INSERT",
        "Quick answers are given before the decision.",
        when=_DECIDED,
    ),
    *append_only("reports_clientdecision", "The decision is recorded and stays."),
    Refusal(
        "reports_clientdecision",
        "INSERT",
        "A decision is recorded when the client has the report.",
        when=_NOT_REPORTED,
    ),
    Refusal(
        "cases_case",
        "UPDATE",
        "A case is decided by the decision of its client.",
        when=_WITHOUT_DECISION,
        name="cases_case_refuses_early_decision",
    ),
)

_SHARES = (
    Refusal(
        "reports_share",
        "INSERT",
        "Only a report that has been released is shared.",
        when=_OF_AN_UNRELEASED_VERSION,
    ),
    Refusal(
        "reports_share",
        "UPDATE",
        "A share stays with its version and its address, and what has ended stays so.",
        when=_SHARE_CHANGED,
    ),
    *append_only("reports_shareopening", "That a shared report was opened is append-only."),
)

REFUSALS = _VERSIONS + _DRAFTS + _DECISION + _SHARES
