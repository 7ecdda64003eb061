"""OpinionError
├── EngagementError      this person cannot give this opinion
├── InvalidRatingError   a score or criterion that the requirement profile does not have
├── IncompleteError      something is missing before an opinion can be sealed
├── NotAllSealedError    the case cannot open yet
├── ReasonMissingError   what is done here is done with a reason that stays
├── RemarkError          nothing was said, or too much to read
├── GuideError           an interview guide where there is none
└── EarlyReadingError    a sealed opinion is not read before the opening in this way
"""


class OpinionError(Exception):
    """Base of all that this room refuses; the message is a sentence for the person."""


class EngagementError(OpinionError):
    pass


class InvalidRatingError(OpinionError):
    pass


class IncompleteError(OpinionError):
    pass


class NotAllSealedError(OpinionError):
    pass


class ReasonMissingError(OpinionError):
    pass


class RemarkError(OpinionError):
    pass


class GuideError(OpinionError):
    pass


class EarlyReadingError(OpinionError):
    pass
