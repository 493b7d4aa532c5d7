"""Pictures of what a browser test saw, for whoever wants to look."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def picture(page: Page, name: str) -> None:
    """Keep the page as it stands, where ``QUERY_ROOM_TEST_PICTURES`` names a folder."""
    folder = os.environ.get("QUERY_ROOM_TEST_PICTURES")
    if folder and page.viewport_size is not None:
        path = Path(folder) / f"{page.viewport_size['width']}-{name}.png"
        page.screenshot(path=path, full_page=True)
