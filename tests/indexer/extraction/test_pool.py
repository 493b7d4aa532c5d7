import hashlib
from pathlib import Path

from indexer.extraction import Extracted, ExtractionJob, Failed
from indexer.extraction.pool import ExtractionPool
from indexer.records import FileHash
from indexer.settings import IndexerSettings


def test_every_job_has_one_outcome_and_a_bad_one_stops_no_other(tmp_path: Path) -> None:
    jobs = []
    for number, content in enumerate((b"\xe4\xb8\x80", b"%PDF-cut", b"\xe4\xba\x8c")):
        path = tmp_path / str(number)
        path.write_bytes(content)
        file_hash = FileHash(hashlib.sha256(content).hexdigest())
        jobs.append(ExtractionJob(path=path, file_hash=file_hash, name=f"{number}.txt"))
    settings = IndexerSettings(data=tmp_path, database_url="sqlite://", processes=2)
    with ExtractionPool(settings, tmp_path / "texts") as pool:
        outcomes = {job.name: outcome for job, outcome in pool.run(jobs)}
    assert isinstance(outcomes["0.txt"], Extracted)
    assert isinstance(outcomes["1.txt"], Failed)
    assert isinstance(outcomes["2.txt"], Extracted)
