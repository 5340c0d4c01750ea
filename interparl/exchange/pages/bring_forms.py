"""What is asked of a file or of pasted rows before they are read, and whom the names of a table mean."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from operator import itemgetter
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interparl.core.hooks import every_importer
from interparl.core.kinds import model_of
from interparl.core.pickers import RecordPickerField
from interparl.core.records import Record
from interparl.core.tables import Reading
from interparl.exchange.actions.naming import Meant, Names

ENDINGS = (".json", ".gz")
LONGEST_PASTED = 1_000_000
PICKED = {"chamber": "directory.chamber", "country": "directory.country", "body": "bodies.body"}
BODY_FIELDS = frozenset({"body", "body_id"})


def is_table(kind: str) -> bool:
    """Whether files of the kind are tables, whose columns people map."""
    return bool(every_importer()[kind].fields)


def names_bodies(kind: str) -> bool:
    """Whether each row of the kind says in which body it is, so that one body can be said for all."""
    return every_importer()[kind].fields.keys() >= BODY_FIELDS


def picked(kind: str, label: Any, help_text: Any, reading: Reading) -> RecordPickerField:
    """A field for one record that need not be filled."""
    field = RecordPickerField(model=model_of(kind), label=label, help_text=help_text, required=False)
    field.reading = reading
    field.widget.attrs.setdefault("class", "field")
    return field


class BringForm(forms.Form):
    """A file or pasted rows, what kind it is, and what it is about."""

    kind = forms.ChoiceField(label=_("What it is"), widget=forms.Select(attrs={"class": "field"}))
    file = forms.FileField(
        label=_("File"),
        required=False,
        # What reads it says so, as the command does.
        allow_empty_file=True,
        help_text=_(
            "A table: Excel (.xlsx), CSV, JSON or JSON lines. Members of a parliament: Popolo JSON. Also in .gz."
        ),
    )
    pasted = forms.CharField(
        label=_("Or rows that you paste"),
        required=False,
        max_length=LONGEST_PASTED,
        strip=False,
        help_text=_("Rows copied from Word or Excel, with their heading or without; or one name a line."),
        widget=forms.Textarea(attrs={"class": "field", "rows": 5, "dir": "auto", "spellcheck": "false"}),
    )
    on = forms.DateField(
        label=_("True on"),
        required=False,
        help_text=_("The day on which the file was true; who is gone from a later edition ends between the two days."),
        widget=forms.DateInput(attrs={"type": "date", "class": "field field-date"}, format="%Y-%m-%d"),
    )
    source_key = forms.SlugField(
        label=_("Key of the source"),
        required=False,
        max_length=60,
        help_text=_("Editions with one key belong together; without it the mapping or the name of the file tells."),
        widget=forms.TextInput(attrs={"class": "field"}),
    )
    language = forms.ChoiceField(
        label=_("Language of its texts"), required=False, widget=forms.Select(attrs={"class": "field"})
    )

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(((kind, str(importer.label)) for kind, importer in every_importer().items()), key=itemgetter(1))
        self.fields["kind"].choices = [("", _("choose")), *kinds]  # type: ignore[attr-defined]  # a choice
        self.fields["language"].choices = [("", _("not told")), *settings.LANGUAGES]  # type: ignore[attr-defined]  # the same
        for name, label, words in (
            (
                "body",
                _("Body"),
                _("For members: all rows are of this body. Leave it empty when a column names the body."),
            ),
            ("chamber", _("Chamber"), _("The chamber that the file is about.")),
            ("country", _("Country"), _("For a chamber that is not known yet.")),
        ):
            self.fields[name] = picked(PICKED[name], label, words, reading)
        self.order_fields(["kind", "file", "pasted", "body", "chamber", "country", "language", "on", "source_key"])

    def clean_file(self) -> UploadedFile[Any] | None:
        """Refuses by size; the content is judged by what reads it."""
        file: UploadedFile[Any] | None = self.cleaned_data.get("file")
        if file and (file.size or 0) > settings.IMPORT_LIMIT:
            raise forms.ValidationError(
                gettext("The file is larger than %(limit)s.") % {"limit": filesizeformat(settings.IMPORT_LIMIT)}
            )
        return file

    def clean(self) -> dict[str, Any]:
        """One of both is needed, a file or rows; and what is said has to fit the kind."""
        given = super().clean() or self.cleaned_data
        kind, file, pasted = given.get("kind", ""), given.get("file"), (given.get("pasted") or "").strip()
        if "file" in self.errors or "pasted" in self.errors or not kind:
            return given
        if file and pasted:
            self.add_error("pasted", gettext("There is a file as well. Hand in one of them."))
        elif not file and not pasted:
            self.add_error("file", gettext("Choose a file, or paste rows."))
        elif pasted and not is_table(kind):
            self.add_error("pasted", gettext("Only rows of a table can be pasted; this kind is read from a file."))
        elif file and not is_table(kind) and not (file.name or "").lower().endswith(ENDINGS):
            self.add_error("file", gettext("Only files ending in %(endings)s.") % {"endings": ", ".join(ENDINGS)})
        if given.get("body") and not names_bodies(kind):
            self.add_error("body", gettext("Only members of bodies can be brought into one body."))
        return given

    def options(self) -> dict[str, str]:
        """What was said of the file, for its importer."""
        found = {"language": self.cleaned_data["language"]}
        for name in ("chamber", "country"):
            record = self.cleaned_data[name]
            found[name] = str(record.code) if record else ""
        return {name: value for name, value in found.items() if value}


class NamesForm(forms.Form):
    """For each name of a table that is not certain, the record that it means; an empty field means none."""

    def __init__(self, data: Any, *, kind: str, names: Names, reading: Reading) -> None:
        super().__init__(data)
        self._texts: dict[str, str] = {}
        for one in names.asked:
            field = picked(kind, one.text, "", reading)
            widget: Any = field.widget
            if not widget.is_list:
                widget.choices = [(f"#{found.key}", _offer(found)) for found in one.offers]
            field.initial = likeliest(one)
            self.fields[name_of(one.text)] = field
            self._texts[name_of(one.text)] = one.text

    def chosen(self) -> Mapping[str, int | None]:
        """The record of each name, by its text."""
        found: dict[str, Record | None] = {name: self.cleaned_data.get(name) for name in self._texts}
        return {self._texts[name]: record.pk if record else None for name, record in found.items()}


def likeliest(one: Meant) -> int | None:
    """The only record that is called like the name without doubt."""
    whole = [found.key for found in one.offers if found.score == 1.0]
    return whole[0] if len(whole) == 1 and len(one.offers) == 1 else None


def _offer(found: Any) -> str:
    return f"{found.label} ({found.otherwise})" if found.otherwise else str(found.label)


def name_of(text: str) -> str:
    """The field of a name, the same whatever stands around it in the table."""
    return f"who-{sha256(text.encode('utf-8', 'replace')).hexdigest()[:16]}"
