"""How far a generation has come, kept beside its indexes and replaced atomically."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from indexer.errors import EngineUnavailableError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationState:
    """What the last commit reached.

    Attributes:
        position: Outbox position.
        cursor: While it is being built, the last record id that went in; ``""`` afterwards.
    """

    position: int = 0
    cursor: str = ""


def read_state(folder: Path) -> GenerationState:
    """The state of the generation in ``folder``; a new one is at position 0.

    Raises:
        EngineUnavailableError: The state cannot be read.
    """
    try:
        return GenerationState(**json.loads((folder / "state.json").read_text("utf-8")))
    except FileNotFoundError:
        return GenerationState()
    except (OSError, ValueError, TypeError) as error:
        msg = f"the state of generation {folder.name} cannot be read"
        raise EngineUnavailableError(msg) from error


def write_state(folder: Path, state: GenerationState) -> None:
    """Replace the state, durably: a reader sees the old one or the new one."""
    partial = folder / "state.json.partial"
    with partial.open("w", encoding="utf-8") as file:
        json.dump(asdict(state), file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / "state.json")
