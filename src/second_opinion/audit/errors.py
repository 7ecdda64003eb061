"""AuditError
├── ContentInEventError   words, names or mail addresses on their way into the log or the outbox
├── DeliveryError         a handler could not do its work now; the row stays and is tried again
│   └── AddressRefusedError  the mail server will never take that address
└── CaseKeyError          content of a case cannot be encrypted or read
    ├── ErasedError       the case's key is gone, and with it all that it protected
    └── UnreadableError   another master key, or the content was changed
"""


class AuditError(Exception):
    """Base of all that this room refuses."""


class ContentInEventError(AuditError):
    pass


class DeliveryError(AuditError):
    pass


class AddressRefusedError(DeliveryError):
    pass


class CaseKeyError(AuditError):
    pass


class ErasedError(CaseKeyError):
    pass


class UnreadableError(CaseKeyError):
    pass
