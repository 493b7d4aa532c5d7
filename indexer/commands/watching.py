"""``query-room index --watch``: a folder followed until somebody stops the command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click
from sqlalchemy.exc import SQLAlchemyError

from indexer.commands.words import china_time
from indexer.database import utc_now
from indexer.errors import ImportRunningError, QueryRoomError, WriterLockedError
from indexer.indexing.catching_up import catch_up
from indexer.indexing.supervision import stop_on_signals
from indexer.watching.following import FolderWatch, WatchPace

if TYPE_CHECKING:
    import threading

    from indexer.commands.wiring import Archive
    from indexer.importing.plan import BatchRequest
    from indexer.importing.progress import Progress
    from indexer.watching.following import Look

_POLL_S: Final = 0.5
_BACK_OFF_S: Final = (5.0, 15.0, 60.0, 300.0)


class _StoppedError(Exception):
    """The batch under way ends here: the command is to stop."""


def watch_folder(archive: Archive, request: BatchRequest, pace: WatchPace) -> None:
    """Follow a folder until SIGTERM or SIGINT, and say what comes in."""
    stop = stop_on_signals()
    watch = FolderWatch(archive.engine, archive.settings, request, pace)
    _say(f"开始监视 {request.folder}，按 Ctrl+C 结束。")
    failures = 0
    try:
        while not stop.is_set():
            try:
                look = watch.step(_Stopper(stop))
                failures = 0
            except _StoppedError:
                break
            except ImportRunningError as error:
                _say(f"等待其他导入或撤销结束：{error.holder}")
                stop.wait(_BACK_OFF_S[0])
                continue
            except (QueryRoomError, SQLAlchemyError, OSError) as error:
                pause = _BACK_OFF_S[min(failures, len(_BACK_OFF_S) - 1)]
                failures += 1
                _say(f"未能处理，{pause:.0f} 秒后再试：{error}")
                stop.wait(pause)
                continue
            if look is not None:
                _tell(archive, look)
            stop.wait(_POLL_S)
    finally:
        watch.close()
        _say("已结束监视。")


def _tell(archive: Archive, look: Look) -> None:
    if look.scanned_at is not None and look.report is None:
        _say("已全面检查，没有变化。")
    if look.report is None:
        return
    report = look.report
    _say(
        f"第 {report.batch_number} 批：文件 {report.found} 个，提取 {report.indexed}，"
        f"未变化 {report.unchanged}，重复 {report.duplicate}，失败 {report.failed}，"
        f"隔离 {report.quarantined}，不在原处 {report.missing}；"
        f"更改档案 {report.records_changed} 件。"
    )
    try:
        catch_up(archive.engine, archive.settings)
    except WriterLockedError as error:
        _say(f"索引由其他进程写入，暂未更新：{error.holder}")


class _Stopper:
    """Ends a batch between two files when the command is to stop; it goes on the next time."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def __call__(self, progress: Progress) -> None:
        del progress
        if self._stop.is_set():
            raise _StoppedError


def _say(text: str) -> None:
    click.echo(f"{china_time(utc_now())} {text}")
