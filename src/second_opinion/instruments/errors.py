"""What this room refuses.

InstrumentError
├── InvalidGuideError     a guide that nobody could interview by
├── InvalidDeviationError a deviation that does not say what or why
├── SheetError            a filled-in document that cannot be read
├── PracticeError         practice that is not whole, or was done before
└── ResultError           a result that nothing could be combined from
"""


class InstrumentError(Exception):
    """Base of what this room refuses; the message is a sentence for the person who asked."""


class InvalidGuideError(InstrumentError):
    """A guide lacks what an interview needs."""


class InvalidDeviationError(InstrumentError):
    """A deviation names no question of the guide, or gives no reason."""


class SheetError(InstrumentError):
    """A filled-in document is another guide's, or has lost its shape."""


class PracticeError(InstrumentError):
    """A transcript is not rated whole, or was rated before by the same person."""


class ResultError(InstrumentError):
    """A result lies outside the case's scale, names no criterion, or has no error."""
