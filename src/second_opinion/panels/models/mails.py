"""Mails about the register of assessors. They are about no case."""

from django.db import models

from second_opinion.accounts.models import Mail, Organisation, Person


class CertificateMail(Mail):
    """That a certificate ends soon: to its holder, and to each coordinator of the provider.

    instrument : as its name is compared, whatever its letters; ahead : days before the last day
    """

    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False
    )
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    instrument = models.CharField(max_length=200, editable=False)
    valid_until = models.DateField(editable=False)
    ahead = models.PositiveSmallIntegerField(editable=False)
    reader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta(Mail.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "holder", "instrument", "valid_until", "ahead", "reader"],
                name="one_mail_per_certificate_and_time",
            )
        ]

    def __str__(self) -> str:
        return f"mail on a certificate {self.pseudonym}"
