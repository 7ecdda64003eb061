"""How much raters agree: one statistic to a module, each with interval and cautions."""

from second_opinion.engine.agreement.cohen import cohen_kappa, kappa_of_contingency
from second_opinion.engine.agreement.estimate import Agreement
from second_opinion.engine.agreement.fleiss import fleiss_kappa
from second_opinion.engine.agreement.gwet import gwet_ac1, gwet_ac2
from second_opinion.engine.agreement.intraclass import Intraclass, intraclass
from second_opinion.engine.agreement.kendall import kendall_w
from second_opinion.engine.agreement.krippendorff import Metric, krippendorff_alpha
from second_opinion.engine.agreement.percent import percent_agreement
from second_opinion.engine.agreement.table import by_criterion, by_pair, units_by_raters
from second_opinion.engine.agreement.weights import WeightKind, agreement_weights
from second_opinion.engine.agreement.within_group import (
    WithinGroup,
    within_group_agreement,
    within_group_agreement_of_criteria,
)

__all__ = [
    "Agreement",
    "Intraclass",
    "Metric",
    "WeightKind",
    "WithinGroup",
    "agreement_weights",
    "by_criterion",
    "by_pair",
    "cohen_kappa",
    "fleiss_kappa",
    "gwet_ac1",
    "gwet_ac2",
    "intraclass",
    "kappa_of_contingency",
    "kendall_w",
    "krippendorff_alpha",
    "percent_agreement",
    "units_by_raters",
    "within_group_agreement",
    "within_group_agreement_of_criteria",
]
