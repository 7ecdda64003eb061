"""What a policy answers, in every room, and the policies of this one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from second_opinion.accounts import selectors
from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.states import Role


@dataclass(frozen=True, slots=True)
class Allowed:
    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Denied:
    """The reason is a sentence for the person who was denied."""

    reason: str

    def __bool__(self) -> bool:
        return False


Decision = Allowed | Denied


def require(decision: Decision) -> None:
    """Turn a denial into the error that stops a service, and answers 403 on a page."""
    if isinstance(decision, Denied):
        raise NotAllowedError(decision.reason)


def may_found_organisation(person: Person) -> Decision:
    """Coordinators enter the clients they work for."""
    if selectors.roles_of(person) & {Role.ADMINISTRATOR, Role.COORDINATOR}:
        return Allowed()
    return Denied(_("Only a coordinator or an administrator can enter an organisation."))


def may_invite(person: Person, organisation: Organisation) -> Decision:
    """Administrators everywhere; coordinators to their own, and to the clients they entered."""
    if selectors.roles_given_by(person, organisation):
        return Allowed()
    return Denied(
        _("Only an administrator, or a coordinator of %(organisation)s, can invite people to it.")
        % {"organisation": organisation}
    )


def may_give_role(person: Person, organisation: Organisation, role: Role) -> Decision:
    """Who may give a role may take it away, too."""
    if role in selectors.roles_given_by(person, organisation):
        return Allowed()
    return Denied(
        _("You cannot give or take the role of %(role)s at %(organisation)s.")
        % {"role": role.label, "organisation": organisation}
    )
