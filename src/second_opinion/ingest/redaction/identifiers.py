"""Identifiers that a rule finds: numbers, addresses, links, years and ages, in Swedish and English.

Swedish personal and coordination numbers are known by their date and their last digit (Luhn); one
that is written with its hyphen counts even where the last digit does not fit, for people mistype.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from second_opinion.ingest.redaction.entities import Kind, Span

_MAIL = re.compile(r"[\w.+'\-]+\s?(?:@|\(at\)|\[at\])\s?[\w\-]+(?:\.[\w\-]+)+", re.IGNORECASE)
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>()\"]+"
    r"|\b(?:[\w\-]+\.)+(?:se|com|org|net|io|nu|eu|co\.uk|dev|me|info)(?:/[^\s<>()\"]*)?\b"
    r"|(?<![\w@])@[A-Za-z_][\w.]{2,}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<!\d)(?:(?:18|19|20)?\d{2})(\d{2})(\d{2})[ ]?([-+])?[ ]?(\d{4})(?!\d)")
_PHONE = re.compile(
    r"(?<![\w\d])(?:\+|00)\d{1,3}[\s().\-/]*(?:\d[\s().\-/]*){6,12}(?!\d)"
    r"|(?<![\w\d])\(?0\d{1,3}\)?[\s\-/]*(?:\d[\s\-]*){5,9}(?!\d)"
)
_ADDRESS = re.compile(
    r"\b[A-ZÅÄÖÉ][\w.\-]*(?:[ ][A-ZÅÄÖ][\w.\-]*)?"
    r"(?:gatan|vägen|gränd|stigen|torget|allén|backen|plan|gata|väg)\s\d+\s?[A-Z]?\b"
    r"|\b\d{1,4}[A-Za-z]?\s(?:[A-Z][\w']+\s){1,3}(?:Street|Road|Lane|Avenue|Close|Drive|Way|St|Rd)\b"
    r"|(?<!\d)(?:SE-?\s?)?\d{3}\s\d{2}\s[A-ZÅÄÖ][\wåäöé]+(?:[ ][A-ZÅÄÖ][\wåäöé]+)?"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"
)
_YEAR = r"(?:19[3-9]\d|20[0-4]\d)"
_MONTHS = (
    r"(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-zåäö]*\.?|"
    r"(?:0?[1-9]|1[0-2])[/.\-]"
)
_BORN = re.compile(
    rf"\b(?:född|föddes|f\.|födelseår|födelsedatum|född år|födelsedag|årgång|born|b\.|"
    rf"year of birth|date of birth|birth year|DOB)\b[^\n\d]{{0,24}}"
    rf"((?:\d{{1,2}}[\s./\-]*)?(?:{_MONTHS})?\s*(?:\d{{1,2}}[,.]?\s*)?'?(?:{_YEAR}|\d{{2}})"
    rf"(?:-\d{{2}}-\d{{2}})?)\b",
    re.IGNORECASE,
)
# `f.` and `b.` end in no word border of their own.
_BORN_SHORT = re.compile(rf"\b[fb]\.\s?({_YEAR}|\d{{2}})\b")
_AGE = re.compile(
    r"\b(?:ålder|age|aged)[\s:]{1,3}(\d{2})\b"
    r"|\b(\d{2}(?:\s|-)?(?:år gammal|åring|årig|years? old|year-old))\b"
    r"|(?<=\bjag är )(\d{2} år)\b|(?<=\bI am )(\d{2})\b(?!\s?%)",
    re.IGNORECASE,
)
_EDUCATION = re.compile(
    r"examen|examinera|utexaminera|kandidat(?:exam|prog)|magister|civilingenjör|civilekonom|studen"
    r"t(?:en|exam)|gymnasi|högskol|universitet|utbildning|avgångs|doktorer|disput|degree|graduat|"
    r"\bB\.?Sc|\bM\.?Sc|\bBA\b|\bMA\b|\bMBA\b|\bPhD\b|bachelor|master(?:'s|s)?\b|diploma|college|"
    r"university|school|class of|alumn|A-levels|GCSE",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(rf"(?<![\d\-]){_YEAR}(?!\d)|(?<=class of )'\d\d\b", re.IGNORECASE)
_SHORT_RANGE = re.compile(rf"(?<!\d){_YEAR}\s?[-\N{{EN DASH}}/]\s?(?:{_YEAR}|\d\d)(?!\d)")
_LAST_MONTH, _LAST_DAY, _COORDINATION = 12, 31, 60


def identifiers_in(text: str) -> Iterator[Span]:
    for kind, pattern in ((Kind.MAIL, _MAIL), (Kind.LINK, _LINK), (Kind.ADDRESS, _ADDRESS)):
        yield from (Span(*found.span(), kind) for found in pattern.finditer(text))
    yield from _personal_numbers(text)
    yield from (Span(*_stripped(text, found.span()), Kind.PHONE) for found in _PHONE.finditer(text))
    for pattern, kind in ((_BORN, Kind.YEAR), (_BORN_SHORT, Kind.YEAR), (_AGE, Kind.AGE)):
        for found in pattern.finditer(text):
            group = next(each for each in range(1, pattern.groups + 1) if found[each] is not None)
            yield Span(*found.span(group), kind)
    yield from _years_of_education(text)


def has_right_last_digit(ten_digits: str) -> bool:
    """Luhn's check: every other digit doubled, the digits of all summed, a multiple of ten."""
    doubled = [int(each) * (2 - place % 2) for place, each in enumerate(ten_digits)]
    return sum(each // 10 + each % 10 for each in doubled) % 10 == 0


def _personal_numbers(text: str) -> Iterator[Span]:
    for found in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", found[0])[-10:]
        month, day = int(found[1]), int(found[2])
        is_date = 1 <= month <= _LAST_MONTH and (
            1 <= day <= _LAST_DAY or _COORDINATION < day <= _COORDINATION + _LAST_DAY
        )
        if is_date and (found[3] or has_right_last_digit(digits)):
            yield Span(*found.span(), Kind.PERSONAL_NUMBER)


def _years_of_education(text: str) -> Iterator[Span]:
    """The years in a line that speaks of education: when somebody left school tells their age."""
    start = 0
    for line in text.splitlines(keepends=True):
        if _EDUCATION.search(line):
            for pattern in (_SHORT_RANGE, _ANY_YEAR):
                for found in pattern.finditer(line):
                    yield Span(start + found.start(), start + found.end(), Kind.YEAR)
        start += len(line)


def _stripped(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Without what stands around a number and belongs to the sentence."""
    start, end = span
    while end > start and not text[end - 1].isdigit():
        end -= 1
    return start, end
