import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from second_opinion.accounts.models import Organisation, Person
from second_opinion.instruments.models.questionnaires import GivenQuestionnaire


class NormSetting(models.Model):
    """Whether a provider makes norms of its own; the newest one counts, none is off. Append-only.

    Switched on, candidates are asked whether their scores may be counted.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="norm_settings", editable=False
    )
    is_on = models.BooleanField(editable=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"norms of {self.provider} {'on' if self.is_on else 'off'}"


class NormGroup(models.Model):
    """Whose scores are counted together: who was asked the same, alike worded, by one provider.

    There is no group by sex, age or any other ground, and no column for one.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="norm_groups", editable=False
    )
    key = models.CharField(max_length=60, editable=False)  # of the questionnaire
    version = models.CharField(max_length=60, editable=False)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, editable=False)
    asked_hash = models.CharField(max_length=64, editable=False)  # of statements, keys and answers

    class Meta:
        ordering = ["key", "version", "language", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "key", "version", "language", "asked_hash"],
                name="one_norm_group_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"norm group {self.key} {self.version} in {self.language}"


class NormVersion(models.Model):
    """What is known of a group together, when it was made; the newest one counts. Append-only.

    Number, mean, deviation and percentiles of each scale: nobody's own score stands in it.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(
        NormGroup, on_delete=models.PROTECT, related_name="versions", editable=False
    )
    number = models.PositiveSmallIntegerField(editable=False)
    n_people = models.PositiveIntegerField(editable=False)
    content = models.JSONField(editable=False)  # `analysis.norms_in` reads it
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_norm_per_number")
        ]

    def __str__(self) -> str:
        return f"norm {self.number} of {self.group}"


class NormConsent(models.Model):
    """What a candidate chose of being counted; the newest one counts, none is no. Append-only."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    given = models.ForeignKey(
        GivenQuestionnaire, on_delete=models.CASCADE, related_name="norm_consents"
    )
    is_given = models.BooleanField(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"consent {self.pseudonym}"


class CountedScores(models.Model):
    """The scores of one candidate who agreed, under the case's key; empty where taken back.

    The row itself stays then, so that the same person is not taken for a new one if they agree
    anew: see `selectors.norms`.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    given = models.OneToOneField(
        GivenQuestionnaire, on_delete=models.CASCADE, related_name="counted", editable=False
    )
    group = models.ForeignKey(
        NormGroup, on_delete=models.PROTECT, related_name="counted", editable=False
    )
    content = models.BinaryField(null=True, editable=False)
    first_in = models.ForeignKey(  # the first norm that it was counted in
        NormVersion, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"scores {self.pseudonym}"
