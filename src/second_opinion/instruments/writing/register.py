"""The register of questionnaires in words: what each is for, and what to mind before it is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from second_opinion.accounts.models import Organisation
from second_opinion.instruments.selectors import (
    norm_for,
    norms_in_use,
    offered_questionnaires,
)
from second_opinion.instruments.writing.language_names import name_of_language
from second_opinion.instruments.writing.norms import own_norms_of
from second_opinion.library.questionnaires import (
    FEWEST_FOR_PARAMETERS,
    TYPE_TOOLS,
    Questionnaire,
    Use,
    why_refused,
)

USED_FOR = Use.SELECTION
"""What every case here uses a questionnaire for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One questionnaire as the register tells of it, in the reader's language."""

    key: str
    name: str
    version: str
    languages: tuple[str, ...]
    n_items: int
    minutes: int
    facts: tuple[tuple[str, str], ...]  # what about it, and what there is to say
    warnings: tuple[str, ...]


def register_lines(language: str, *, providers: Sequence[Organisation]) -> list[RegisterLine]:
    """All that is offered, with the norms of these providers."""
    return [
        _line(each, language, own_norms_of(each, providers))
        for each in offered_questionnaires().questionnaires.values()
    ]


def refused_tools(language: str) -> tuple[list[str], str]:
    """The tools that are refused by name, and why."""
    return [tool.name for tool in TYPE_TOOLS], why_refused(language)


def warnings_on(
    questionnaire: Questionnaire, *, language: str, has_own_norm: bool = False
) -> list[str]:
    """What a person must know who uses it in a case, on somebody who answers in this language."""
    warned = []
    if USED_FOR not in questionnaire.register_entry.uses:
        warned.append(
            _("It is not made for choosing people. What it says must decide nothing about anybody.")
        )
    if language not in questionnaire.languages:
        warned.append(
            _("It does not exist in %(language)s: whoever answers must read %(others)s well.")
            % {
                "language": name_of_language(language),
                "others": " / ".join(map(name_of_language, questionnaire.languages)),
            }
        )
    elif language not in questionnaire.validated_in:
        warned.append(
            _("In %(language)s nobody has shown that it measures what it says.")
            % {"language": name_of_language(language)}
        )
    if questionnaire.register_entry.norm is None and not has_own_norm:
        warned.append(_("It has no norms here, so nobody is compared with others by percentiles."))
    return warned


def form_sentence(questionnaire: Questionnaire) -> str:
    """Which form live cases get, and what another would need."""
    signed = [each.signed for each in questionnaire.adaptive]
    if signed:
        return _(
            "Parameters are registered and %(who)s has signed for the adaptive form. Live cases "
            "still get the fixed form: this version has no adaptive one."
        ) % {"who": signed[0].psychologist}
    return _(
        "The fixed form, with classical scores. An adaptive form needs parameters from at least "
        "%(n)s answers in the same language and setting, and a named psychologist who switches "
        "it on."
    ) % {"n": FEWEST_FOR_PARAMETERS}


def is_normed(questionnaire: Questionnaire, *, language: str, provider: Organisation) -> bool:
    """Whether the provider has a norm of its own in use, for answers in this language."""
    in_use = norms_in_use(provider)
    return norm_for(questionnaire, language=language, among=in_use) is not None


def _line(each: Questionnaire, language: str, own_norms: Sequence[str]) -> RegisterLine:
    entry = each.register_entry
    facts = [
        (_("Purpose"), entry.purpose.in_language(language)),
        (_("Certificate"), entry.certificate.in_language(language)),
        (_("Reliability"), entry.reliability.in_language(language)),
        (_("Norm group"), " ".join(own_norms) or _norm(each, language)),
        (_("Form"), form_sentence(each)),
        (_("Limits"), entry.limits.in_language(language)),
        (_("Source"), f"{each.provenance.source}. {each.provenance.licence}."),
        (_("Credit"), each.provenance.credit),
    ]
    if each.provenance.sha256:
        facts.append((_("Hash of what was read"), each.provenance.sha256))
    if each.health_signed:
        signed = each.health_signed
        facts.append((_("Answers for parts near health"), f"{signed.psychologist}, {signed.on}"))
    return RegisterLine(
        key=each.key,
        name=each.name.in_language(language),
        version=each.version,
        languages=tuple(map(name_of_language, each.languages)),
        n_items=len(each.item),
        minutes=each.minutes,
        facts=tuple(facts),
        warnings=tuple(warnings_on(each, language=language, has_own_norm=bool(own_norms))),
    )


def _norm(each: Questionnaire, language: str) -> str:
    said = each.register_entry.norms.in_language(language)
    norm = each.register_entry.norm
    if norm is None:
        return said
    return f"{said} {norm.group.in_language(language)}, n = {norm.n}, {norm.year}."
