"""What the calendar is asked: a day, and of which events; all of it stands in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.accounts.models import User
from interparl.bodies.models import Body
from interparl.core.days import today
from interparl.core.pickers import RecordPickerField
from interparl.core.requests import asked_day, reading_of, same_page
from interparl.core.rights import own_paths
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Pill
from interparl.directory.models import Country, Person
from interparl.meetings.models import Event, Kind, Participation
from interparl.meetings.models.events import EventQuerySet

PICKED = ("country", "body", "person")


class SearchedField(RecordPickerField):
    """Chooses by search alone."""

    by_search_alone = True


def _searched(model: Any, label: Any) -> SearchedField:
    field = SearchedField(model=model, label=label, required=False)
    field.widget.attrs["class"] = "field"
    return field


class CalendarForm(forms.Form):
    """Which events are shown; what makes no sense counts as not asked, and the form says so."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        required=False,
        choices=[("", "—"), *Kind.choices],
        widget=forms.Select(attrs={"class": "field"}),
    )
    country = _searched(Country, gettext_lazy("With the country"))
    body = _searched(Body, gettext_lazy("Body"))
    person = _searched(Person, gettext_lazy("Person"))
    mine = forms.BooleanField(label=gettext_lazy("Only mine"), required=False)

    def __init__(self, request: HttpRequest, reading: Reading) -> None:
        given = request.GET.copy()
        for name in PICKED:
            value = given.get(name, "")
            if value.isascii() and value.isdigit():
                given[name] = f"#{value}"
        super().__init__(given)
        for name in PICKED:
            field = self.fields[name]
            if isinstance(field, SearchedField):
                field.reading = reading
        self.is_valid()

    def value(self, name: str) -> Any:
        """What was asked in that field; None where nothing was, or what makes no sense."""
        return self.cleaned_data.get(name) or None


@dataclass(frozen=True)
class Asked:
    """The day, the filters, and who asks; `problem` says what is wrong with the day."""

    request: HttpRequest
    reading: Reading
    day: date
    problem: str
    form: CalendarForm

    @property
    def is_today(self) -> bool:
        """Whether the day is today at the parliament."""
        return self.day == self.reading.day

    @property
    def person(self) -> Person | None:
        """The one person whose calendar it is."""
        found: Person | None = self.form.value("person")
        return found

    def events(self) -> EventQuerySet:
        """The events that are asked for, of all days and for every reader."""
        found: EventQuerySet = Event.objects.all()
        if kind := self.form.value("kind"):
            found = found.of_kind(kind)
        if country := self.form.value("country"):
            found = found.with_country(country, self.reading.user)
        if body := self.form.value("body"):
            found = found.filter(body=body)
        if self.person is not None:
            found = found.filter(pk__in=events_of(self.person, self.reading))
        return found.filter(mine(self.reading)) if self.form.value("mine") else found

    def pills(self) -> list[Pill]:
        """What was asked, each with the address of the same page without it."""
        found = []
        for name, field in self.form.fields.items():
            value = self.form.value(name)
            if value is not None:
                cleared = {name: None, f"{name}_key": None, f"{name}_choice": None}
                url = same_page(self.request, **cleared)
                found.append(Pill(str(field.label), self._words(name, value), url))
        return found

    def _words(self, name: str, value: Any) -> str:
        if name == "kind":
            return str(Kind(value).label)
        return _("yes") if name == "mine" else str(self.form[name].value().words)

    def kept(self) -> dict[str, str]:
        """The filters as they stand in an address."""
        picked = {name: str(value.pk) for name in PICKED if (value := self.form.value(name)) is not None}
        chosen = {"kind": self.form.value("kind"), "mine": "on" if self.form.value("mine") else None}
        return {**{name: value for name, value in chosen.items() if value}, **picked}


def asked_of(request: HttpRequest) -> Asked:
    """The day of `?day=`, today unless told, and the filters."""
    reading = reading_of(request)
    reading.day, reading.is_past = today(), False
    day, problem = asked_day(request.GET.get("day", ""))
    return Asked(request, reading, day or reading.day, problem, CalendarForm(request, reading))


def events_of(person: Person, reading: Reading) -> Any:
    """The keys of the events in which a person takes part, as far as this reader may know of it, as a subquery."""
    return Participation.objects.visible_to(reading.user).filter(person=person).counted().values("event")


def mine(reading: Reading) -> Q:
    """The events that are the reader's own: he takes part, or looks after whom they are with."""
    if not isinstance(reading.user, User):
        return Q(pk__in=())
    own, wanted = reading.user.standing.own, Q(pk__in=())
    for kind, path in own_paths(Event.own_through):
        if keys := own.get(kind):
            wanted |= Q(**{f"{path}__among": keys})
    return wanted
