"""CandidateError
├── IncompleteNoticeError   a notice that does not tell all that it must
├── AddressError            no address, or one that would give the search away
├── NotAskedError           an answer or a choice that nothing asks for now
├── WordsError              words that are missing, or too many
├── FileError               a file that is too large, empty, or not what can be taken
└── CodeError               a code that is wrong, old, or was tried too often
"""


class CandidateError(Exception):
    """Base of all that this room refuses; the message is a sentence for the person."""


class IncompleteNoticeError(CandidateError):
    pass


class AddressError(CandidateError):
    pass


class NotAskedError(CandidateError):
    pass


class WordsError(CandidateError):
    pass


class FileError(CandidateError):
    pass


class CodeError(CandidateError):
    pass
