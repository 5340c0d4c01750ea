"""The sentences for files that are not kept, and for texts that are not read."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interparl.documents.rules.refusals import NotKept

KEPT = _(
    "Kept are PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), OpenDocument (.odt, .ods), plain text, CSV, "
    "pictures (JPEG, PNG, TIFF) and e-mail (.eml)."
)
WHATS: Mapping[str, Promise] = {
    "program": _("“%(name)s” is a program."),
    "script": _("“%(name)s” is a script, which a computer would run."),
    "web_page": _("“%(name)s” is a page of the web."),
    "drawing": _("“%(name)s” is a drawing for the web (SVG)."),
    "markup": _("“%(name)s” is XML."),
    "archive": _("“%(name)s” is an archive. Unpack it and hand in what is in it."),
    "old_office": _("“%(name)s” is of an old office program. Open it and save it as .docx, .xlsx or .pptx."),
    "other_office": _("“%(name)s” is an OpenDocument file of another kind."),
    "rich_text": _("“%(name)s” is rich text (RTF). Open it and save it as .docx or .odt."),
    "protected": _("“%(name)s” is protected by a password. Save it without one."),
    "macros": _("“%(name)s” holds macros, which a computer would run. Save it without them."),
    "other_picture": _("“%(name)s” is a picture or a recording of another kind."),
    "recording": _("“%(name)s” is a recording."),
    "database": _("“%(name)s” is a database."),
}
REFUSALS: Mapping[str, Promise] = {
    "empty": _("“%(name)s” is empty."),
    "damaged": _("“%(name)s” is damaged or incomplete. Open it, save it again and hand that in."),
    "bomb": _("“%(name)s” unpacks to far more than it weighs."),
    "ways": _("“%(name)s” holds parts whose names lead out of it."),
    "two_kinds": _("“%(name)s” is two kinds of file at once."),
    "text_by_other_name": _("“%(name)s” is called .%(what)s and holds plain text."),
    "unknown": _("“%(name)s” is of a kind that is not known here."),
}
# Those that are no matter of the kind: to name what is kept would not help.
_SAID_ALONE = frozenset({"empty", "damaged", "bomb", "ways"})
REASONS: Mapping[str, Promise] = {
    "protected": _("It is protected by a password."),
    "damaged": _("It is damaged."),
    "too_long": _("Reading it took too long."),
    "too_large": _("Reading it would take too much memory."),
    "missing": _("The file is not there."),
    "altered": _("The file was altered where it is stored."),
}


def refusal_text(problem: NotKept, name: str) -> str:
    """One message: what the file is, and what may be kept."""
    words = {"name": name, "what": problem.what}
    sentence = WHATS[problem.what] if problem.key == "foreign" else REFUSALS[problem.key]
    said = str(sentence) % words
    return said if problem.key in _SAID_ALONE else f"{said} {KEPT}"
