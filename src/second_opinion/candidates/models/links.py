from django.db import models

from second_opinion.accounts.models import Link, Mail
from second_opinion.candidates.models.notice import Notice
from second_opinion.candidates.models.referees import Referee
from second_opinion.candidates.states import LinkRole, MailKind
from second_opinion.cases.models import Candidacy


class PersonalLink(Link):
    """Lets its holder into one candidacy in one role; a referee into their own answer alone."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="links")
    role = models.CharField(max_length=20, choices=LinkRole, default=LinkRole.CANDIDATE)
    referee = models.ForeignKey(
        Referee, on_delete=models.CASCADE, related_name="links", null=True, editable=False
    )

    class Meta(Link.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role=LinkRole.CANDIDATE, referee__isnull=True)
                | models.Q(role=LinkRole.REFEREE, referee__isnull=False),
                name="a_link_is_its_roles",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} link {self.pseudonym}"


class Mailing(Mail):
    """A mail to a candidate, or to a referee."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="mailings")
    kind = models.CharField(max_length=20, choices=MailKind, editable=False)
    notice = models.ForeignKey(
        Notice, on_delete=models.CASCADE, related_name="mailings", null=True, editable=False
    )
    # Of a code: for whose holder it is.
    link = models.ForeignKey(
        PersonalLink, on_delete=models.SET_NULL, related_name="+", null=True, editable=False
    )
    referee = models.ForeignKey(  # null: to the candidate
        Referee, on_delete=models.CASCADE, related_name="mailings", null=True, editable=False
    )
    address = models.EmailField(editable=False)  # plain, as names are; deleted at erasure

    def __str__(self) -> str:
        return f"{self.kind} mail {self.pseudonym}"
