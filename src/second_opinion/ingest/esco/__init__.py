"""ESCO's published CSV files: skills in Swedish and English, chosen ones only."""

from second_opinion.ingest.esco.chosen import Chosen
from second_opinion.ingest.esco.skills import Skill, Skills, read_skills

__all__ = ["Chosen", "Skill", "Skills", "read_skills"]
