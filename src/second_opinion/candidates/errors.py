"""CandidateError
├── IncompleteNoticeError   a notice that does not tell all that it must
├── AddressError            no address, or one that would give the search away
└── NotAskedError           an answer or a choice that nothing asks for now
"""


class CandidateError(Exception):
    """Base of all that this room refuses; the message is a sentence for the person."""


class IncompleteNoticeError(CandidateError):
    pass


class AddressError(CandidateError):
    pass


class NotAskedError(CandidateError):
    pass
