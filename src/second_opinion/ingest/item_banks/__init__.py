"""Items of published questionnaires, read as data out of the packages that carry them."""

from second_opinion.ingest.item_banks.bigfive_questions import bank_of_bigfive_questions
from second_opinion.ingest.item_banks.ffm import bank_of_ffm
from second_opinion.ingest.item_banks.rows import BankRow, ItemBank, check_bank

__all__ = ["BankRow", "ItemBank", "bank_of_bigfive_questions", "bank_of_ffm", "check_bank"]
