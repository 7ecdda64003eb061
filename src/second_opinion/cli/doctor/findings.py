from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Two sentences: what is wrong, and what to do about it."""

    area: Literal["configuration", "database", "keys", "records"]
    problem: str
    mend: str
    stops_serving: bool = True
