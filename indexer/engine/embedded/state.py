"""How far a generation has come, kept beside its indexes and replaced atomically."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

from indexer.engine.state import GenerationState
from indexer.errors import EngineUnavailableError

if TYPE_CHECKING:
    from pathlib import Path


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
