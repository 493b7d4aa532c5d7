"""Fingerprints of texts: kept with their files, found by what nearly equal ones share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, insert, select, update

from indexer.copies.fingerprint import VERSION, Fingerprint, band_keys
from indexer.records import FileHash
from indexer.repositories.files import ContentState
from indexer.tables import copy_link, fingerprint, fingerprint_band, stored_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, Row

CROWD: Final = 500
"""Places in bands that are looked at. Whoever filled in the same form as fifty thousand others
meets those with the same long figures first, and of the rest not all."""

NEWEST: Final = 60
"""Files with the same body that a new one is linked with: a circular may be there a thousand
times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPrint:
    """A fingerprint as it is kept.

    Attributes:
        number: Grows as they come in. file_hash: Of which content. extractor: Of which text of it.
    """

    number: int
    file_hash: FileHash
    extractor: str
    fingerprint: Fingerprint


def keep(connection: Connection, file_hash: FileHash, extractor: str, found: Fingerprint) -> None:
    """Keep the fingerprint of a text, to be compared; another text of the file is forgotten."""
    forget(connection, file_hash)
    connection.execute(
        insert(fingerprint).values(
            file_hash=file_hash,
            extractor=extractor,
            version=VERSION,
            length=found.length,
            digest=found.digest,
            sketch=found.sketch,
            figures=found.figures,
            is_compared=False,
        )
    )


def forget(connection: Connection, file_hash: FileHash) -> None:
    """Drop the fingerprint of a file and its copies; absent is no error."""
    row = connection.execute(
        select(fingerprint).where(fingerprint.c.file_hash == file_hash)
    ).first()
    if row is None:
        return
    for links in (copy_link.c.first_hash, copy_link.c.second_hash):
        connection.execute(delete(copy_link).where(links == file_hash))
    connection.execute(
        delete(fingerprint_band).where(
            fingerprint_band.c.key.in_(band_keys(row.sketch)),
            fingerprint_band.c.figures == row.figures,
            fingerprint_band.c.number == row.number,
        )
    )
    connection.execute(delete(fingerprint).where(fingerprint.c.number == row.number))


def waiting(connection: Connection, limit: int) -> list[KeptPrint]:
    """Fingerprints that are still to be compared, the oldest first."""
    statement = (
        select(fingerprint)
        .where(fingerprint.c.is_compared.is_(False))
        .order_by(fingerprint.c.number)
        .limit(limit)
    )
    return [_kept(row) for row in connection.execute(statement)]


def count_waiting(connection: Connection) -> int:
    """How many fingerprints are still to be compared."""
    statement = select(func.count()).where(fingerprint.c.is_compared.is_(False))
    return int(connection.execute(statement).scalar_one())


def without_print(
    connection: Connection, after: str, limit: int
) -> tuple[list[tuple[FileHash, str]], str | None]:
    """Texts without a fingerprint of this version, as ``(file, extractor)``, piece by piece.

    Args:
        connection: The database.
        after: The end of the piece before; ``""`` begins.
        limit: Contents that are looked at, so that each piece is short.

    Returns:
        Those of the piece, and the end of it, ``None`` where it was the last.
    """
    piece = (
        select(stored_file.c.file_hash, stored_file.c.extractor, stored_file.c.state)
        .where(stored_file.c.file_hash > after)
        .order_by(stored_file.c.file_hash)
        .limit(limit)
        .subquery()
    )
    own = fingerprint.c
    statement = select(piece, own.number, own.extractor.label("of"), own.version).outerjoin(
        fingerprint, own.file_hash == piece.c.file_hash
    )
    rows = connection.execute(statement.order_by(piece.c.file_hash)).all()
    lacking = [
        (FileHash(row.file_hash), row.extractor)
        for row in rows
        if row.state == ContentState.EXTRACTED and (row.of, row.version) != (row.extractor, VERSION)
    ]
    return lacking, rows[-1].file_hash if len(rows) == limit else None


def equal_to(connection: Connection, own: KeptPrint) -> list[FileHash]:
    """Compared files with the same body, the newest :data:`NEWEST` of them."""
    if not own.fingerprint.digest:
        return []
    statement = (
        select(fingerprint.c.file_hash)
        .where(
            fingerprint.c.digest == own.fingerprint.digest,
            fingerprint.c.is_compared,
            fingerprint.c.number != own.number,
        )
        .order_by(fingerprint.c.number.desc())
        .limit(NEWEST)
    )
    return [FileHash(each) for each in connection.execute(statement).scalars()]


def met_in_bands(connection: Connection, own: KeptPrint) -> list[KeptPrint]:
    """Compared files that share a band, each once, in no order."""
    keys = band_keys(own.fingerprint.sketch)
    of_bands = select(fingerprint_band.c.number).where(fingerprint_band.c.key.in_(keys))
    same_figures = of_bands.where(fingerprint_band.c.figures == own.fingerprint.figures)
    numbers: set[int] = set()
    for statement in (same_figures, of_bands):
        ordered = statement.order_by(*fingerprint_band.primary_key).limit(CROWD)
        numbers.update(connection.execute(ordered).scalars())
    numbers.discard(own.number)
    rows = connection.execute(select(fingerprint).where(fingerprint.c.number.in_(sorted(numbers))))
    return [_kept(row) for row in rows]


def note_compared(connection: Connection, own: KeptPrint) -> bool:
    """Note that the copies of a text are known, and let it be found from now on.

    Whether it was still to be done: another process may have been quicker, or the file is gone.
    """
    done = connection.execute(
        update(fingerprint)
        .where(fingerprint.c.number == own.number, fingerprint.c.is_compared.is_(False))
        .values(is_compared=True)
    )
    if not done.rowcount:
        return False
    keys = set(band_keys(own.fingerprint.sketch))
    if keys:
        figures = own.fingerprint.figures
        connection.execute(
            insert(fingerprint_band),
            [{"key": key, "figures": figures, "number": own.number} for key in sorted(keys)],
        )
    return True


def known(connection: Connection, hashes: Iterable[FileHash]) -> frozenset[FileHash]:
    """Those of the files that have a fingerprint now."""
    statement = select(fingerprint.c.file_hash).where(fingerprint.c.file_hash.in_(sorted(hashes)))
    return frozenset(FileHash(each) for each in connection.execute(statement).scalars())


def is_extracted(connection: Connection, file_hash: FileHash, extractor: str) -> bool:
    """Whether this is still the text of a content."""
    statement = select(stored_file.c.file_hash).where(
        stored_file.c.file_hash == file_hash,
        stored_file.c.extractor == extractor,
        stored_file.c.state == ContentState.EXTRACTED,
    )
    return connection.execute(statement).first() is not None


def _kept(row: Row[Any]) -> KeptPrint:
    return KeptPrint(
        number=row.number,
        file_hash=FileHash(row.file_hash),
        extractor=row.extractor,
        fingerprint=Fingerprint(
            length=row.length, digest=row.digest, sketch=row.sketch, figures=row.figures
        ),
    )
