"""What a file may be called: its name can say anything."""

import unicodedata

LONGEST_NAME = 120
_JOINER = "\u200d"  # holds the parts of some emojis together


def plain_name(name: str) -> str:
    """A file's name without folders, and without signs that would make it look like another."""
    last = name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(
        sign for sign in last if unicodedata.category(sign)[0] != "C" or sign == _JOINER
    )
    return " ".join(visible.split())[-LONGEST_NAME:] or "file"
