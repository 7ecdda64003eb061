"""Names of scripts that run from the right, in sentences that run from the left."""

import unicodedata

_FROM_THE_RIGHT = frozenset({"R", "AL"})
_ISOLATE, _END = "\u2068", "\u2069"  # first strong isolate, and its end


def isolated(name: str) -> str:
    """The name as it stands in a sentence: what comes after it stays where it was written.

    Most names come back as they are. For whoever writes a sentence; never for a key or a hash.
    """
    if any(unicodedata.bidirectional(each) in _FROM_THE_RIGHT for each in name):
        return f"{_ISOLATE}{name}{_END}"
    return name
