"""PanelError
├── TieError      a tie that does not say what it ties, or since when
└── RulingError   a decision on a conflict of interest that cannot stand
"""


class PanelError(Exception):
    """Base of all that this room refuses; the message is a sentence for the person."""


class TieError(PanelError):
    pass


class RulingError(PanelError):
    pass
