"""Bounds on what can be asked, so that no single question can hold up the others."""

from typing import Final

MAX_QUESTION: Final = 500
"""Code points of a question."""

MAX_PAGE_SIZE: Final = 100
DEFAULT_PAGE_SIZE: Final = 10
MAX_FILTER_VALUES: Final = 50
