"""CaseError
├── IllegalTransitionError    a move the journey does not have
├── InvalidOrderError         what was ordered contradicts itself
└── InvalidProfileError       criteria or weights that cannot be assessed
"""


class CaseError(Exception):
    """Base of all that this room refuses; the message is a sentence for the person."""


class IllegalTransitionError(CaseError):
    pass


class InvalidOrderError(CaseError):
    pass


class InvalidProfileError(CaseError):
    pass
