"""Competences: what assessors show and cases need, in both languages and in our own words."""

from second_opinion.library.competences.reader import COMPETENCES, Competence

__all__ = ["COMPETENCES", "Competence"]
