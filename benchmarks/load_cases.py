"""A thousand cases of ten providers, and the fifty people who will work on them. A program."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from second_opinion.cli.django_setup import start_django

if TYPE_CHECKING:
    from django.test import Client

    from second_opinion.accounts.models import Person

PROVIDERS, CASES = 10, 1000


def main() -> None:
    start_django()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    call_command("migrate", verbosity=0)
    people = [person for _ in range(PROVIDERS) for person in _provider()]
    # So that a part of them is a mixture too.
    print(json.dumps(sorted(people, key=lambda person: person["number"])))


def _provider() -> list[dict[str, Any]]:
    from allauth.account.models import EmailAddress
    from tests.copies import copies_of
    from tests.web import candidates
    from tests.web.cast import STAGES, make_cast

    from second_opinion.accounts.models import Person
    from second_opinion.opinions.models import Opinion

    for known in Person.objects.exclude(email__startswith="known"):  # a cast's are always the same
        known.email = f"known-{known.pk}@example.com"
        known.save()
        EmailAddress.objects.filter(user=known).update(email=known.email)
    cast = make_cast()
    cases = {stage: cast.case_in(stage) for stage in STAGES}
    for case in cases.values():
        copies_of(case, CASES // PROVIDERS // len(STAGES) - 1)
    reported = cases["reported"]
    opinions = Opinion.objects.filter(
        candidacy__case=cases["in_assessment"], assessor=cast.second_assessor
    )
    version = reported.report_versions.get()
    told = candidates.told(cast)
    browser = _browser()
    candidates.enter(browser, told)
    paths = [f"/cases/{case.pseudonym}/" for case in cases.values()]
    return [
        _person(0, "coordinator", _signed_in(cast.coordinator), paths=paths),
        _person(
            1,
            "assessor",
            _signed_in(cast.second_assessor),
            paths=[f"/assessments/{opinion.pseudonym}/" for opinion in opinions],
        ),
        _person(2, "candidate", browser, paths=[]),
        _person(
            3,
            "orderer",
            _signed_in(cast.orderer),
            paths=paths,
            report=f"/reports/{version.pseudonym}/",
        ),
        _person(4, "decider", _signed_in(cast.decider), paths=paths),
    ]


def _person(number: int, kind: str, browser: Client, **where: object) -> dict[str, Any]:
    cookies = {name: cookie.value for name, cookie in browser.cookies.items()}
    return {"number": number, "kind": kind, "cookies": cookies, **where}


def _signed_in(person: Person) -> Client:
    browser = _browser()
    browser.force_login(person)
    return browser


def _browser() -> Client:
    from django.test import Client

    return Client()


if __name__ == "__main__":
    main()
