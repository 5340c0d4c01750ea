"""What is asked before a deed: of the next event of a series, of a copy, of a note."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.accounts.roles import OFFICIAL
from interparl.core.fields import check_line
from interparl.core.forms import show_refusal
from interparl.core.pickers import RecordPickerField
from interparl.core.tables import Reading
from interparl.core.writing import Refused
from interparl.directory.models import Country, Person
from interparl.meetings.actions.copying import Part
from interparl.meetings.models import Event, Form
from interparl.meetings.models.fields import LocalTimeField, check_time

EARLIEST_YEAR, LATEST_YEAR = 1000, 2199
OUT_OF_REACH = _("Write a day of the years from 1000 to 2199.")


def day_field(label: Any, **rest: Any) -> forms.DateField:
    """A field for an exact day."""
    widget = forms.DateInput(attrs={"type": "date", "class": "field field-date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, validators=[check_year], **rest)


def check_year(day: Any) -> None:
    """Refuses a day that the databases do not hold."""
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValidationError(OUT_OF_REACH, code="year")


class DeedForm(forms.Form):
    """A form whose fields look as those of records do, and that shows why a deed was refused."""

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, RecordPickerField):
                field.reading = reading
            if not isinstance(field.widget, forms.CheckboxSelectMultiple | forms.HiddenInput):
                field.widget.attrs.setdefault("class", "field")

    def refuse(self, refusal: Refused) -> None:
        """Each message at its field, or on top."""
        show_refusal(self, refusal)


class NextForm(DeedForm):
    """The day and the number of the next event of a series."""

    day = day_field(_("Day"))
    number = forms.IntegerField(label=_("Number in the series"), min_value=1, max_value=2_147_483_647)
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def expect(self, number: int) -> None:
        """The number that the page shows now."""
        self.data = {**self.data.dict(), "expected": str(number)} if isinstance(self.data, QueryDict) else self.data


class PeriodForm(DeedForm):
    """From when to when."""

    first = day_field(_("From"))
    last = day_field(_("To"))

    def clean(self) -> dict[str, Any]:
        """The end does not lie before the beginning."""
        data = super().clean() or self.cleaned_data
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", _("The end lies before the beginning."))
        return data


class CopyForm(DeedForm):
    """The first day of the new event, and what comes along."""

    day = day_field(_("First day of the new event"))
    take = forms.MultipleChoiceField(
        label=_("Comes along"), choices=Part.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class NoteForm(DeedForm):
    """Talks that were just held: who, about what and the note; then what is known beforehand."""

    person = RecordPickerField(model=Person, label=_("With whom"), required=False)
    printed_name = forms.CharField(
        label=_("or a name"), required=False, max_length=300, help_text=_("Of somebody who is not in the directory.")
    )
    country = RecordPickerField(
        model=Country, label=_("Country"), required=False, help_text=_("Empty: that of the person.")
    )
    about = forms.CharField(
        label=_("About what"), required=False, max_length=300, help_text=_("Empty: the form and the name.")
    )
    text = forms.CharField(
        label=pgettext_lazy("of talks", "Note"),
        widget=forms.Textarea(attrs={"rows": 10, "class": "field"}),
        help_text=_("A line that begins with -> is a promise."),
        max_length=100_000,
        error_messages={"required": _("Write what was said.")},
    )
    form = forms.ChoiceField(label=_("Form of talks"), choices=Form.choices)
    day = day_field(_("Day"))
    begins = forms.CharField(
        label=_("Began at"),
        required=False,
        max_length=14,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "field field-date"}),
    )
    within = RecordPickerField(model=Event, label=_("In the margins of"), required=False)

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, reading=reading, **kwargs)
        if isinstance(reading.user, User) and OFFICIAL not in reading.user.rights.marks:
            text = self.fields["text"]
            kept = gettext(
                "It is kept for official use, or as internal where you may not read what is for official use."
            )
            text.help_text = f"{text.help_text} {kept}"
        if not self.is_bound:
            # Whoever notes a call has the telephone in one hand: the first letter is written without a click.
            self.fields["person"].widget.attrs["autofocus"] = True

    def clean_begins(self) -> str:
        """The time of day in the one way in which it is kept."""
        text: str = LocalTimeField().to_python(self.cleaned_data["begins"])
        if text:
            check_time(text)
        return text

    def clean_printed_name(self) -> str:
        """A name without markup."""
        return _one_line(self.cleaned_data["printed_name"])

    def clean_about(self) -> str:
        """A title without markup."""
        return _one_line(self.cleaned_data["about"])


def _one_line(text: str) -> str:
    check_line(text)
    return text
