"""AuditError
├── ContentInEventError   words, names or mail addresses on their way into the log or the outbox
└── DeliveryError         a handler could not do its work now; the row stays and is tried again
"""


class AuditError(Exception):
    """Base of all that this room refuses."""


class ContentInEventError(AuditError):
    pass


class DeliveryError(AuditError):
    pass
