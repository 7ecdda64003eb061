"""The addresses of who may assess whom."""

from django.urls import path

from second_opinion.web.pages import early_readings
from second_opinion.web.pages.orderer import who_assesses
from second_opinion.web.pages.panels import (
    batch,
    conflicts,
    needs,
    own_ties,
    panel,
    proposal,
    versions,
)
from second_opinion.web.pages.panels import register as assessors

# Who may assess whom, and what ties them; and who has read what is sealed.
PANELS = [
    path(
        "cases/<uuid:pseudonym>/early-readings/",
        early_readings.early_readings,
        name="early_readings",
    ),
    path("cases/<uuid:pseudonym>/conflicts/", conflicts.conflicts, name="conflicts"),
    path("cases/<uuid:pseudonym>/who-assesses/", who_assesses.who_assesses, name="who_assesses"),
    path("cases/<uuid:pseudonym>/needs/", needs.needs, name="needs"),
    path("cases/<uuid:pseudonym>/panel/", panel.panel, name="panel"),
    path("assessors/", assessors.register, name="assessor_register"),
    path("assessors/match.zip", batch.batch, name="assessor_batch"),
    path("assessors/<uuid:pseudonym>/", assessors.registered, name="registered"),
    path(
        "assessors/<uuid:pseudonym>/versions/<int:number>/",
        versions.version,
        name="assessor_version",
    ),
    path("proposals/<uuid:pseudonym>/", proposal.proposal, name="proposal"),
    path("ties/", own_ties.own_ties, name="own_ties"),
    path("ties/<uuid:pseudonym>/", own_ties.correct_tie, name="correct_tie"),
]
