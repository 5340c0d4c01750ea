"""The encoding of a text: asked for, marked, or recognised by letters that make sense."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from charset_normalizer import from_bytes

from interparl.exchange.rules.findings import Findings, UnreadableFile
from interparl.exchange.rules.tables.letters import likelihoods

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings of one byte, and what each is trusted before a letter is seen. The names are those of the IANA register.
_ONE_BYTE: Mapping[str, float] = {
    "windows-1251": 0.0,
    "windows-1252": 0.0,
    "koi8-r": -3.0,
    "windows-1250": -4.0,
    "koi8-u": -5.0,
    "windows-1257": -5.0,
    "windows-1254": -5.0,
    "windows-1253": -3.0,
    "ibm866": -5.0,
    "iso-8859-5": -5.0,
    "iso-8859-2": -6.0,
    "macintosh": -6.0,
    "x-mac-cyrillic": -6.0,
    "iso-8859-15": -3.0,
    "ibm850": -8.0,
    "ibm852": -8.0,
    "windows-1255": -3.0,
    "windows-1256": -3.0,
}
_PYTHON_NAMES = {"macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic"}
_MANY_BYTES = ["shift_jis", "gb18030", "big5", "euc_kr", "euc_jp"]
# Codecs of text by their names in Python; others escape, compress or turn letters.
_OF_TEXT = re.compile(
    r"utf-(?:8|8-sig|16|16-le|16-be|32|32-le|32-be)|ascii|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|kz1048|ptcp154|tis-620"
    r"|shift_jis|gb2312|gbk|gb18030|big5|euc_jp|euc_kr"
)
_EAST_ASIAN = re.compile("[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FEWEST_SIGNS = 6
_WORD = re.compile(rb"(?<![A-Za-z\x80-\xff])[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_FIRST_WORDS, _MOST_WORDS = 40, 400
# Of very long words what stands around their first letter beyond ASCII says enough.
_BEFORE_LETTER, _LONGEST_WORD = 20, 60
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_FAR = 80.0  # as a logarithm: more words do not bring it back
# A character on average, as a logarithm: below the first an encoding of many bytes is tried, below the second no
# language writes so.
_UNLIKELY, _NONSENSE = -14.0, -22.0
_FOREIGN_WORD = -5.0  # what it costs that a word is not of the list's own language, as a logarithm
_CLOSE = 4.0  # as a logarithm: less than fifty times as likely
_SAMPLE = 2_000_000
# A letter, not a control, is meant by these bytes in every encoding that is handed in; a picture is full of the others.
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1e\x7f]")


@dataclass(frozen=True)
class Decoded:
    """The text without its byte order mark, and the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes, *, asked: str, findings: Findings) -> Decoded:
    """The text of the bytes. Raises UnreadableFile: unknown_encoding, not_in_encoding, not_text, empty."""
    if asked:
        decoded = Decoded(_strict(data, _known(asked), asked=asked), asked.lower())
    else:
        decoded = _recognised(data, findings)
    # Programs put a mark before a file that has one.
    text = decoded.text.lstrip("\ufeff")
    if not text or text.isspace():
        raise UnreadableFile("empty")
    if (at := text.find("\x00")) >= 0:
        raise not_text(text, at)
    return Decoded(text, decoded.encoding)


def not_text(text: str, at: int, *, asked: str = "") -> UnreadableFile:
    """The refusal of bytes that are no text in any encoding known here, or in the one `asked` for, with the place."""
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    key = "not_in_encoding" if asked else "not_text"
    return UnreadableFile(key, f"{line}:{column}", {"line": line, "column": column, "encoding": asked})


def _recognised(data: bytes, findings: Findings) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strict(data, encoding), encoding)
    if encoding := _by_zeros(data):
        findings.add("", "note", "encoding_recognised", encoding=encoding)
        return Decoded(_strict(data, encoding), encoding)
    if found := _BINARY.search(data):
        raise not_text(data[: found.start()].decode("latin-1"), found.start())
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as problem:
        if _is_damaged_utf8(data):
            before = data[: problem.start].decode("utf-8")
            raise not_text(before, len(before)) from problem
    return _by_letters(data, findings)


def refuse_in_doubt(data: bytes, findings: Findings) -> None:
    """JSON is Unicode: bytes that are none, and not certain in another encoding either, are refused with the place."""
    if any(one.level == "doubtful" for one in findings.found):
        _strict(data, "utf-8")


def _known(name: str) -> str:
    """The codec of the name, if it is one of text."""
    name = _PYTHON_NAMES.get(name.lower(), name)
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError) as problem:
        raise UnreadableFile("unknown_encoding", params={"encoding": name[:40]}) from problem
    if not _OF_TEXT.fullmatch(found):
        raise UnreadableFile("unknown_encoding", params={"encoding": name[:40]})
    return found


def _strict(data: bytes, encoding: str, *, asked: str = "") -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode(encoding, "replace")
        raise not_text(before, len(before), asked="" if encoding.startswith("utf") else asked) from problem


def _by_zeros(data: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: text of any script has line ends or blanks with zeros beside them."""
    sample = data[: 4096 - len(data[:4096]) % 4] or data
    zeros = [sample[at::4].count(0) for at in range(4)]
    quarter = max(len(sample) // 4, 1)
    if zeros[1] + zeros[2] + zeros[3] > quarter * 2 and not zeros[0]:
        return "utf-32-le"
    if zeros[0] + zeros[1] + zeros[2] > quarter * 2 and not zeros[3]:
        return "utf-32-be"
    low, high = zeros[0] + zeros[2], zeros[1] + zeros[3]
    # Letters of ASCII beside each other are no UTF-16: then a zero stands there by mistake.
    if bool(high) == bool(low) or _are_letters(sample):
        return ""
    return "utf-16-le" if high else "utf-16-be"


def _are_letters(sample: bytes) -> bool:
    """Whether most pairs of bytes are two signs of ASCII."""
    pairs = list(zip(sample[::2], sample[1::2], strict=False))
    return 2 * sum(1 for one, other in pairs if 32 <= one < 127 and 32 <= other < 127) > len(pairs)


def _sample(data: bytes) -> bytes:
    """As much as is looked at, from the line on in which there is more than ASCII for the first time."""
    first = _BEYOND_ASCII.search(data)
    begin = data.rfind(b"\n", 0, first.start()) + 1 if first else 0
    return data[begin : begin + _SAMPLE]


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8: then it is that, with damage, and not an older encoding."""
    text = _sample(data).decode("utf-8", "surrogateescape")
    wrong = sum(1 for char in text if "\udc80" <= char <= "\udcff")
    right = sum(1 for char in text if char > "\x7f") - wrong
    return right > 3 * wrong


def _by_letters(data: bytes, findings: Findings) -> Decoded:
    words = _words(_sample(data))
    scores = _scores(words[:_FIRST_WORDS], [one for one in _ONE_BYTE if _decodes(data, one)])
    if len(words) > _FIRST_WORDS and scores:
        best = max(scores.values())
        scores = _scores(words, [one for one, score in scores.items() if score > best - _FAR])
    count = sum(1 for word, _, _ in words for byte in word if byte > 127)
    if max(scores.values(), default=_NONSENSE * count) < _UNLIKELY * count:
        if decoded := _by_many_bytes(data, findings):
            return decoded
        if scores:
            findings.add("", "doubtful", "encoding_doubtful", encoding=max(scores, key=lambda one: scores[one]))
    if not scores:
        at = next(at for at, byte in enumerate(data) if byte > 127)
        raise not_text(data[:at].decode("ascii"), at)
    return _chosen(data, sorted(scores, key=lambda encoding: -scores[encoding]), scores, findings)


def _scores(words: Sequence[tuple[bytes, str, str]], encodings: Sequence[str]) -> dict[str, float]:
    """How likely the words are in each encoding that does not make nonsense of them."""
    scores = {}
    count = sum(1 for word, _, _ in words for byte in word if byte > 127)
    for encoding in encodings:
        score = _score(words, _PYTHON_NAMES.get(encoding, encoding))
        if score > _NONSENSE * count:
            scores[encoding] = score + _ONE_BYTE[encoding]
    return scores


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(_PYTHON_NAMES.get(encoding, encoding))
    except UnicodeDecodeError:
        return False
    return True


def _chosen(data: bytes, ranked: Sequence[str], scores: Mapping[str, float], findings: Findings) -> Decoded:
    """The likeliest encoding; another that is almost as likely and says something else is told."""
    best = ranked[0]
    text = data.decode(_PYTHON_NAMES.get(best, best))
    for other in ranked[1:]:
        if scores[best] - scores[other] > _CLOSE:
            break
        if difference := _first_difference(text, data.decode(_PYTHON_NAMES.get(other, other))):
            findings.add("", "doubtful", "encoding_unsure", encoding=best, other=other, **difference)
            return Decoded(text, best)
    findings.add("", "note", "encoding_recognised", encoding=best)
    return Decoded(text, best)


def _first_difference(text: str, other: str) -> dict[str, str]:
    for one, two in zip(text.splitlines(), other.splitlines(), strict=False):
        for word, else_word in zip(one.split(), two.split(), strict=False):
            if word != else_word:
                return {"read": word[:60], "else": else_word[:60]}
    return {}


def _words(data: bytes) -> list[tuple[bytes, str, str]]:
    """Different words with bytes beyond ASCII, each with the characters around it."""
    found: dict[bytes, tuple[bytes, str, str]] = {}
    for word in _WORD.finditer(data):
        begin, end = word.span()
        if end - begin > _LONGEST_WORD and (letter := _BEYOND_ASCII.search(data, begin, end)):
            begin = max(begin, letter.start() - _BEFORE_LETTER)
            end = min(end, begin + _LONGEST_WORD)
        if data[begin:end] not in found:
            around = data[begin - 1 : begin], data[end : end + 1]
            found[data[begin:end]] = (data[begin:end], around[0].decode("latin-1"), around[1].decode("latin-1"))
            if len(found) >= _MOST_WORDS:
                break
    return list(found.values())


def _score(words: Sequence[tuple[bytes, str, str]], encoding: str) -> float:
    """The likelihood of all characters beyond ASCII, in a list of one language with some words of others."""
    by_word = [likelihoods(word.decode(encoding), before, after) for word, before, after in words]
    foreign = [max(of_word) + _FOREIGN_WORD for of_word in by_word]
    by_language: list[tuple[float, ...]] = list(zip(*by_word, strict=True))
    return max(sum(map(max, of_language, foreign)) for of_language in by_language)


def _by_many_bytes(data: bytes, findings: Findings) -> Decoded | None:
    """The text in an encoding of East Asia, if the bytes keep its rules and most of them are its letters."""
    sample = _sample(data)
    best = from_bytes(sample, cp_isolation=_MANY_BYTES).best()
    if best is None:
        return None
    try:
        text = data.decode(best.encoding)
    except UnicodeDecodeError:
        return None
    signs = [char for char in text[:_SAMPLE] if ord(char) > 127]
    if len(signs) < _FEWEST_SIGNS or len(_EAST_ASIAN.findall("".join(signs))) < len(signs) * 0.8:
        return None
    findings.add("", "note", "encoding_recognised", encoding=best.encoding)
    return Decoded(text, best.encoding)
