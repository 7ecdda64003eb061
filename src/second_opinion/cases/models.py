import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from second_opinion.accounts.models import Mail, Organisation, Person, default_language
from second_opinion.cases.states import CaseState, LetterKind, ReportOrder
from second_opinion.library.directions import isolated


class Case(models.Model):
    """One order about one role. `state` is written by this room's services alone."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=60)
    role = models.CharField(max_length=200)
    client = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ordered_cases")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="run_cases")
    orderer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ordered_cases")
    coordinator = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="run_cases")
    state = models.CharField(
        max_length=20, choices=CaseState, default=CaseState.ORDERED, editable=False
    )
    # Written with `state`; null, so that SQLite remakes no table and keeps its triggers.
    state_since = models.DateTimeField(null=True, editable=False)
    ordered_at = models.DateTimeField(default=timezone.now, editable=False)
    due_on = models.DateField()  # ends at 24:00 in the provider's time zone
    scale_low = models.FloatField(default=1.0)
    scale_high = models.FloatField(default=5.0)
    bar = models.FloatField(default=3.0)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default=default_language)
    # What the order says of its stakes; empty where it says nothing. Kronor, and people of ten.
    price = models.FloatField(null=True, blank=True, validators=[MinValueValidator(0.0)])
    yearly_pay = models.FloatField(null=True, blank=True, validators=[MinValueValidator(0.0)])
    worked_out = models.FloatField(
        null=True, blank=True, validators=[MinValueValidator(1.0), MaxValueValidator(9.0)]
    )

    cost_of_wrong_hire = models.FloatField(
        null=True, blank=True, validators=[MinValueValidator(0.0)]
    )

    # A practice case belongs to one person, is made up, and is no part of anything that counts.
    practised_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    # Practice that was put away, or a real case whose content was erased at its date.
    removed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["provider", "state", "state_since"], name="case_by_provider"),
            models.Index(fields=["client", "state"], name="case_by_client"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "reference"], name="one_reference_per_provider"
            ),
            models.CheckConstraint(
                condition=Q(scale_low__lt=F("scale_high")), name="scale_goes_upwards"
            ),
            models.CheckConstraint(
                condition=Q(bar__gte=F("scale_low"), bar__lte=F("scale_high")),
                name="bar_lies_on_the_scale",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CaseState.values), name="case_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.role}"

    @property
    def is_practice(self) -> bool:
        return self.practised_by_id is not None


class Order(models.Model):
    """What the client says when ordering, besides the case's own facts.

    `why` is read by the candidates in the orderer's own words, and so carries a signature; a
    trigger refuses other words under it.
    """

    LONGEST_MINUTES = 600

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="order")
    role_preview = models.TextField(blank=True, default="")
    why = models.TextField(blank=True, default="")
    signed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, editable=False)
    competence_lacking = models.TextField(blank=True, default="")  # what the client cannot judge
    how_chosen = models.TextField(blank=True, default="")  # how finalists were found and chosen
    minutes_allowed = models.PositiveSmallIntegerField(
        default=240, validators=[MinValueValidator(30), MaxValueValidator(LONGEST_MINUTES)]
    )  # of each candidate's time
    report_order = models.CharField(
        max_length=20, choices=ReportOrder, default=ReportOrder.CANDIDATE_FIRST
    )
    further_readers = models.TextField(blank=True, default="")  # one on each line, at the client

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="a_signature_has_its_person",
            ),
            models.CheckConstraint(
                condition=Q(report_order__in=ReportOrder.values), name="report_order_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"order of {self.case}"


class Decider(models.Model):
    """A person at the client who takes part in the decision, and must approve the profile."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deciders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decides_in")

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="one_decider_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.case}"


class OpenQuestion(models.Model):
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="open_questions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="open_questions_in_order")
        ]

    def __str__(self) -> str:
        return self.text


class RequirementProfile(models.Model):
    """A version of the criteria. Once answered or locked, triggers refuse every change to it.

    `reason` says why a version was made after one had been locked.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="profiles")
    version = models.PositiveSmallIntegerField(default=1)
    reason = models.TextField(blank=True, default="")
    locked_at = models.DateTimeField(null=True, blank=True, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, default="", editable=False)
    # All limits of the conclusion rule by name; null: the provider's standard until the lock, and
    # the software's standard in profiles that were locked before rules were kept.
    conclusion_rule = models.JSONField(null=True, editable=False)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="one_profile_per_version"),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True, content_hash="")
                | (Q(locked_at__isnull=False) & ~Q(content_hash="")),
                name="locked_profile_has_its_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}, version {self.version}"


class Criterion(models.Model):
    profile = models.ForeignKey(
        RequirementProfile, on_delete=models.CASCADE, related_name="criteria"
    )
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    definition = models.TextField(blank=True, default="")
    weight = models.FloatField(validators=[MinValueValidator(0.0), MaxValueValidator(100.0)])
    minimum = models.FloatField(null=True, blank=True)
    anchors = models.JSONField(default=list, blank=True)  # pairs: scale point, what it looks like
    reason = models.TextField(blank=True, default="")  # why the job demands it
    methods = models.JSONField(default=list, blank=True)  # what measures it, of cases.states.Method
    # Of a criterion that was chosen from the library: which one, and what its interview asks, as
    # `selectors.interview_of` gives it. A copy, so that a later edit there changes nothing here.
    library_key = models.CharField(max_length=60, blank=True, default="", editable=False)
    interview = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["profile", "position"], name="criteria_in_order"),
            models.UniqueConstraint(fields=["profile", "name"], name="one_criterion_per_name"),
            models.CheckConstraint(
                condition=Q(weight__gt=0.0, weight__lte=100.0), name="weight_is_a_percentage"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProfileAnswer(models.Model):
    """A decider's yes to a version of the profile, or what must change. Append-only."""

    profile = models.ForeignKey(
        RequirementProfile, on_delete=models.CASCADE, related_name="answers", editable=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    is_approval = models.BooleanField(editable=False)
    words = models.TextField(blank=True, default="", editable=False)  # what must change
    content_hash = models.CharField(max_length=64, editable=False)  # of the profile, as it was read
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_approval=True) | ~Q(words=""), name="no_objection_without_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} on {self.profile}"


class FirstOpinionWaiver(models.Model):
    """The client wants no opinion of its own first; every later report says so. Append-only."""

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, related_name="first_opinion_waiver", editable=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    reason = models.TextField(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"no first opinion in {self.case}"


class Candidacy(models.Model):
    """A candidate in one case. Name, address and language are plain, and deleted at erasure.

    Withdrawing is final: a trigger refuses to take `withdrawn_at` back.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="candidacies")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True, default="")  # empty: not given yet, or erased
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default=default_language)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "candidacies"
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="candidacies_in_order"),
            models.UniqueConstraint(fields=["case", "name"], name="one_candidacy_per_name"),
        ]

    def __str__(self) -> str:
        return isolated(self.name)  # as it stands in a sentence

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class Belief(models.Model):
    """What the orderer would decide today on one candidate, sealed when the order is sent.

    Content and nonce are encrypted under the case's key. No assessor and no candidate ever sees
    it; `selectors.belief_of` reads it.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.OneToOneField(Candidacy, on_delete=models.CASCADE, related_name="belief")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField(editable=False)
    nonce = models.BinaryField(null=True, editable=False)
    commitment = models.CharField(max_length=64, blank=True, default="", editable=False)
    sealed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True, nonce__isnull=True, commitment="")
                | (Q(sealed_at__isnull=False, nonce__isnull=False) & ~Q(commitment="")),
                name="sealed_belief_is_committed",
            )
        ]

    def __str__(self) -> str:
        return f"belief {self.pseudonym}"


class CaseTransition(models.Model):
    """A step of the journey. Append-only: triggers refuse every change."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="transitions")
    source = models.CharField(max_length=20, blank=True, editable=False)  # empty: the order itself
    target = models.CharField(max_length=20, choices=CaseState, editable=False)
    actor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    reason = models.TextField(blank=True, default="", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case}: {self.source} to {self.target}"


class Letter(Mail):
    """A mail to somebody who signs in; `writing.letters` has its words."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=20, choices=LetterKind, editable=False)
    reader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    about = models.UUIDField(editable=False)  # pseudonym of the case, profile, candidacy or report

    class Meta(Mail.Meta):
        indexes = [models.Index(fields=["case", "kind", "about"], name="letter_by_case")]

    def __str__(self) -> str:
        return f"{self.kind} letter {self.pseudonym}"


class StandardRule(models.Model):
    """The conclusion rule that a provider's new profiles begin with; the newest one counts.

    Append-only: triggers refuse every change.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="standard_rules", editable=False
    )
    limits = models.JSONField(editable=False)  # all of them, by name
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"standard rule of {self.provider}"
