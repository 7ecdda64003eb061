import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from second_opinion.accounts.models import Organisation, Person
from second_opinion.cases.models import Candidacy, Case
from second_opinion.panels.models.proposals import ProposalStep
from second_opinion.panels.states import Ending, RulingOutcome, Source, TieKind


class Party(models.Model):
    """A person or a firm that somebody is tied to, as one entry of a provider's register.

    Who has an account, an organisation here or a candidacy is pointed at, and keeps name and
    address there; everybody else is known by what was written.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True
    )
    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="+", null=True)
    is_firm = models.BooleanField(default=False)
    name = models.CharField(max_length=200, blank=True, default="")
    former_names = models.CharField(max_length=200, blank=True, default="")  # parted by commas
    mail = models.CharField(max_length=254, blank=True, default="")  # of a firm: its domain
    registry_number = models.CharField(max_length=40, blank=True, default="")
    respells = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )  # the same words, corrected: one entry, as far as findings go

    class Meta:
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(fields=["provider", "person"], name="one_party_per_person"),
            models.UniqueConstraint(
                fields=["provider", "organisation"], name="one_party_per_organisation"
            ),
            models.UniqueConstraint(
                fields=["provider", "candidacy"], name="one_party_per_candidacy"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.person or self.organisation or self.candidacy)

    @property
    def is_named_here(self) -> bool:
        """Whether it is known by what was written, and has no account or candidacy."""
        return not (self.person_id or self.organisation_id or self.candidacy_id)


class Tie(models.Model):
    """What ties two parties, as somebody declared it. Append-only: a correction replaces it.

    `document` names what shows it, such as a page of a CV, in the words of who declared it.
    `told_in` is where a candidate or the client said it of a proposed assessor, who does not read
    it; a candidate has no account, and so their tie has no author.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="ties", editable=False
    )
    one = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+", editable=False)
    other = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+", editable=False)
    kind = models.CharField(max_length=20, choices=TieKind, editable=False)
    ending = models.CharField(max_length=10, choices=Ending, editable=False)
    began_on = models.DateField(null=True, editable=False)  # null: not known
    ended_on = models.DateField(null=True, editable=False)
    source = models.CharField(max_length=20, choices=Source, editable=False)
    document = models.CharField(max_length=200, blank=True, default="", editable=False)
    author = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    told_in = models.ForeignKey(
        ProposalStep, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    at = models.DateTimeField(default=timezone.now, editable=False)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="replaced_by", null=True, editable=False
    )
    stands_for = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )  # what was decided on that version holds for this one, which says no more; null: on itself
    is_mistaken = models.BooleanField(default=False, editable=False)  # what it replaces never was
    reason = models.TextField(blank=True, default="", editable=False)  # of the correction

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TieKind.values), name="tie_kind_is_known"),
            models.CheckConstraint(
                condition=Q(ending=Ending.ENDED, ended_on__isnull=False)
                | Q(ending__in=[Ending.HOLDS, Ending.UNKNOWN], ended_on__isnull=True),
                name="what_ended_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(began_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(began_on__lte=models.F("ended_on")),
                name="what_ended_had_begun",
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=False) | Q(told_in__isnull=False),
                name="a_tie_is_somebodys_word",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, is_mistaken=False) | ~Q(reason=""),
                name="correction_of_a_tie_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"tie {self.pseudonym}"


class Ruling(models.Model):
    """What a person decided of one finding in one case. Append-only, and there is no second one.

    `finding` is the hash of what was found, entry by entry: what is found anew, or otherwise, is
    another finding, and asks for a ruling of its own. The reason is encrypted under the case's key.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="rulings", editable=False)
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    finding = models.CharField(max_length=64, editable=False)
    outcome = models.CharField(max_length=10, choices=RulingOutcome, editable=False)
    reason = models.BinaryField(editable=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "assessor", "finding"], name="one_ruling_per_finding"
            )
        ]

    def __str__(self) -> str:
        return f"ruling {self.pseudonym}"

    @property
    def label(self) -> str:
        """What the reason is encrypted under, beside the key."""
        return f"ruling:{self.pseudonym}"


class TieRule(models.Model):
    """How far a provider looks for conflicts of interest; the newest one counts. Append-only."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="tie_rules", editable=False
    )
    longest = models.PositiveSmallIntegerField(editable=False)  # relations in a chain
    years = models.PositiveSmallIntegerField(editable=False)  # back, for what has ended
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(longest__gte=1, longest__lte=3, years__gte=1, years__lte=30),
                name="tie_rule_says_something",
            )
        ]

    def __str__(self) -> str:
        return f"tie rule of {self.provider}"
