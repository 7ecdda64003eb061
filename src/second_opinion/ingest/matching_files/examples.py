"""Files to start from: small, and of made-up people."""

from importlib.resources import files

MATCHING_EXAMPLES = {
    name: (files(__package__) / f"example_{name}.csv").read_text(encoding="utf-8")
    for name in ("cases", "assessors", "conflicts")
}
