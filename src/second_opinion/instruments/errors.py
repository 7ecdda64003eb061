"""What this room refuses.

InstrumentError
├── InvalidGuideError     a guide that nobody could interview by
├── InvalidDeviationError a deviation that does not say what or why
├── SheetError            a filled-in document that cannot be read
├── PracticeError         practice that is not whole, or was done before
├── ResultError           a result that nothing could be combined from
├── GivingError           a questionnaire that cannot be given to this candidate
├── AnswerError           an answer that cannot be taken
├── NormError             norms that too few people would be behind
├── InvalidReferenceError a referee's answer that lacks what it rests on
├── WorkSampleError       a task, an answer or a rating of it that is not whole
└── MaskingError          a document that cannot be masked, changed or released so
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


class GivingError(InstrumentError):
    """A questionnaire does not fit the case, or asks for more time than was promised."""


class AnswerError(InstrumentError):
    """An answer is none of those there are, or is in another language than the first."""


class NormError(InstrumentError):
    """Too few people agreed to be counted, or too few new ones since the last time."""


class InvalidReferenceError(InstrumentError):
    """A referee's answer is not whole; nothing of it was kept."""


class WorkSampleError(InstrumentError):
    """A task, an answer or a rating is not whole; nothing was kept."""


class MaskingError(InstrumentError):
    """What is to be masked or shown does not stand in the document, or has no reason."""
