"""The form by which a file is brought in. What comes in is not trusted: kind, size and content are checked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from interparl.core.hooks import every_importer

ENDINGS = (".json", ".gz")


class UndoForm(forms.Form):
    """Why an import is taken back."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, widget=forms.TextInput(attrs={"class": "field"})
    )


class ImportForm(forms.Form):
    """A file, what kind it is, and what it is about."""

    kind = forms.ChoiceField(label=_("Kind of file"))
    file = forms.FileField(label=_("File"), help_text=_("JSON, also packed as .gz"))
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
        help_text=_("Editions with one key belong together; without it the name of the file tells."),
    )
    chamber = forms.CharField(
        label=_("Code of the chamber"),
        required=False,
        max_length=20,
        help_text=_("The chamber that the file is about."),
    )
    country = forms.CharField(
        label=_("Code of the country"),
        required=False,
        max_length=12,
        help_text=_("For a chamber that is not known yet."),
    )
    language = forms.ChoiceField(label=_("Language of its texts"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, importer.label) for kind, importer in sorted(every_importer().items())]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("not told")), *settings.LANGUAGES]  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile[Any]:
        """Refuses by ending and size; the content is judged by what reads it."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if not (file.name or "").lower().endswith(ENDINGS):
            raise forms.ValidationError(_t("Only files ending in %(endings)s.") % {"endings": ", ".join(ENDINGS)})
        if (file.size or 0) > settings.IMPORT_LIMIT:
            raise forms.ValidationError(
                _t("The file is larger than %(limit)s.") % {"limit": filesizeformat(settings.IMPORT_LIMIT)}
            )
        return file

    def options(self) -> dict[str, str]:
        """What was said of the file, for its importer."""
        named = {name: self.cleaned_data[name].strip() for name in ("chamber", "country", "language")}
        return {name: value for name, value in named.items() if value}
