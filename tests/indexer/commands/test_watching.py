from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_is_followed_until_the_command_is_told_to_stop(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "a.txt").write_text("防汛", "utf-8")
    program = [sys.executable, "-u", "-m", "query_room", "index", str(papers)]
    process = subprocess.Popen(
        [*program, "--watch", "--settle", "0.2"],
        env={**os.environ, "QUERY_ROOM_DATA": str(tmp_path / "data"), "QUERY_ROOM_PROCESSES": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "开始监视" in process.stdout.readline()
    assert "第 1 批：文件 1 个，提取 1" in process.stdout.readline()
    (papers / "b.txt").write_text("供暖", "utf-8")
    assert "第 2 批：文件 1 个，提取 1" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=60)
    assert "已结束监视" in said
    assert process.returncode == 0
