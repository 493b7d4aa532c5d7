from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_is_followed_until_the_command_is_told_to_stop(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "a.txt").write_text("防汛", "utf-8")
    program = [sys.executable, "-u", "-m", "query_room", "index", str(papers)]
    with subprocess.Popen(
        [*program, "--watch", "--settle", "0.2"],
        env={**os.environ, "QUERY_ROOM_DATA": str(tmp_path / "data"), "QUERY_ROOM_PROCESSES": "1"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            hear(process.stdout, "开始监视")
            hear(process.stdout, "第 1 批：文件 1 个，提取 1")
            (papers / "b.txt").write_text("供暖", "utf-8")
            hear(process.stdout, "第 2 批：文件 1 个，提取 1")
            process.send_signal(signal.SIGTERM)
            hear(process.stdout, "已结束监视")
            assert process.wait(60) == 0
        finally:
            process.kill()


def hear(lines: IO[str], wanted: str) -> None:
    """Read on until somebody says that; the log speaks on the same stream."""
    heard = []
    for line in lines:
        if wanted in line:
            return
        heard.append(line)
    raise AssertionError(f"{wanted} was not said: {heard}")
