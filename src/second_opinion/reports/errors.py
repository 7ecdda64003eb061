"""ReportError
├── NotOpenedError       a report needs the opened opinions
├── NotYetError          something that must come first has not happened
├── InvalidAnswerError   what was answered or decided is missing something or contradicts itself
├── ShareError           this report cannot be shared with this address, or for so long
├── DraftError           what was written cannot be kept so, or somebody else has saved meanwhile
└── CodeError            a code that is wrong, old, or was tried too often
"""


class ReportError(Exception):
    """Base of all that this room refuses; the message is a sentence for the person."""


class NotOpenedError(ReportError):
    pass


class NotYetError(ReportError):
    pass


class InvalidAnswerError(ReportError):
    pass


class ShareError(ReportError):
    pass


class DraftError(ReportError):
    pass


class CodeError(ReportError):
    pass
