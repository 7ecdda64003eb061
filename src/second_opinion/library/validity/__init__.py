"""How well each method has foretold performance, by the review one believes."""

from second_opinion.library.validity.reader import (
    DEFAULT_VALUE_SET,
    VALUE_SETS,
    MethodValidity,
    ValueSet,
)

__all__ = ["DEFAULT_VALUE_SET", "VALUE_SETS", "MethodValidity", "ValueSet"]
