"""What is not kept, by the first bytes of the file."""

from __future__ import annotations

# Each beginning with what it is (`messages.WHATS`).
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\x7fELF", "program"),
    (b"\xfe\xed\xfa\xce", "program"),
    (b"\xfe\xed\xfa\xcf", "program"),
    (b"\xce\xfa\xed\xfe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"dex\n", "program"),
    (b"\x00asm", "program"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "program"),
    (b"#!", "script"),
    (b"PK\x05\x06", "archive"),
    (b"PK\x07\x08", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"\x04\x22\x4d\x18", "archive"),
    (b"MSCF", "archive"),
    (b"GIF8", "other_picture"),
    (b"RIFF", "other_picture"),
    (b"{\\rtf", "rich_text"),
    (b"%!PS", "script"),
    (b"SQLite format 3\x00", "database"),
    (b"ID3", "recording"),
    (b"OggS", "recording"),
    (b"fLaC", "recording"),
    (b"\x1aE\xdf\xa3", "recording"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# The agreed test of virus scanners: a program that is plain text.
_TEST_VIRUS = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


def foreign(head: bytes) -> str:
    """What the file is, when its first bytes are those of something that is not kept; else ""."""
    if _TEST_VIRUS in head[:200]:
        return "program"
    # A text may begin with these letters; a program has zeros soon after.
    if head[:2] in (b"MZ", b"ZM") and 0 in head[:128]:
        return "program"
    if head.startswith(_COMPOUND):
        return "protected" if _ENCRYPTED in head else "old_office"
    if head[257:262] == b"ustar":
        return "archive"
    if head[4:8] == b"ftyp":
        return "recording"
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return "other_picture"
    return next((what for beginning, what in _BEGINNINGS if head.startswith(beginning)), "")
