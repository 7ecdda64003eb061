"""The advice on one order in words, in the reader's language."""

from second_opinion.reports.writing.worth.tables import WorthTable, worth_tables
from second_opinion.reports.writing.worth.text import WorthText, write_worth

__all__ = ["WorthTable", "WorthText", "worth_tables", "write_worth"]
