"""How much raters agree: one statistic to a module, each with interval and cautions."""

from second_opinion.engine.agreement.accuracy import RatingAccuracy, rating_accuracy
from second_opinion.engine.agreement.cases import CaseAgreement, agreement_of_cases
from second_opinion.engine.agreement.cohen import cohen_kappa, kappa_of_contingency
from second_opinion.engine.agreement.estimate import Agreement
from second_opinion.engine.agreement.fleiss import fleiss_kappa
from second_opinion.engine.agreement.gwet import gwet_ac1, gwet_ac2
from second_opinion.engine.agreement.intraclass import Intraclass, intraclass
from second_opinion.engine.agreement.kendall import kendall_w
from second_opinion.engine.agreement.krippendorff import Metric, krippendorff_alpha
from second_opinion.engine.agreement.overview import Meaning, Overview, agreement_overview
from second_opinion.engine.agreement.pairs import Pair, agreement_of_pairs
from second_opinion.engine.agreement.percent import percent_agreement
from second_opinion.engine.agreement.study import AgreementStudy, agreement_study
from second_opinion.engine.agreement.units import Units
from second_opinion.engine.agreement.weights import WeightKind, agreement_weights
from second_opinion.engine.agreement.within_group import (
    WithinGroup,
    within_group_agreement,
    within_group_agreement_of_criteria,
)

__all__ = [
    "Agreement",
    "AgreementStudy",
    "CaseAgreement",
    "Intraclass",
    "Meaning",
    "Metric",
    "Overview",
    "Pair",
    "RatingAccuracy",
    "Units",
    "WeightKind",
    "WithinGroup",
    "agreement_of_cases",
    "agreement_of_pairs",
    "agreement_overview",
    "agreement_study",
    "agreement_weights",
    "cohen_kappa",
    "fleiss_kappa",
    "gwet_ac1",
    "gwet_ac2",
    "intraclass",
    "kappa_of_contingency",
    "kendall_w",
    "krippendorff_alpha",
    "percent_agreement",
    "rating_accuracy",
    "within_group_agreement",
    "within_group_agreement_of_criteria",
]
