"""Message catalogues without xgettext: what code and templates say, one catalogue a language, compiled in Python.

English is the language of the code, so it has no catalogue. A catalogue also holds what the packages we stand on say
on our pages and have not translated themselves. Plural forms are those of Unicode CLDR, as Babel knows them; Django
keeps the plural rule of each catalogue apart, so ours need not be its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
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


def first_of(text: Text | list[str]) -> str:
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
    found = extract("python", BytesIO(source.encode()), KEYWORDS, comment_tags=(COMMENT,), options={"encoding": "utf-8"})
    for _line, said, comments, context in found:
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


def translated_elsewhere(language: str) -> set[Key]:
    """What the packages have translated into the language themselves."""
    known: set[Key] = set()
    for package, folders in CATALOGUES.items():
        for folder in folders:
            file = root_of(package) / folder / language / "LC_MESSAGES" / "django.mo"
            if file.exists():
                with file.open("rb") as stream:
                    known |= {(one.context or "", first_of(one.id)) for one in read_mo(stream) if one.id and one.string}
    return known


def lines_of(name: str) -> set[str]:
    """The lines of a list beside the catalogues, without empty ones and remarks."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line.strip() and not line.startswith("#")}


def wanted(language: str) -> dict[Key, Message]:
    """All that the catalogue of the language has to hold: ours, and what packages say and have not translated."""
    ours = gathered(own_files())
    known, unused = translated_elsewhere(language), lines_of("unused.txt")
    theirs = gathered(borrowed_files())
    return ours | {
        key: message
        for key, message in theirs.items()
        if key not in ours and key not in known and key[1] not in unused
    }
