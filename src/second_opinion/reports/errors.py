"""ReportError
├── NotOpenedError       a report needs the opened opinions
├── NotYetError          something that must come first has not happened
└── InvalidAnswerError   what was answered or decided is missing something or contradicts itself
"""


class ReportError(Exception):
    """Base of all that this room refuses; the message is a sentence for the person."""


class NotOpenedError(ReportError):
    pass


class NotYetError(ReportError):
    pass


class InvalidAnswerError(ReportError):
    pass
