"""What the database refuses of ties that were declared and of what was decided on them."""

from second_opinion.audit.triggers import append_only

_VERSIONS = "Every change in the register of assessors is a new version."
_ASKED = "What was needed, asked and answered stays as it was."
_DECIDED = "A decision on a conflict of interest stays as it was made."

REFUSALS = (
    *append_only(
        "panels_tie", "What was declared stays as it was: a correction is a new declaration."
    ),
    *append_only("panels_ruling", _DECIDED),
    *append_only("panels_tierule", _DECIDED),
    *(
        refusal
        for table in (
            "owncompetence",
            "competenceconfirmation",
            "competenceimport",
            "importedcompetence",
            "assessorversion",
            "confirmation",
            "requiredcertificate",
        )
        for refusal in append_only(f"panels_{table}", _VERSIONS)
    ),
    *(
        refusal
        for table in ("needsversion", "proposal", "proposalstep", "declaration")
        for refusal in append_only(f"panels_{table}", _ASKED)
    ),
)
