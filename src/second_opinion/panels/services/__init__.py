"""What can be done with the register of assessors, with ties, and with who is asked."""

from second_opinion.panels.services.challenges import challenge_proposal
from second_opinion.panels.services.correcting import correct_tie
from second_opinion.panels.services.forgetting import forget_candidates_ties
from second_opinion.panels.services.indexing import index_vocabularies, index_vocabulary
from second_opinion.panels.services.mails import (
    CERTIFICATE_MAIL,
    mark_certificate_mail,
    tell_of_ending_certificates,
)
from second_opinion.panels.services.proposals import (
    answer_proposal,
    confirm_needs,
    declare_for_case,
    end_engagement,
    note_engagement,
    propose_assessor,
    withdraw_proposal,
)
from second_opinion.panels.services.reading_in import ReadIn, read_in_competences
from second_opinion.panels.services.register import (
    confirm_assessor,
    save_assessor,
)
from second_opinion.panels.services.requiring import (
    require_certificate,
    require_certificate_no_more,
)
from second_opinion.panels.services.telling import ToldTie, tell_clients_tie, tell_tie
from second_opinion.panels.services.ties import (
    End,
    Named,
    declare_tie,
    rule_on_conflict,
    set_tie_rule,
)
from second_opinion.panels.services.vocabulary import OwnWord, enter_competence

__all__ = [
    "CERTIFICATE_MAIL",
    "End",
    "Named",
    "OwnWord",
    "ReadIn",
    "ToldTie",
    "answer_proposal",
    "challenge_proposal",
    "confirm_assessor",
    "confirm_needs",
    "correct_tie",
    "declare_for_case",
    "declare_tie",
    "end_engagement",
    "enter_competence",
    "forget_candidates_ties",
    "index_vocabularies",
    "index_vocabulary",
    "mark_certificate_mail",
    "note_engagement",
    "propose_assessor",
    "read_in_competences",
    "require_certificate",
    "require_certificate_no_more",
    "rule_on_conflict",
    "save_assessor",
    "set_tie_rule",
    "tell_clients_tie",
    "tell_of_ending_certificates",
    "tell_tie",
    "withdraw_proposal",
]
