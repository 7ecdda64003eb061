"""The advice on one order in words, in the reader's language."""

from second_opinion.reports.writing.worth.text import WorthText, write_worth

__all__ = ["WorthText", "write_worth"]
