"""Message catalogues without xgettext: what code and templates say, one catalogue a language, compiled in Python.

English is the language of the code, so it has no catalogue. A catalogue also holds what the packages we stand on say
on our pages and have not translated themselves. Plural forms are those of Unicode CLDR, as Babel knows them; Django
keeps the plural rule of each catalogue apart, so ours need not be its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import templatize

PACKAGE = Path(__file__).resolve().parent.parent
FOLDER = PACKAGE / "core" / "locale"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    **{f"gettext{kind}": None for kind in ("", "_lazy", "_noop")},
    **{f"ngettext{kind}": (1, 2) for kind in ("", "_lazy")},
    **{f"pgettext{kind}": ((1, "c"), 2) for kind in ("", "_lazy")},
    **{f"npgettext{kind}": ((1, "c"), 2, 3) for kind in ("", "_lazy")},
}
COMMENT = "Translators:"
PLACEHOLDER = re.compile(r"%%|%\(\w+\)[sdf]|%[sdf]|\{\w*\}")
LETTER = re.compile(r"[^\W\d_]")

# What the packages show on our pages: files by package, folders of their catalogues by package.
BORROWED = {
    "django": (
        "contrib/auth/forms.py",
        "contrib/auth/password_validation.py",
        "contrib/auth/validators.py",
        "core/validators.py",
        "db/models/base.py",
        "db/models/constraints.py",
        "db/models/fields/*.py",
        "forms/*.py",
        "utils/dates.py",
        "utils/timesince.py",
        "views/csrf.py",
        "views/templates/csrf_403.html",
    ),
    "django_filters": ("fields.py", "widgets.py"),
    "allauth": (
        "account/adapter.py",
        "account/fields.py",
        "account/forms.py",
        "templates/account/account_inactive.html",
        "templates/account/login.html",
        "templates/account/logout.html",
        "templates/account/password_change.html",
        "templates/account/password_reset*.html",
        "templates/account/reauthenticate.html",
        "templates/account/email/base_message.txt",
        "templates/account/email/password_reset_key_*.txt",
        "templates/account/email/unknown_account_*.txt",
        "templates/account/messages/logged_*.txt",
        "templates/account/messages/password_*.txt",
        "templates/account/snippets/already_logged_in.html",
    ),
}
CATALOGUES = {
    "django": ("conf/locale", "contrib/auth/locale"),
    "django_filters": ("locale",),
    "allauth": ("locale",),
}

Text = str | tuple[str, str]
Key = tuple[str, str]


@dataclass
class Message:
    """What is said: in which context, in English (singular and plural), and where."""

    text: Text
    context: str
    places: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """By which a catalogue knows it: context and singular."""
        return self.context, first_of(self.text)


@dataclass(frozen=True)
class Fault:
    """What is wrong with one message of a catalogue."""

    language: str
    text: str
    reason: str

    def __str__(self) -> str:
        return f"{self.language}: {self.reason}: {self.text!r}"


def first_of(text: str | Sequence[str]) -> str:
    """The text itself, or its singular."""
    return text if isinstance(text, str) else text[0]


def languages() -> list[str]:
    """The languages that have a catalogue: all but the one that the code is written in."""
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def place_of(language: str) -> Path:
    """Where the catalogue of the language lies."""
    return FOLDER / language / "LC_MESSAGES" / "django.po"


def messages_in(file: Path, place: str) -> Iterator[Message]:
    """The messages of one file of Python or one template, in the order of the file."""
    source = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        # A template becomes calls between blanked words; the indentation would not be Python's.
        source = "\n".join(line.strip() for line in templatize(source).split("\n"))
    options = {"encoding": "utf-8"}
    for _line, said, comments, context in extract("python", BytesIO(source.encode()), KEYWORDS, (COMMENT,), options):
        text: Text = said if isinstance(said, str) else (said[0], said[1])
        if first_of(text):
            yield Message(text, context or "", [place], comments)


def gathered(files: Iterable[tuple[Path, str]]) -> dict[Key, Message]:
    """The messages of files, each once, with all its places; a plural said anywhere counts everywhere."""
    kept: dict[Key, Message] = {}
    for file, place in files:
        for message in messages_in(file, place):
            known = kept.setdefault(message.key, message)
            if known is not message:
                known.places += [one for one in message.places if one not in known.places]
                known.comments += [one for one in message.comments if one not in known.comments]
                if isinstance(known.text, str):
                    known.text = message.text
    return kept


def own_files() -> Iterator[tuple[Path, str]]:
    """The files of the product that speak to people: code and templates, not tests or migrations."""
    for file in sorted(PACKAGE.rglob("*")):
        inside = file.relative_to(PACKAGE)
        is_ours = file.suffix == ".py" or ("templates" in inside.parts and file.suffix in (".html", ".txt"))
        if is_ours and not {"tests", "migrations"} & set(inside.parts):
            yield file, f"{PACKAGE.name}/{inside.as_posix()}"


def root_of(package: str) -> Path:
    """The folder of an installed package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent


def borrowed_files() -> Iterator[tuple[Path, str]]:
    """The files of packages that speak on our pages; not the templates in whose place we have our own."""
    for package, patterns in BORROWED.items():
        root = root_of(package)
        for pattern in patterns:
            for file in sorted(root.glob(pattern)):
                inside = file.relative_to(root).as_posix()
                if not any(PACKAGE.glob(f"*/{inside}")):
                    yield file, f"{package}/{inside}"


def key_of(message: Entry) -> Key:
    """The key of a message in a catalogue; Babel leaves the context of a compiled one in bytes."""
    context: str | bytes = message.context or ""
    return context.decode() if isinstance(context, bytes) else context, first_of(message.id)


def translated_elsewhere(language: str) -> set[Key]:
    """What the packages have translated into the language themselves."""
    known: set[Key] = set()
    for package, folders in CATALOGUES.items():
        for folder in folders:
            file = root_of(package) / folder / language / "LC_MESSAGES" / "django.mo"
            if file.exists():
                with file.open("rb") as stream:
                    known |= {key_of(one) for one in read_mo(stream) if one.id and one.string}
    return known


def lines_of(name: str) -> set[str]:
    """The lines of a list beside the catalogues, without remarks; backslash and n stand for a new line."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return {line.replace("\\n", "\n") for line in lines if line.strip() and not line.startswith("#")}


def wanted(language: str) -> dict[Key, Message]:
    """All that the catalogue of the language has to hold: ours, and what packages say and have not translated."""
    ours = gathered(own_files())
    known, unused = translated_elsewhere(language), lines_of("unused.txt")
    theirs = gathered(borrowed_files())
    return ours | {
        key: message for key, message in theirs.items() if key not in ours and key not in known and key[1] not in unused
    }


def stored(language: str) -> Catalog:
    """The catalogue of the language as it lies on the disk, else an empty one."""
    file = place_of(language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language, ignore_obsolete=True)


def header_of(language: str) -> str:
    """The head of a catalogue: no dates and no names, so that it changes only when messages do."""
    name, plurals = Locale.parse(language).get_display_name("en"), Catalog(locale=language).plural_forms
    return (
        f"# {name} messages of Interparl. `make messages` writes all of it but the translations.\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {plurals}\\n"\n\n'
    )


def update(language: str) -> int:
    """Writes the catalogue anew from the code; returns how many messages have no translation yet.

    Translations stay where context and English are the same as before. A changed message starts without one; none is
    guessed.
    """
    before = {key_of(entry): entry for entry in stored(language) if entry.id and not entry.fuzzy}
    after = Catalog(locale=language)
    missing = 0
    for key, message in wanted(language).items():
        old = before.get(key)
        # A plural that was none before, or the other way round, needs other forms.
        string = old.string if old and old.id == message.text else ""
        missing += not is_full(string)
        places = [(place, 1) for place in message.places]
        after.add(message.text, string, places, auto_comments=message.comments, context=message.context or None)
    text = BytesIO()
    write_po(text, after, width=120, omit_header=True, sort_output=True, include_lineno=False)
    place_of(language).parent.mkdir(parents=True, exist_ok=True)
    place_of(language).write_text(header_of(language) + text.getvalue().decode(), encoding="utf-8")
    return missing


def compile_catalogue(language: str) -> Path:
    """Writes the compiled catalogue beside the written one; messages without a translation are left out."""
    target = place_of(language).with_suffix(".mo")
    text = BytesIO()
    write_mo(text, stored(language))
    target.write_bytes(text.getvalue())
    return target


def faults(language: str) -> list[Fault]:
    """What keeps the catalogue of the language from being complete and right, in the order of the catalogue."""
    catalogue, needed, same = stored(language), wanted(language), lines_of("same.txt")
    known = {key_of(entry): entry for entry in catalogue if entry.id}
    found = [Fault(language, key[1], "missing from the catalogue") for key in needed if key not in known]
    found += [Fault(language, key[1], "said nowhere any more") for key in known if key not in needed]
    if catalogue.plural_forms != Catalog(locale=language).plural_forms:
        found.append(Fault(language, catalogue.plural_forms, "wrong rule of plurals"))
    for key, entry in known.items():
        if key in needed and (reason := fault_of(entry, needed[key].text, catalogue.num_plurals, same)):
            found.append(Fault(language, key[1], reason))
    return found


def is_full(string: str | Sequence[str] | None) -> bool:
    """Whether a translation, or each form of it, has words."""
    return bool(string) if string is None or isinstance(string, str) else all(string)


def fault_of(entry: Entry, text: Text, forms: int, same: set[str]) -> str:
    """What is wrong with one translation; "" when nothing is."""
    if not entry.string or not is_full(entry.string):
        return "not translated"
    if entry.fuzzy:
        return "marked as fuzzy"
    strings = [entry.string] if isinstance(entry.string, str) else list(entry.string)
    if len(strings) != (1 if isinstance(text, str) else forms):
        return "wrong number of plural forms"
    # A form may stand for 1, 21 and 31, so each needs the number that the English plural has.
    full = text if isinstance(text, str) else text[1]
    if any(placeholders(string) != placeholders(full) for string in strings):
        return "other placeholders than in English"
    if any(string == first_of(text) and has_words(string) and string not in same for string in strings):
        return "the same as in English"
    return ""


def placeholders(text: str) -> set[str]:
    """What a message leaves open: %(name)s, %s, {name}; and "%" alone where a sign of per cent must be doubled."""
    found = set(PLACEHOLDER.findall(text))
    if any(one.startswith("%") for one in found) and "%" in PLACEHOLDER.sub("", text):
        found.add("%")
    return found


def has_words(text: str) -> bool:
    """Whether there is a letter outside of placeholders."""
    return bool(LETTER.search(PLACEHOLDER.sub("", text)))
