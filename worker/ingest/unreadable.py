"""Kinds of file that are no story's text, told by their first bytes, so that the refusal can name them."""

from corpus.errors import RelaisError

_SIGNATURES = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0", "Word 97–2003"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"\x7fELF", "ELF"),
    (b"ID3", "MP3"),
    (b"OggS", "Ogg"),
    (b"RIFF", "RIFF"),
)
READ = "text, Markdown, HTML, DOCX, ODT, ninjs, NewsML-G2"


def refuse(data: bytes) -> None:
    """Raises `RelaisError` for an empty upload and for a kind of file that Relais does not read."""
    if not data.strip():
        raise RelaisError("the upload is empty")
    head = data[:1024].lstrip()
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            raise RelaisError("%(kind)s files are not read; send one of: %(formats)s", kind=kind, formats=READ)
    if data[4:8] == b"ftyp":
        raise RelaisError("%(kind)s files are not read; send one of: %(formats)s", kind="MP4", formats=READ)
