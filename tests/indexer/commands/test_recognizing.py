from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.indexer.recognition.scans import encoded, scan

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[3]
_EXTRA = frozenset({"rapidocr", "onnxruntime", "cv2"})


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "通知.png").write_bytes(encoded(scan(["供暖期延长的通知"], size=(600, 160))))
    return {**os.environ, "QUERY_ROOM_DATA": str(tmp_path / "data"), "QUERY_ROOM_PROCESSES": "1"}


def run(
    environment: Mapping[str, str], *arguments: str, python: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *python, "-m", "query_room", *arguments],
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


def without_the_extra(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """An environment like ours in which three packages are not installed."""
    packages = tmp_path / "packages"
    packages.mkdir()
    for folder in [Path(each) for each in sys.path if each.endswith("site-packages")]:
        for path in folder.iterdir():
            is_extra = path.name.partition("-")[0].partition(".")[0] in _EXTRA
            if not is_extra and not (packages / path.name).exists():
                (packages / path.name).symlink_to(path)
    return environment | {"PYTHONPATH": f"{ROOT}{os.pathsep}{packages}"}


def test_scans_are_found_after_the_command(environment: dict[str, str], tmp_path: Path) -> None:
    papers = str(tmp_path / "papers")
    imported = run(environment, "index", papers, "--level", "public")
    assert "有 1 页等待文字识别" in imported.stdout
    assert "1 个文件共 1 页等待文字识别" in run(environment, "status").stdout
    done = run(environment, "recognize")
    assert (done.returncode, "没有待识别的页。" in done.stdout) == (0, True)
    assert "第1页 供暖期延长的通知" in run(environment, "search", "供暖期延长").stdout
    again = run(environment, "recognize", "--again")
    assert "0 页将再次识别。" in again.stdout


def test_without_the_extra_scans_wait_and_are_recognised_once_it_is_there(
    environment: dict[str, str], tmp_path: Path
) -> None:
    bare = without_the_extra(environment, tmp_path)
    papers = str(tmp_path / "papers")
    # Without the folders that Python would add by itself, ours are all there is.
    imported = run(bare, "index", papers, "--level", "public", python=("-S",))
    assert "需要文字识别" in imported.stdout
    assert imported.returncode == 1
    status = run(bare, "status", python=("-S",)).stdout
    assert "未安装识别组件" in status
    refused = run(bare, "recognize", python=("-S",))
    assert refused.returncode == 2
    assert "make ocr" in refused.stderr
    # Installed, they are recognised without another import.
    assert run(environment, "recognize").returncode == 0
    assert "供暖期延长的通知" in run(environment, "search", "供暖期延长").stdout
