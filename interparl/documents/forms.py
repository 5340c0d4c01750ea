"""Forms of documents: what is typed of one, and the files that come with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.core.forms import RecordForm, show_refusal
from interparl.core.kinds import every_record, model_of
from interparl.core.known_entries import may_view
from interparl.core.models import Mark
from interparl.core.pickers import RecordPickerField
from interparl.core.reads import host_of
from interparl.core.records import Record
from interparl.core.tables import Reading
from interparl.core.translated import Expression, written
from interparl.core.writing import Refused
from interparl.documents.actions import Checked, checked
from interparl.documents.actions.taking import too_large
from interparl.documents.models import Document, KeepingHold, KeepingRule
from interparl.documents.models.documents import NO_SUCH_RECORD
from interparl.documents.rules import ENDINGS, stem_of

COMMON = ["note", "mark", "grade", "source"]
KEPT_KINDS = _(
    "PDF, Word, Excel, PowerPoint, OpenDocument, plain text, CSV, JPEG, PNG, TIFF, e-mail; at most %(limit)s each"
)
# Where what is attached to a record stands in the form.
HOST = ("kind", "object_id")


class FilesInput(forms.ClearableFileInput):
    """The browser's own field for files, several at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files that were looked at by their content; each that may not be kept has one message."""

    def __init__(self, *, is_single: bool = False, **rest: Any) -> None:
        endings = ",".join(f".{one}" for several in ENDINGS.values() for one in several)
        widget = (forms.FileInput if is_single else FilesInput)(attrs={"accept": endings})
        super().__init__(allow_empty_file=True, widget=widget, **rest)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """What may be kept, in order."""
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not given and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        found, problems = [], []
        for file in given:
            try:
                found.append(checked(file))
            except ValidationError as error:
                problems.append(error)
        if problems:
            raise ValidationError(problems)
        return found


def kept_kinds() -> str:
    """What may be handed in, for the hint of the field."""
    return str(KEPT_KINDS) % {"limit": filesizeformat(settings.FILE_LIMIT)}


class DocumentForm(RecordForm[Document]):
    """A document; a new one with its files, of which each becomes a document of its own.

    `refused` are the names of files that were too large to be read at all.
    """

    files = FilesField(  # type: ignore[assignment]  # the field of this name, not the files of the request
        label=_("Files"), required=False, help_text=_("Each file becomes a document; without a title its name is one.")
    )

    class Meta:
        model = Document
        fields = [*HOST, "document_kind", "title", "number", "dated_on", "text_language", *COMMON]

    def __init__(self, *args: Any, refused: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused = refused
        self.host: Record | None = None
        if self.instance.pk:
            # Where it is attached is no matter of editing.
            for name in ("files", *HOST):
                del self.fields[name]
            return
        self.fields["files"].widget.attrs.pop("class", None)
        for name in HOST:
            self.fields[name].widget = forms.HiddenInput()
        self.fields["files"].help_text = f"{self.fields['files'].help_text} {kept_kinds()}."
        self.order_fields(["files", "document_kind", "title"])

    @property
    def record_fields(self) -> list[str]:
        """The fields that belong to the record."""
        return [name for name in super().record_fields if name != "files"]

    def clean(self) -> dict[str, Any]:
        """Files that were not even read; a title where no file gives one; a record that the reader may know of."""
        given = super().clean() or self.cleaned_data
        for name in self.refused:
            self.add_error("files", too_large(name))
        # A file that was refused will give its name once it is handed in again.
        if (given.get("files") or self.has_error("files")) and self.has_error("title", "required"):
            del self.errors["title"]
            given["title"] = {}
        if not self.instance.pk:
            self.host = self._host(given)
        return given

    def _host(self, given: dict[str, Any]) -> Record | None:
        kind, key = given.get("kind") or "", given.get("object_id")
        if not kind and key is None:
            return None
        found = host_of(kind, key, self.reading.user)
        if found is None:
            self.add_error(None, gettext(str(NO_SUCH_RECORD)))
        return found

    def drafts(self) -> list[tuple[Any, Checked | None]]:
        """What is to be kept: for each file a function that fills its document, or one document without a file."""
        files: list[Checked] = self.cleaned_data.get("files") or []
        if len(files) < 2:
            return [(self.applied, files[0] if files else None)]
        return [(self._filling(one), one) for one in files]

    def _filling(self, file: Checked) -> Any:
        """A title that was typed for several files is told apart by their names."""

        def fill(document: Document) -> None:
            self.applied(document)
            if document.title:
                stored: dict[str, Expression] = document.title
                texts = {code: f"{one['text']} – {stem_of(file.name)}" for code, one in stored.items() if one["text"]}
                document.title = written(texts)

        return fill


class VersionForm(forms.Form):
    """The next version of a document."""

    file = FilesField(label=_("File"), is_single=True)
    note = forms.CharField(
        label=_("What changed"),
        required=False,
        max_length=500,
        help_text=_("Kept in the history."),
        widget=forms.TextInput(attrs={"class": "field"}),
    )

    def __init__(self, *args: Any, refused: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused = refused
        self.fields["file"].help_text = f"{kept_kinds()}."

    def clean(self) -> dict[str, Any]:
        """A file that was not even read."""
        given = super().clean() or self.cleaned_data
        if self.refused:
            self.errors.pop("file", None)
            self.add_error("file", too_large(self.refused[0]))
        return given


class RemoveForm(forms.Form):
    """Why the content of a version goes."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.TextInput(attrs={"class": "field"}), help_text=_("It stays.")
    )


class KindForm(forms.Form):
    """Of which kind the record is to which a document moves."""

    of = forms.ChoiceField(label=_("Kind of record"), widget=forms.Select(attrs={"class": "field"}))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"].choices = sorted(  # type: ignore[attr-defined]
            (
                (model.record_kind(), capfirst(str(model._meta.verbose_name)))
                for model in every_record()
                if model.labelled and model._meta.app_label != "documents" and may_view(model.record_kind(), user)
            ),
            key=lambda pair: pair[1],
        )


class MoveForm(forms.Form):
    """The record to which a document moves, and why."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.TextInput(attrs={"class": "field"}), help_text=_("It stays.")
    )

    def __init__(self, *args: Any, kind: str, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = RecordPickerField(model=model_of(kind), label=capfirst(str(model_of(kind)._meta.verbose_name)))
        field.reading = reading
        field.widget.attrs.setdefault("class", "field")
        self.fields["record"] = field
        self.order_fields(["record", "reason"])

    def refuse(self, refusal: Refused) -> None:
        """Shows why it was not moved, at the field that it is about."""
        show_refusal(self, refusal)


class KeepingRuleForm(RecordForm[KeepingRule]):
    """A class of keeping."""

    class Meta:
        model = KeepingRule
        fields = ["title", "document_kind", "years", "basis", *COMMON]


class KeepingHoldForm(RecordForm[KeepingHold]):
    """A hold."""

    class Meta:
        model = KeepingHold
        fields = ["document", "grounds", "since", "until", *COMMON]


class ReleaseForm(forms.Form):
    """A list that goes out: of which day, for the readers of which mark, to whom, by what.

    `seen` is the digest of the list that was shown.
    """

    as_of = forms.DateField(label=_("List as of"), widget=forms.DateInput(attrs={"type": "date"}))
    mark = forms.ChoiceField(
        label=_("For readers of the mark"), help_text=_("Whoever stands above this mark is left out of the list.")
    )
    sent_to = forms.CharField(label=_("Sent to"), max_length=500, required=False)
    reason = forms.CharField(label=_("Decision or reason"), max_length=500, required=False)
    is_published = forms.BooleanField(
        label=_("Publish it"),
        required=False,
        help_text=_("The public page then names it beside the live register, if its mark is public."),
    )
    again = forms.BooleanField(label=_("Release it although nothing has changed"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, marks: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mark"].choices = [(mark, label) for mark, label in Mark.choices if mark in marks]  # type: ignore[attr-defined]
        for name in ("as_of", "mark", "sent_to", "reason"):
            self.fields[name].widget.attrs["class"] = "field"

    def clean(self) -> dict[str, Any]:
        """Only what is public is published."""
        given = super().clean() or self.cleaned_data
        if given.get("is_published") and given.get("mark") not in (None, Mark.PUBLIC):
            self.add_error("is_published", _("Only a list with the mark “public” is published."))
        return given

    def is_other(self, digest: str) -> bool:
        """Whether the list is another one now than was shown."""
        return bool(self.cleaned_data["seen"] != digest)

    def show(self, digest: str) -> None:
        """Says which list stands below the form."""
        self.fields["seen"].initial = digest
        if self.is_bound:
            self.data = {**self.data.dict(), "seen": digest}  # type: ignore[attr-defined]  # what a browser sent
