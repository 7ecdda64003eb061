"""ReportError
└── NotOpenedError   a report needs the opened opinions
"""


class ReportError(Exception):
    """Base of all that this room refuses; the message is a sentence for the person."""


class NotOpenedError(ReportError):
    pass
