"""What can go wrong below the web.

::

    QueryRoomError
    ├── SettingsError              a QUERY_ROOM_* variable cannot be used
    ├── ConfinementError           an extraction process cannot be kept from network and files
    ├── ImportRefusedError         a batch cannot start: folder or catalogue unreadable
    │   ├── ImportRunningError     another process imports; ``holder`` says which
    │   ├── FolderGoneError        a folder that is followed is not there, or suddenly empty
    │   ├── ManifestError          the catalogue as a whole cannot be read
    │   └── ProfileRefusedError    a profile of catalogues cannot be kept or is not there
    ├── ExtractionError            one file gave no text; ``reason`` says why
    ├── VocabularyRefusedError     a change of the vocabulary cannot be kept; ``reason`` says why
    ├── RecognitionMissingError    the extra that recognises scans is not installed
    ├── StorageError               the data folder refused a read or a write
    │   ├── StorageFullError       no space left
    │   ├── StoreUnreachableError  the shared store does not answer; it may soon
    │   ├── SourceUnreadableError  a file to be archived cannot be read
    │   └── TextMissingError       the text store lacks a text that it should hold
    │       └── TextDamagedError   it holds one that is not as it was written
    ├── EngineError                the index cannot answer or cannot be written
    │   ├── EngineUnavailableError no generation is serving, or the engine is down
    │   ├── DocumentRefusedError   the engine does not take a record, however often it is asked
    │   ├── IndexMismatchError     a generation was written by another schema or analyzer
    │   ├── ElectionLostError      another process coordinates those who write by now
    │   └── WriterLockedError      another process holds the writer; ``holder`` says which
    ├── InvalidQueryError          the question cannot be asked; ``field`` names the part
    └── RecordNotFoundError        no such record for this viewer; absent and forbidden alike

Every error carries a ``code``: a stable word for programs. Texts for people are made from the code
where the person's language is known; ``str(error)`` is for logs and operators.
"""

from __future__ import annotations

from typing import ClassVar


class QueryRoomError(Exception):
    """Root of every error this product raises on purpose."""

    code: ClassVar[str] = "internal"


class SettingsError(QueryRoomError):
    """A setting cannot be used."""

    code = "invalid_setting"


class ConfinementError(QueryRoomError):
    """A process that reads hostile files is not held as it must be; it reads none."""

    code = "not_confined"


class ImportRefusedError(QueryRoomError):
    """A batch cannot start."""

    code = "import_refused"


class ImportRunningError(ImportRefusedError):
    """Another process imports or undoes.

    Attributes:
        holder: Who, in words: process, command and since when.
    """

    code = "import_running"

    def __init__(self, holder: str) -> None:
        super().__init__(f"an import is being run by {holder}")
        self.holder = holder


class FolderGoneError(ImportRefusedError):
    """A folder that is followed is not there, or has nothing in it any more.

    A disk that is unplugged looks like one that was emptied. Nothing is taken for deleted then.
    """

    code = "folder_gone"


class ManifestError(ImportRefusedError):
    """The catalogue as a whole cannot be read."""

    code = "manifest_unreadable"


class ProfileRefusedError(ImportRefusedError):
    """A profile of catalogues cannot be kept, or there is none of that name.

    Attributes:
        field: Which part of it is wrong. value: What stands there, shortened.
    """

    code = "profile_refused"

    def __init__(self, field: str, value: str = "") -> None:
        super().__init__(f"the profile's {field} cannot be used: {value[:100]}")
        self.field = field
        self.value = value[:100]


class VocabularyRefusedError(QueryRoomError):
    """A change of the vocabulary cannot be kept; nothing of it is.

    Attributes:
        reason: A stable word: ``empty``, ``not_text``, ``too_large``, ``too_many``, ``columns``,
            ``problems``, ``moved``, ``no_version``, ``no_entry``, ``no_reason`` or a fault of an
            entry.
    """

    code = "vocabulary_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(f"the vocabulary cannot be changed so: {reason}")
        self.reason = reason


class ExtractionError(QueryRoomError):
    """One file gave no text.

    Attributes:
        reason: A word of :class:`indexer.extraction.Reason`.
        detail: What exactly was wrong, for the archivist; never text of the file.
    """

    code = "extraction_failed"

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type[ExtractionError], tuple[str, str]]:
        # Crosses a process boundary: the default would rebuild it from the joined message.
        return (type(self), (self.reason, self.detail))


class RecognitionMissingError(QueryRoomError):
    """The extra that recognises scans is not installed; the pages go on waiting."""

    code = "recognition_missing"

    def __init__(self) -> None:
        super().__init__("text recognition is not installed: run make ocr")


class StorageError(QueryRoomError):
    """The data folder refused a read or a write."""

    code = "storage_failed"


class StorageFullError(StorageError):
    """No space is left in the data folder."""

    code = "storage_full"


class StoreUnreachableError(StorageError):
    """The shared store does not answer, or refuses: nothing is known of what it holds."""

    code = "store_unreachable"


class SourceUnreadableError(StorageError):
    """A file to be archived cannot be read; the store itself is well."""

    code = "source_unreadable"


class TextMissingError(StorageError):
    """The text store lacks a text that it should hold."""

    code = "text_missing"


class TextDamagedError(TextMissingError):
    """A text in the text store is not as it was written."""

    code = "text_damaged"


class EngineError(QueryRoomError):
    """The index cannot answer or cannot be written."""

    code = "engine_failed"


class EngineUnavailableError(EngineError):
    """No generation is serving, or the engine cannot be reached."""

    code = "engine_unavailable"


class DocumentRefusedError(EngineError):
    """The engine does not take a record, however often it is asked."""

    code = "document_refused"


class IndexMismatchError(EngineError):
    """A generation was written by another schema, analyzer or dictionary."""

    code = "index_mismatch"


class WriterLockedError(EngineError):
    """Another process holds the one writer.

    Attributes:
        holder: Who holds it, in words: process, command and since when.
    """

    code = "writer_locked"

    def __init__(self, holder: str) -> None:
        super().__init__(f"the index is being written by {holder}")
        self.holder = holder


class ElectionLostError(EngineError):
    """Another process coordinates the work on the index by now."""

    code = "election_lost"


class InvalidQueryError(QueryRoomError):
    """A question that cannot be asked.

    Attributes:
        reason: A stable word, e.g. ``empty``, ``too_long``, ``unknown_filter``, ``bad_date``,
            ``page_out_of_range``.
        field: The parameter at fault, or ``None``.
    """

    code = "invalid_query"

    def __init__(self, reason: str, field: str | None = None, detail: str = "") -> None:
        super().__init__(f"{reason} ({field}) {detail}".strip() if field else f"{reason} {detail}")
        self.reason = reason
        self.field = field
        self.detail = detail


class RecordNotFoundError(QueryRoomError):
    """No such record for this viewer; absent and forbidden are one answer."""

    code = "record_not_found"
