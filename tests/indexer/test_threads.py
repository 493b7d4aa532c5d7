import os
import threading

from indexer.threads import KeptThreads

PATIENCE_S = 60


def test_questions_are_asked_at_the_same_time_and_threads_are_kept() -> None:
    threads = KeptThreads("test", 2)
    meet = threading.Barrier(2, timeout=PATIENCE_S)

    def ask() -> str:
        meet.wait()
        return threading.current_thread().name

    names = set()
    for _ in range(20):
        asked = [threads.submit(ask) for _ in range(2)]
        names |= {each.result(PATIENCE_S) for each in asked}
    assert names == {"test_0", "test_1"}


def test_a_forked_process_has_its_own() -> None:
    threads = KeptThreads("test", 1)
    assert threads.submit(lambda: 7).result(PATIENCE_S) == 7
    child = os.fork()
    if not child:
        code = 1
        try:
            code = threads.submit(lambda: 9).result(PATIENCE_S)
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 9
