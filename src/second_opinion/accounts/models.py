import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from second_opinion.accounts.states import Role
from second_opinion.library.directions import isolated


def default_language() -> str:
    return settings.LANGUAGE_CODE


def default_time_zone() -> str:
    return settings.TIME_ZONE


class Organisation(models.Model):
    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    registry_number = models.CharField(max_length=40, blank=True, default="")
    time_zone = models.CharField(max_length=60, default=default_time_zone)
    # Where its people have their mail, parted by spaces; an address elsewhere is asked about.
    mail_domains = models.CharField(max_length=500, blank=True, default="")
    # The provider whose coordinators entered this client, and so may invite its people.
    entered_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, *, email: str, name: str, **fields: object) -> "Person":
        person = self.model(email=email.strip().lower(), name=name, **fields)
        person.set_unusable_password()  # nobody has a password: sign-in is by mailed code
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in. The pseudonym is what the audit log and the addresses know."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default=default_language)
    time_zone = models.CharField(max_length=60, default=default_time_zone)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_address")]

    def __str__(self) -> str:
        return isolated(self.name)  # as it stands in a sentence

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Membership(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        ordering = ["organisation__name", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"], name="one_membership_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.role}, {self.organisation}"


class Link(models.Model):
    """Lets its holder in without an account, to one thing. Only a hash of its token is kept."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["pk"]

    @property
    def is_live(self) -> bool:
        return self.closed_at is None and timezone.now() < self.expires_at


class MailedCode(models.Model):
    """A code that was mailed before something is shown; only its hash is kept."""

    code_hash = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    used_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"code {self.pk}"


class Mail(models.Model):
    """One mail, from when it was asked for. It keeps no words; an outbox row carries it out."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(  # null: the system itself, or somebody who does not sign in
        Person, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    queued_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    refused_at = models.DateTimeField(null=True, editable=False)
    dropped_at = models.DateTimeField(null=True, editable=False)  # nobody needs it any more
    returned_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["pk"]

    @property
    def is_settled(self) -> bool:
        """Sent, refused or dropped: the worker leaves it alone."""
        return any((self.sent_at, self.refused_at, self.dropped_at))
