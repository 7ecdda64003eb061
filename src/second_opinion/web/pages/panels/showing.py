"""What an assessor's page is sent, read into what they show."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from second_opinion.instruments.writing.language_names import name_of_language
from second_opinion.panels.errors import PanelError
from second_opinion.panels.selectors.assessors import (
    Certificate,
    Shown,
    ShownCompetence,
    Spoken,
)
from second_opinion.panels.services import OwnWord
from second_opinion.panels.states import LanguageLevel, Level, Proof
from second_opinion.web.phrases import Chosen, chosen_in

MOST_LANGUAGES = 20
OF_CASES = tuple(code for code, _name in settings.LANGUAGES)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LanguageRow:
    """A row of the form. name : of a language that cases are in; else it is written there."""

    number: int
    code: str
    name: str
    level: str


def with_chosen(shown: Shown, sent: Mapping[str, str]) -> tuple[Shown, dict[str, OwnWord]]:
    """With what was chosen for each phrase, and the words that are to be entered for it."""
    chosen = {f"{one.key}-{one.number}" if one.is_own else one.key: one for one in chosen_in(sent)}
    if not chosen:
        raise PanelError(_("Choose the competence, a level and a proof. Nothing was saved."))
    others = tuple(one for one in shown.competences if one.key not in chosen)
    added = tuple(_competence(key, one, sent) for key, one in chosen.items())
    entering = {key: one.word for key, one in chosen.items() if one.is_own}
    return dataclasses.replace(shown, competences=(*others, *added)), entering


def _competence(key: str, chosen: Chosen, sent: Mapping[str, str]) -> ShownCompetence:
    try:
        return ShownCompetence(
            key=key,
            level=Level(chosen.level),
            proof=Proof(sent.get(f"proof-{chosen.number}", "")),
            expires_on=_day(sent.get(f"expires_on-{chosen.number}", "")),
        )
    except ValueError as error:
        raise PanelError(
            _("Choose the competence, a level and a proof. Nothing was saved.")
        ) from error


def detailed(shown: Shown, sent: Mapping[str, str]) -> Shown:
    """With what stands beside the competences as it was sent."""
    try:
        return dataclasses.replace(
            shown,
            languages=_languages(sent),
            certificates=sent.get("certificates", "").strip(),
            instruments=_certificates(sent.get("instruments", "")),
            years=int(sent["years"]) if sent.get("years", "").strip() else None,
            places=sent.get("places", "").strip(),
            sectors=sent.get("sectors", "").strip(),
            schools=sent.get("schools", "").strip(),
            declares=sent.get("declares", "").strip(),
            cap=int(sent.get("cap", "")),
            price=float(sent["price"].replace(" ", "")) if sent.get("price", "").strip() else None,
            free_from=_day(sent.get("free_from", "")),
        )
    except ValueError as error:
        raise PanelError(_("Write numbers as 12 and days as 2027-01-31. Nothing was saved.")) from (
            error
        )


def _languages(sent: Mapping[str, str]) -> tuple[Spoken, ...]:
    """Those of a case that a level was chosen for; others are worked in where none was."""
    found = []
    for number in range(1, MOST_LANGUAGES + 1):
        code = sent.get(f"language-{number}", "").strip().lower()
        level = sent.get(f"language-level-{number}", "")
        if code and (level or code not in OF_CASES):
            found.append(Spoken(code=code, level=LanguageLevel(level or LanguageLevel.WORKS)))
    return tuple(found)


def spoken_rows(shown: Shown) -> list[LanguageRow]:
    """The languages that cases are in, the others that were named, and room for two more."""
    levels = {one.code: one.level for one in shown.languages}
    others = [code for code in levels if code not in OF_CASES]
    codes = [*OF_CASES, *others, "", ""][:MOST_LANGUAGES]
    return [
        LanguageRow(
            number=number,
            code=code,
            name=name_of_language(code) if code in OF_CASES else "",
            level=levels.get(code, ""),
        )
        for number, code in enumerate(codes, 1)
    ]


def _certificates(text: str) -> tuple[Certificate, ...]:
    """One a line: the instrument, and after a semicolon its last day where it has one."""
    return tuple(
        Certificate(instrument=name.strip(), valid_until=_day(day))
        for name, _semicolon, day in (line.partition(";") for line in text.splitlines())
        if name.strip()
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text.strip()) if text.strip() else None
