"""Who takes part in an event, both sides, each as he was on its first day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from interparl.core.addresses import address, as_of, list_address, new_address
from interparl.core.blocks import Content, People
from interparl.core.formats import write_number
from interparl.core.hooks import block_on
from interparl.core.reads import note_rows
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Fact, Link
from interparl.core.translated import shown, text_in
from interparl.directory.models import Country, Person
from interparl.meetings.blocks.clashes import clashing
from interparl.meetings.models import Event, Participation
from interparl.meetings.models.standing import Place, Sides, Standing, sides_of, standing_of

PERSON, COUNTRY = Person.record_kind(), Country.record_kind()
PARTICIPATION = Participation.record_kind()
# So many of each side stand on the page of the event; the others are behind the link.
OF_A_SIDE = 3
EXPECTED = (Participation.Attendance.EXPECTED, Participation.Attendance.PRESENT)
PLAIN = (Participation.Function.MEMBER, Participation.Function.GUEST)


def first_day_of(event: Event, reading: Reading) -> date:
    """The day as of which people are named: the first of the event as far as it is known, else the one that is read."""
    return event.since_earliest or event.since_latest or reading.day


def role_words(one: Participation, standing: Standing, reading: Reading) -> str:
    """What is printed beside the name, else the offices, else the seat in the event's body, else the mandate."""
    if printed := shown(one.role, reading.language).text:
        return printed
    key = one.person_id or 0
    if offices := standing.offices.get(key):
        return ", ".join(shown(office.title, reading.language).text for office in offices)
    if seat := standing.seats.get(key):
        return capfirst(reading.choice(seat, "role"))
    if mandate := standing.mandates.get(key):
        chamber = reading.seen(mandate.chamber)
        name = text_in(chamber.short_name, reading.language) or chamber.label_in(reading.language) if chamber else ""
        return " · ".join(filter(None, (capfirst(_("member of parliament")), name)))
    return ""


def name_of(one: Participation, standing: Standing, reading: Reading) -> tuple[str, str]:
    """The name of that day in the reader's language, else what he is called, and its language where it is another."""
    if one.person is None:
        return one.printed_name, ""
    if name := standing.name(one.person, reading.language):
        return name.text, ""
    return reading.name(PERSON, one.person_id), reading.other_language(PERSON, one.person_id)


def _words(one: Participation, standing: Standing, reading: Reading, *, says_country: bool) -> str:
    """Function, role, languages, whether he confirmed, and that a name alone is known."""
    pairs = ", ".join(one.interprets.split())
    return " · ".join(
        unlike(
            (
                "" if one.function in PLAIN else capfirst(reading.choice(one, "function")),
                role_words(one, standing, reading),
                pairs,
                reading.name(COUNTRY, one.country_id) if says_country else "",
                _("by name only") if one.person_id is None else "",
                "" if one.attendance in EXPECTED else _attendance(one, reading),
            )
        )
    )


def unlike(words: Iterable[str]) -> Iterable[str]:
    """Those that are not empty, each once, however it begins: who leads as the head of a group is its head once."""
    found: dict[str, str] = {}
    for one in filter(None, words):
        found.setdefault(one.casefold(), one)
    return found.values()


def _attendance(one: Participation, reading: Reading) -> str:
    """Whether he comes, and of who does not, why."""
    words, excuse = reading.choice(one, "attendance"), shown(one.excuse, reading.language).text
    is_said = excuse and not one.is_counted
    return _("%(attendance)s: %(reason)s") % {"attendance": words, "reason": excuse} if is_said else words


def fact_of(one: Participation, standing: Standing, reading: Reading, *, says_country: bool = False) -> Fact:
    """Somebody of a side as the block shows him; who is away says why in place of his role."""
    label, spoken = name_of(one, standing, reading)
    words = _words(one, standing, reading, says_country=says_country)
    target = address((PERSON, one.person_id)) if one.person_id else address((PARTICIPATION, one.pk), "edit")
    if one.person_id is None and not one.may_change(reading.user):
        target = ""
    return Fact(
        label=label,
        value=words,
        second="" if one.is_counted else words,
        address=as_of(target, reading),
        spoken=spoken,
        badge=_clash(one, reading),
    )


def _clash(one: Participation, reading: Reading) -> str:
    """A word where the person is in an open clash; nothing on a past day and in a file."""
    if reading.is_past or reading.is_whole:
        return ""
    return pgettext("badge", "clash") if clashing(one.event, reading).get((PARTICIPATION, one.pk)) else ""


def count_words(sides: Sides, language: str) -> str:
    """How many of each side came or are to come: "5 of ours, 7 guests"."""
    ours, theirs = (sum(one.is_counted for one in side) for side in (sides.ours, sides.theirs))
    of_ours = ngettext("%(number)s of ours", "%(number)s of ours", ours) % {"number": write_number(ours, language)}
    guests = ngettext("%(number)s guest", "%(number)s guests", theirs) % {"number": write_number(theirs, language)}
    return ", ".join(words for words, side in ((of_ours, sides.ours), (guests, sides.theirs)) if side)


@block_on(
    Event,
    "people",
    pgettext_lazy("of an event", "Participants"),
    place="side",
    order=20,
    gap=gettext_lazy("Nobody is named yet."),
)
def people_of_event(event: Event, reading: Reading) -> Content | None:
    """Both sides, ours first; eight queries at most beside those for the clashes, however many people there are."""
    sides, ways = sides_for(event, reading), _ways(event, reading)
    if not (sides.ours or sides.theirs):
        return People(ways=ways) if ways else None
    most = None if reading.is_whole else OF_A_SIDE
    known = _known([*sides.ours[:most], *sides.theirs[:most]], event)
    people = [one.person for one in known.values() if one.person is not None]
    said = {one.person_id for one in known.values() if one.person_id and shown(one.role, reading.language).text}
    standing = standing_of(people, event, first_day_of(event, reading), reading.user, said=said)
    countries = {one.country for one in sides.theirs}
    refs = {(COUNTRY, key) for key in {*countries, *(one.country for one in sides.ours)} if key}
    refs |= {(PERSON, person.pk) for person in people}
    reading.want(refs)
    is_mixed = len(countries) > 1
    return People(
        ours=[fact_of(known[one.pk], standing, reading) for one in sides.ours[:most]],
        theirs=[fact_of(known[one.pk], standing, reading, says_country=is_mixed) for one in sides.theirs[:most]],
        ours_title=(reading.name(COUNTRY, sides.ours[0].country) or _("Ours")) if sides.ours else "",
        theirs_title=_title(sides.theirs, reading),
        count=count_words(sides, reading.language),
        ways=[*_all(event, len(known), sides, reading), *ways],
        ours_more=_more(sides.ours, most, event, reading),
        theirs_more=_more(sides.theirs, most, event, reading),
    )


def sides_for(event: Event, reading: Reading) -> Sides:
    """Both sides as the reader may know them, asked once for a page."""
    key = (PARTICIPATION, event.pk, "sides")
    if key not in reading.memo:
        reading.memo[key] = sides_of(event, reading.user)
    found: Sides = reading.memo[key]
    return found


def _known(places: Sequence[Place], event: Event) -> dict[int, Participation]:
    found = Participation.objects.select_related("person").in_bulk([one.pk for one in places])
    for one in found.values():
        one.event = event
    note_rows([*found.values(), *(one.person for one in found.values() if one.person is not None)])
    return found


def _title(theirs: Sequence[Place], reading: Reading) -> str:
    countries = {one.country for one in theirs}
    if not countries:
        return ""
    alone = reading.name(COUNTRY, next(iter(countries))) if len(countries) == 1 else ""
    return alone or _("Guests")


def _list(event: Event, reading: Reading, **asked: str) -> str:
    return as_of(list_address(PARTICIPATION, event=str(event.pk), **asked), reading)


def _all(event: Event, number: int, sides: Sides, reading: Reading) -> list[Link]:
    """The way to the list of all, where somebody is not shown or may be changed there."""
    total = len(sides.ours) + len(sides.theirs)
    may_change = not reading.is_past and Participation(event=event).may_do("change", reading.user)
    words = _("All %(number)s") % {"number": write_number(total, reading.language)}
    return [Link(words, _list(event, reading))] if total > number or may_change else []


def _more(side: Sequence[Place], most: int | None, event: Event, reading: Reading) -> Link | None:
    """The way to those of a side who are not shown: of one country the list of it, else of all."""
    left = len(side[most:]) if most is not None else 0
    if not left:
        return None
    countries = {one.country for one in side}
    country = next(iter(countries)) if len(countries) == 1 else None
    words = ngettext("%(number)s more", "%(number)s more", left) % {"number": write_number(left, reading.language)}
    return Link(words, _list(event, reading, **({"country": str(country)} if country else {})))


def _ways(event: Event, reading: Reading) -> list[Link]:
    """The ways to name somebody, to paste a list and to put people in order, for who may, on today's page only."""
    if reading.is_past:
        return []
    draft, found = Participation(event=event), []
    if draft.may_do("add", reading.user):
        found.append(Link(_("Add"), new_address(PARTICIPATION, event=str(event.pk))))
        found.append(Link(_("Paste a list"), reverse("meetings:event-paste", args=(event.pk,))))
    if draft.may_do("change", reading.user):
        found.append(Link(_("Order"), reverse("meetings:event-order", args=(event.pk,))))
    return found
