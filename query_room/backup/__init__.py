"""One file that brings the whole room back: rows, originals, texts, settings and log.

A backup is a tar stream in zstd, so that it can be read without this product. In this order::

    format.json                      what can read the rest
    database/<table>/<number>.jsonl  rows, one JSON object a line, in the order they can be loaded
    settings.json                    QUERY_ROOM_* values, without passwords
    originals/<ab>/<sha256>          archived bytes
    texts/<sha256>/<extractor>.json  extracted pages
    SHA256SUMS                       of everything above, as sha256sum writes and checks it
    manifest.json                    versions, counts, and what could not be copied

Rows are neutral: a backup of SQLite is restored into PostgreSQL and the other way. Not in it: the
keys (see :mod:`query_room.backup.keys`), the index (built again from the texts), and whatever the
secrecy guard has not let pass.
"""

from query_room.backup.backing_up import BackedUp, back_up
from query_room.backup.model import Manifest, Progress, Stage
from query_room.backup.restoring import Restored, restore

__all__ = ["BackedUp", "Manifest", "Progress", "Restored", "Stage", "back_up", "restore"]
