"""Who is asked about on the page of contacts: one side and the other, each a person, a country or a parliament."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from interparl.core.dates import FIRST_YEAR, LAST_YEAR
from interparl.core.pickers import RecordPickerField
from interparl.core.tables import Reading
from interparl.directory.models import Country, Parliament, Person
from interparl.meetings.models.meeting import Side

ONE_OF_THEM = _("Name a person, a country or a parliament, one of the three.")
IN_REACH = (
    MinValueValidator(date(FIRST_YEAR, 1, 1)),
    MaxValueValidator(date(LAST_YEAR, 12, 31)),
)


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"class": "field", "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, validators=IN_REACH)


class ContactsForm(forms.Form):
    """Two sides and a period. Without anybody on the one side it is the country of the home parliament."""

    person = RecordPickerField(model=Person, label=_("Person"), required=False)
    country = RecordPickerField(model=Country, label=_("Country"), required=False)
    parliament = RecordPickerField(model=Parliament, label=_("Parliament"), required=False)
    with_person = RecordPickerField(model=Person, label=_("With the person"), required=False)
    with_country = RecordPickerField(model=Country, label=_("With the country"), required=False)
    with_parliament = RecordPickerField(model=Parliament, label=_("With the parliament"), required=False)
    since = _day(_("From the day"))
    until = _day(_("To the day"))

    def __init__(self, given: Mapping[str, Any] | None, *, reading: Reading, home: Country | None) -> None:
        super().__init__(given)
        self.home = home
        for field in self.fields.values():
            if isinstance(field, RecordPickerField):
                field.reading = reading
            field.widget.attrs.setdefault("class", "field")

    def clean(self) -> dict[str, Any]:
        """One of three on each side; the period ends after it begins."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for before in ("", "with_"):
            names = [f"{before}{name}" for name in ("person", "country", "parliament")]
            if any(name in self.errors for name in names):
                continue
            number = sum(cleaned.get(name) is not None for name in names)
            if number > 1 or (number == 0 and (before or self.home is None)):
                self.add_error(names[0], ONE_OF_THEM)
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The period ends before it begins."))
        return cleaned

    @property
    def one(self) -> Side:
        """The one side."""
        return self._side("") or Side(country=self.home)

    @property
    def other(self) -> Side:
        """The other side."""
        return self._side("with_") or Side()

    def _side(self, before: str) -> Side | None:
        found = {name: self.cleaned_data.get(f"{before}{name}") for name in ("person", "country", "parliament")}
        return Side(**found) if any(found.values()) else None
