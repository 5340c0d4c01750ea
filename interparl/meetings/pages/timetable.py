"""The page on which one ticks who takes part in an item of a programme, and what is booked for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from interparl.core.addresses import address, list_address, new_address
from interparl.core.formats import write_day
from interparl.core.history import title_of
from interparl.core.reads import note_rows
from interparl.core.requests import StaffRequest, reading_of
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.core.writing import Refused
from interparl.documents.rules.editions import digest_of
from interparl.language.alphabets import sort_key
from interparl.meetings.actions.peopling import keep_item
from interparl.meetings.blocks.columns import hours_of
from interparl.meetings.blocks.listed import RESOURCE, name_of_participation, ref_of_participation
from interparl.meetings.forms.item_people import ItemPeopleForm
from interparl.meetings.models import Booking, Event, ItemPerson, Participation, ProgrammeItem, Resource
from interparl.meetings.pages.programme import programme_item_pages

Known = tuple[list[ItemPerson], list[Booking]]


def item_people_page(request: StaffRequest, key: int) -> HttpResponse:
    """Shows all who take part in the event and all that can be booked that day; saves the ticks as one."""
    item = programme_item_pages.changeable(request, key)
    user, reading = request.user, reading_of(request)
    drafts = (ItemPerson(event=item.event, item=item), Booking(event=item.event, item=item))
    if not all(draft.may_do("add", user) for draft in drafts):
        raise PermissionDenied
    known = _known(item, reading)
    people, resources = _participations(item, known, reading), _resources(item, known, reading)
    _name_all(people, resources, reading)
    sent = request.POST if request.method == "POST" else None
    form = ItemPeopleForm(
        sent,
        people=[(one.pk, _person_words(one, reading)) for one in people],
        resources=[(one.pk, _resource_words(one, reading)) for one in resources],
        initial={
            "people": [row.participation_id for row in known[0]],
            "resources": [row.resource_id for row in known[1]],
            "seen": _state_of(known),
        },
    )
    if sent is not None and form.is_valid() and _saved(request, form, item, people, resources, known):
        return HttpResponseRedirect(f"{address((Event.record_kind(), item.event_id))}?day={item.day.isoformat()}")
    if sent is not None:
        form.data = {**_plain(form), "seen": _state_of(known)}
    return programme_item_pages.render(
        request, "people", _context(item, form, reading), 422 if sent is not None else 200
    )


def _plain(form: ItemPeopleForm) -> dict[str, Any]:
    data: Any = form.data
    return {name: data.getlist(name) for name in ("people", "resources")}


def _saved(
    request: StaffRequest,
    form: ItemPeopleForm,
    item: ProgrammeItem,
    people: Sequence[Participation],
    resources: Sequence[Resource],
    known: Known,
) -> bool:
    """Whether the ticks were kept; the reason stands on the form when they were not."""
    data = form.cleaned_data
    if data["seen"] != _state_of(known):
        form.add_error(
            None,
            _(
                "Somebody has changed people or bookings of this item since you opened the page."
                " Your ticks stand below: look at them and save again."
            ),
        )
        return False
    asked, wanted = set(data.get("people", ())), set(data.get("resources", ()))
    try:
        keep_item(
            item,
            people=[one for one in people if one.pk in asked],
            resources=[one for one in resources if one.pk in wanted],
            known=known,
            by=request.user,
        )
    except Refused as refusal:
        form.add_error(None, list(refusal.messages))
        return False
    messages.success(request, _("Saved."))
    return True


def _known(item: ProgrammeItem, reading: Reading) -> Known:
    """The rows that stand there, as far as the reader may know of them."""
    rows = ItemPerson.objects.visible_to(reading.user).filter(item=item).order_by("pk")
    bookings = Booking.objects.visible_to(reading.user).filter(item=item).order_by("pk")
    return list(rows.select_related("participation")), list(bookings.select_related("resource"))


def _state_of(known: Known) -> str:
    """Short words that differ when anything there is another."""
    return digest_of({"rows": [[row.pk for row in rows] for rows in known]})[:32]


def _participations(item: ProgrammeItem, known: Known, reading: Reading) -> list[Participation]:
    """Who comes to the event, in the order of the list, and whoever is ticked."""
    ticked = {row.participation_id for row in known[0]}
    found = Participation.objects.visible_to(reading.user).filter(event=item.event)
    rows = found.select_related("person").in_order()
    return [one for one in rows if one.is_counted or one.pk in ticked]


def _resources(item: ProgrammeItem, known: Known, reading: Reading) -> list[Resource]:
    """What can be booked on the day, and what is booked."""
    found = {one.pk: one for one in Resource.objects.visible_to(reading.user).on(item.day).order_by("pk")}
    return list((found | {row.resource_id: row.resource for row in known[1]}).values())


def _name_all(people: Sequence[Participation], resources: list[Resource], reading: Reading) -> None:
    """Fetches the names, and puts resources by kind and name."""
    note_rows([*people, *resources])
    refs = {ref_of_participation(one) for one in people} | {(RESOURCE, one.pk) for one in resources}
    reading.want(refs)
    kinds = list(Resource.Kind.values)
    resources.sort(
        key=lambda one: (kinds.index(one.kind), sort_key(reading.name(RESOURCE, one.pk), reading.language), one.pk)
    )


def _person_words(one: Participation, reading: Reading) -> str:
    name, function = name_of_participation(one, reading), reading.choice(one, "function")
    return _("%(name)s, %(function)s") % {"name": name, "function": function}


def _resource_words(one: Resource, reading: Reading) -> str:
    name, kind = reading.name(RESOURCE, one.pk), reading.choice(one, "kind")
    words = _("%(name)s, %(kind)s") % {"name": name, "kind": kind}
    return f"{words} ({one.interprets})" if one.interprets else words


def _context(item: ProgrammeItem, form: ItemPeopleForm, reading: Reading) -> dict[str, Any]:
    event = item.event
    here = f"{address((Event.record_kind(), event.pk))}?day={item.day.isoformat()}"
    name = title_of(event, reading)
    return {
        "form": form,
        "reading": reading,
        "form_title": _("Who takes part: %(name)s") % {"name": title_of(item, reading)},
        "when": ", ".join(filter(None, (write_day(item.day, reading.language, "weekday"), hours_of(item)))),
        "back": here,
        "add_person": new_address("meetings.participation", event=str(event.pk)) if "people" not in form.fields else "",
        "crumbs": [Link(capfirst(_("events")), list_address(Event.record_kind())), Link(name, here)],
    }
