"""From the bytes of a text to its letters, for search: as marked, else UTF-8, else what makes sense."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ["cp1251", "koi8_r", "cp866", "iso8859_5", "cp1252", "cp1250", "cp1257", "cp1254", "cp1253"]
_SAMPLE = 200_000


def decoded(data: bytes) -> str:
    """The text, without its mark; bytes that make no letter are U+FFFD."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        # A long text may be cut within its last letter.
        if problem.start > len(data) - 4:
            return data[: problem.start].decode("utf-8")
    best = from_bytes(data[:_SAMPLE], cp_isolation=_CANDIDATES).best()
    return data.decode(best.encoding if best else "cp1251", "replace")
