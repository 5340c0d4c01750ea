"""The page on which one side of an event is put in order: by a rule, and by hand over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from interparl.core.addresses import address
from interparl.core.formats import language_name
from interparl.core.history import title_of
from interparl.core.labels import labels_of
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.tables import Reading
from interparl.core.translated import languages
from interparl.core.writing import Refused
from interparl.directory.models import Country, Mandate, Office
from interparl.language.alphabets import sort_key
from interparl.meetings.actions.people import put_in_order
from interparl.meetings.blocks.people import COUNTRY, PERSON, first_day_of, name_of, role_words, unlike
from interparl.meetings.models import Event, Level, Participation
from interparl.meetings.models.standing import Standing, sides_of, standing_of
from interparl.meetings.pages.events import event_pages
from interparl.meetings.rules.ranking import LARGEST, BadNumbers, Ranked, Rule, by_hand, in_rank

FUNCTION, KIND = Participation.Function, Office.Kind
LEVELS = Level.values
# At which level an office stands; one that is not here says nothing about it.
OFFICE_LEVELS: dict[str, str] = {
    KIND.SPEAKER: Level.SPEAKER,
    KIND.DEPUTY_SPEAKER: Level.DEPUTY,
    KIND.MINISTER: Level.DEPUTY,
    KIND.CHAIR: Level.COMMITTEE,
    KIND.AMBASSADOR: Level.COMMITTEE,
}
LEADS: dict[str, int] = {FUNCTION.HEAD: 0, FUNCTION.HOST: 0, FUNCTION.DEPUTY: 1}
STAFF = (Participation.Capacity.STAFF, Participation.Capacity.OFFICIAL)
RULES = (
    (Rule.BY_HAND.value, pgettext_lazy("order of people", "as they stand now")),
    (Rule.ALPHABET.value, pgettext_lazy("order of people", "alphabet")),
    (Rule.OFFICE.value, pgettext_lazy("order of people", "rank of office: head, deputy head, then level")),
    (Rule.SENIORITY.value, pgettext_lazy("order of people", "seniority: first mandate first")),
)


@dataclass(frozen=True)
class Line:
    """Somebody of the side as the page prints him."""

    key: int
    number: str
    name: str
    spoken: str
    role: str
    error: str = ""


class OrderForm(forms.Form):
    """Which side, by which rule, by the alphabet of which language."""

    side = forms.ChoiceField(label=gettext_lazy("Side"))
    rule = forms.ChoiceField(label=gettext_lazy("Rule"), choices=RULES)
    language = forms.ChoiceField(label=gettext_lazy("Alphabet"))

    def __init__(self, given: Mapping[str, str], sides: Sequence[tuple[str, str]], reading: Reading) -> None:
        usual = {"side": sides[0][0] if sides else "", "rule": Rule.BY_HAND.value, "language": reading.language}
        super().__init__({name: given.get(name) or usual[name] for name in usual})
        self.usual = usual
        self._offer("side", sides)
        self._offer("language", [(code, capfirst(language_name(code, reading.language))) for code in languages()])
        for field in self.fields.values():
            field.widget.attrs["class"] = "field"

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    def value(self, name: str) -> str:
        """What was chosen; what makes no sense counts as not chosen."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or self.usual[name])


def order_page(request: StaffRequest, key: int) -> HttpResponse:
    """Shows a side in the order of a rule, with numbers that may be changed; on POST these are written."""
    require(request.user, event_pages.permission("view"))
    event, reading = event_pages.get(request, key), reading_of(request)
    if reading.is_past or not Participation(event=event).may_do("change", request.user):
        raise PermissionDenied
    people = _people(event, reading)
    form = OrderForm(_given(request), _sides(people, reading), reading)
    side = [one for one in people if str(one.country_id or 0) == form.value("side")]
    standing = standing_of(
        [one.person for one in side if one.person], event, first_day_of(event, reading), reading.user
    )
    wrong: dict[int, str] = {}
    refusal: list[str] = []
    if request.method == "POST":
        typed = {one.pk: request.POST.get(f"number-{one.pk}", "")[:20] for one in side}
        try:
            put_in_order(event, by_hand([one.pk for one in side], typed), by=request.user)
        except BadNumbers as error:
            wrong = _wrong(error, typed)
            refusal = [_("Each number from 1 to %(most)s may be given once. Nothing was written.") % {"most": LARGEST}]
        except Refused as error:
            refusal = list(error.messages)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(address((event_pages.kind, event.pk)))
        lines = _lines(side, typed, wrong, standing, reading)
    else:
        rule = Rule(form.value("rule"))
        ordered = _ordered(rule, side, standing, form.value("language"), reading)
        numbers = {one.pk: str(place) for place, one in enumerate(ordered, 1)}
        lines = _lines(ordered, numbers, wrong, standing, reading)
    context = _context(event, form, lines, reading) | {"refusal": refusal}
    return event_pages.render(request, "order", context, 422 if refusal else 200)


def _given(request: HttpRequest) -> Mapping[str, str]:
    return (request.POST if request.method == "POST" else request.GET).dict()


def _people(event: Event, reading: Reading) -> list[Participation]:
    """Everybody of both sides, ours first, as they stand now, with the names of people and countries."""
    sides = sides_of(event, reading.user)
    places = [*sides.ours, *sides.theirs]
    held = Participation.objects.select_related("person").in_bulk([one.pk for one in places])
    refs = {(COUNTRY, one.country) for one in places if one.country}
    refs |= {(PERSON, one.person_id) for one in held.values() if one.person_id}
    reading.want(refs)
    return [held[one.pk] for one in places if one.pk in held]


def _sides(people: Sequence[Participation], reading: Reading) -> list[tuple[str, str]]:
    found = dict.fromkeys(one.country_id for one in people)
    return [(str(key or 0), reading.name(Country.record_kind(), key) or _("no country")) for key in found]


def _ordered(
    rule: Rule, side: Sequence[Participation], standing: Standing, language: str, reading: Reading
) -> list[Participation]:
    if rule == Rule.BY_HAND:
        return list(side)
    by_key = {one.pk: one for one in side}
    keys = [one.person_id for one in side if one.person_id]
    names = labels_of([(PERSON, key) for key in keys], language, reading.user)
    since = _first_mandates(keys, reading) if rule == Rule.SENIORITY else {}
    ranked = []
    for one in side:
        named = names.get((PERSON, one.person_id or 0))
        name = (named.by or named.text) if named else one.printed_name
        lead = LEADS.get(one.function, 2)
        ranked.append(
            Ranked(one.pk, sort_key(name, language), lead, _level(one, standing), since.get(one.person_id or 0))
        )
    return [by_key[key] for key in in_rank(rule, ranked)]


def _first_mandates(people: Sequence[int], reading: Reading) -> dict[int, date]:
    """The first day of the first mandate of each, as far as this reader may know."""
    rows = Mandate.objects.visible_to(reading.user).filter(person__in=people, since_earliest__isnull=False)
    found = rows.order_by().values("person").annotate(first=Min("since_earliest"))
    return {row["person"]: row["first"] for row in found}


def _level(one: Participation, standing: Standing) -> int | None:
    """The highest level that somebody's offices, seat and mandate of the day give him, 1 the highest."""
    key = one.person_id or 0
    levels = [OFFICE_LEVELS[office.kind] for office in standing.offices.get(key, ()) if office.kind in OFFICE_LEVELS]
    if (seat := standing.seats.get(key)) and seat.role in ("head", "co-chair"):
        levels.append(Level.GROUP)
    if key in standing.mandates:
        levels.append(Level.MEMBER)
    if one.capacity in STAFF:
        levels.append(Level.STAFF)
    return min((LEVELS.index(level) + 1 for level in levels), default=None)


def _wrong(error: BadNumbers, typed: Mapping[int, str]) -> dict[int, str]:
    """What is wrong beside each number."""
    found = dict.fromkeys(error.wrong, _("Write a number from 1 to %(most)s.") % {"most": LARGEST})
    for key, text in typed.items():
        if key not in found and text.strip() and int(text) in error.twice:
            found[key] = _("This number stands twice.")
    return found


def _lines(
    side: Sequence[Participation],
    numbers: Mapping[int, str],
    wrong: Mapping[int, str],
    standing: Standing,
    reading: Reading,
) -> list[Line]:
    found = []
    for one in side:
        name, spoken = name_of(one, standing, reading)
        function = "" if one.function == FUNCTION.MEMBER else reading.choice(one, "function")
        role = " · ".join(unlike((function, role_words(one, standing, reading))))
        found.append(Line(one.pk, numbers.get(one.pk, ""), name, spoken, role, wrong.get(one.pk, "")))
    return found


def _context(event: Event, form: OrderForm, lines: Sequence[Line], reading: Reading) -> dict[str, Any]:
    return {
        "record": event,
        "reading": reading,
        "form": form,
        "lines": lines,
        "crumbs": event_pages.crumbs(event, reading),
        "back": address((event_pages.kind, event.pk)),
        "form_title": _("Order of people: %(name)s") % {"name": title_of(event, reading)},
    }
