"""PanelError
├── TieError       a tie that does not say what it ties, or since when
├── RulingError    a decision on a conflict of interest that cannot stand
├── RegisterError  what an assessor says of themselves does not fit the register
└── ProposalError  this person cannot be asked, or this has been answered
"""


class PanelError(Exception):
    """Base of all that this room refuses; the message is a sentence for the person."""


class TieError(PanelError):
    pass


class RulingError(PanelError):
    pass


class RegisterError(PanelError):
    pass


class ProposalError(PanelError):
    pass
