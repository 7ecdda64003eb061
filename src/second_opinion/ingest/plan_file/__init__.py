"""Plan files: one TOML with what could be measured and what it costs, read into plain objects."""

from second_opinion.ingest.plan_file.entries import MethodEntry, PlanCriterion, PlanFile
from second_opinion.ingest.plan_file.examples import PLAN_EXAMPLES
from second_opinion.ingest.plan_file.reader import read_plan_file

__all__ = ["PLAN_EXAMPLES", "MethodEntry", "PlanCriterion", "PlanFile", "read_plan_file"]
