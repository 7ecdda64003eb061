"""Letting the first people in, and helping whoever has lost their telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from second_opinion.cli.django_setup import start_django
from second_opinion.cli.errors import CommandError

if TYPE_CHECKING:
    from second_opinion.accounts.models import Organisation

ROLES = ("orderer", "decider", "coordinator", "assessor", "analyst", "administrator")


@click.command(
    epilog='Example: second-opinion invite anna@example.com --name "Anna Berg" '
    '--organisation "Berg AB" --role administrator --role coordinator'
)
@click.argument("address")
@click.option("--name", required=True, help="The person's name.")
@click.option(
    "--organisation", required=True, help="Theirs; it is entered if there is none of that name."
)
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice(ROLES),
    help="May be given several times.",
)
def invite(address: str, name: str, organisation: str, roles: tuple[str, ...]) -> None:
    """Let somebody sign in, above all the first administrator; no mail is sent."""
    start_django()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from second_opinion.accounts import services
    from second_opinion.accounts.errors import AccountsError
    from second_opinion.accounts.states import Role

    try:
        validate_email(address)
        services.invite_person(
            actor=None,
            name=name,
            email=address,
            organisation=_organisation(organisation),
            roles={Role(role) for role in roles},
        )
    except ValidationError:
        raise CommandError(
            f"{address} is not a complete mail address. Write it as anna@example.com."
        ) from None
    except AccountsError as error:
        raise CommandError(str(error)) from None
    click.echo(f"{address} can sign in now: tell {name} so.")


@click.command(epilog="Example: second-opinion reset-sign-in anna@example.com")
@click.argument("address")
@click.option("--yes", is_flag=True, help="Do not ask whether you made sure who is asking.")
def reset_sign_in(address: str, yes: bool) -> None:
    """Remove a lost telephone's app, spare codes and passkeys, and end all sessions.

    The mailed code is left; the person is told by mail, and the log notes it.
    """
    start_django()
    from second_opinion.accounts import selectors, services

    person = selectors.person_of_address(address)
    if person is None:
        raise CommandError(f"Nobody has been invited with {address}. Nothing was changed.")
    if not yes:
        click.confirm(
            f"Have you made sure by another way that {person.name} asks for it?", abort=True
        )
    removed = services.reset_means(person=person)
    click.echo(
        f"Ways to sign in that were removed: {removed}. {person.name} is signed out everywhere, "
        "signs in with the mailed code alone, and is told by mail."
    )


def _organisation(name: str) -> Organisation:
    from second_opinion.accounts import selectors, services

    found = selectors.organisations_named(name)
    if len(found) > 1:
        raise CommandError(
            f"There are {len(found)} organisations of the name {name}: invite the person on the "
            "page People instead."
        )
    return found[0] if found else services.found_organisation(actor=None, name=name)
