"""ZIP containers (DOCX, ODT): looked over before anything is unpacked, so that no upload fills the memory."""

import io
import zipfile
import zlib

from corpus.errors import RelaisError
from worker.ingest import limits

_ENTRIES = 5000
_UNPACKED = 5  # times the limit of a file: what all entries together may unpack to (a document holds its pictures)
_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


class Archive:
    """An opened container. Raises `RelaisError` for a damaged one and for one that unpacks to more than the limits."""

    def __init__(self, data: bytes, what: str) -> None:
        self._what = what
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except _ERRORS:
            raise RelaisError("the %(what)s file is damaged or not complete", what=what) from None
        size = sum(entry.file_size for entry in entries)
        xml = max((e.file_size for e in entries if e.filename.endswith((".xml", ".rels"))), default=0)
        if len(entries) > _ENTRIES or size > _UNPACKED * limits.FILE_BYTES or xml > limits.FILE_BYTES:
            raise limits.TooLarge("the %(what)s file unpacks to more than the limit", what=what)
        self.names = frozenset(entry.filename for entry in entries)

    def read(self, name: str) -> bytes:
        """One entry's bytes; empty where there is no such entry."""
        if name not in self.names:
            return b""
        try:
            return self._zip.read(name)
        except _ERRORS:
            raise RelaisError("the %(what)s file is damaged or not complete", what=self._what) from None


def entry_names(data: bytes) -> frozenset[str]:
    """Names in a container; none for what is not one, or is broken."""
    if not data.startswith(b"PK"):
        return frozenset()
    try:
        return frozenset(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except _ERRORS:
        return frozenset()
