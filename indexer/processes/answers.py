"""What a limited program says to its pool, read as from an enemy.

A process that was broken into sends what it likes. Only values of this product are understood, by
the names of their types: nothing in an answer can name code that would run here.
"""

from __future__ import annotations

import dataclasses
import enum
import importlib
import io
import pickle
from typing import TYPE_CHECKING, Any, Final

from indexer.errors import QueryRoomError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MAX_BYTES: Final = 64 << 20
"""A longer answer is none; texts go through the stores."""

_PACKAGE: Final = "indexer."


class NoAnswerError(Exception):
    """What came says nothing that is understood."""


def received(pipe: Connection[Any, Any]) -> Any:  # noqa: ANN401 - whatever the program says
    """The next answer of a program.

    Raises:
        EOFError: It has ended. OSError: The same.
        NoAnswerError: It says what is no value of this product.
    """
    try:
        content = pipe.recv_bytes(MAX_BYTES)
    except OSError as error:
        if error.errno is None:  # said by the pipe itself, of the length
            raise NoAnswerError(str(error)) from error
        raise
    try:
        return _Reader(io.BytesIO(content)).load()
    except Exception as error:  # a hostile answer raises anything
        raise NoAnswerError(type(error).__name__) from error


def _word(kind: object, name: str) -> enum.Enum:
    """A word of an enumeration, and no attribute of anything else."""
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return kind.__members__[name]
    raise NoAnswerError(name)


class _Reader(pickle.Unpickler):
    """Understands values: plain ones, and data, words and errors of this product."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - pickle's
        """The type that a name stands for."""
        if (module, name) == ("builtins", "frozenset"):
            return frozenset
        if (module, name) == ("builtins", "getattr"):
            return _word  # so do the first releases of Python 3.11 name the words of an enum
        if not module.startswith(_PACKAGE) or "." in name:
            raise NoAnswerError(name)
        found = getattr(importlib.import_module(module), name, None)
        is_value = isinstance(found, type) and (
            dataclasses.is_dataclass(found) or issubclass(found, enum.Enum | QueryRoomError)
        )
        if not is_value:
            raise NoAnswerError(name)
        return found
