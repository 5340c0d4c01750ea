"""What a row of people says beside the fields of a person: the name in each language, and how he is reached."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from interparl.core.translated import languages
from interparl.directory.exports.asking import Asked, Row
from interparl.directory.exports.popolo_people import contacts_of, preferred
from interparl.directory.models import ContactPoint, PersonName

PARTS = ("text", "family", "given", "patronymic")
SEPARATOR = " | "
CONTACTS: dict[str, str] = {
    "email": ContactPoint.Kind.EMAIL,
    "phone": ContactPoint.Kind.PHONE,
    "fax": ContactPoint.Kind.FAX,
    "address": ContactPoint.Kind.ADDRESS,
    "website": ContactPoint.Kind.WEB,
    "contact": ContactPoint.Kind.OTHER,
}
_OF = {"text": "name"}


def _columns() -> list[tuple[str, str]]:
    named = [(f"{_OF.get(part, part)}_{code}", part) for code in ["", *languages()] for part in PARTS]
    return [
        *((name.rstrip("_"), base) for name, base in named),
        ("other_names", "other"),
        *((one, one) for one in CONTACTS),
    ]


# Name of the column, and what its words are called by. The columns without a language are those of a name of which
# nobody told the language.
PEOPLE_COLUMNS: list[tuple[str, str]] = _columns()
PEOPLE_WORDS: dict[str, Any] = {
    "text": _("Full name"),
    "family": _("Surname"),
    "given": _("Given name"),
    "patronymic": _("Patronymic"),
    "other": _("Other names, parted by “|”"),
    "email": _("E-mail"),
    "phone": _("Telephone"),
    "fax": _("Fax"),
    "address": _("Address"),
    "website": _("Web page"),
    "contact": _("Other ways to reach"),
}


def people_cells(asked: Asked, keys: list[int]) -> dict[int, list[Any]]:
    """These cells of each person."""
    fields = ("person", *PARTS, "language", "kind", "is_preferred", "until")
    names = asked.grouped(asked.rows(PersonName).filter(person__in=keys), *fields)
    contacts = contacts_of(asked, "person", keys)
    return {key: [*_names(names.get(key, [])), *_contacts(contacts.get(key, []))] for key in keys}


def _names(names: list[Row]) -> list[str]:
    """The preferred name in each language by its parts, then the others."""
    cells, shown = [], set()
    for code in ["", *languages()]:
        mine = [name for name in names if name["language"] == code]
        best = max(mine, key=preferred) if mine else None
        cells += [best[part] if best else "" for part in PARTS]
        shown.add(best["pk"] if best else 0)
    return [*cells, _joined(name["text"] for name in names if name["pk"] not in shown)]


def _contacts(contacts: list[Row]) -> list[str]:
    return [_joined(row["value"] for row in contacts if row["kind"] == kind) for kind in CONTACTS.values()]


def _joined(several: Iterable[str]) -> str:
    return SEPARATOR.join(several)
