"""What one page of the load is made of, and where its numbers lead."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Value
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.bodies.measures import GROUPS, Load, Scope, loads, summed
from interparl.bodies.models import Body, Membership
from interparl.bodies.pages.asking import LoadAsked, load_asked
from interparl.core.addresses import as_of, list_address
from interparl.core.filters import GREATEST_KEY
from interparl.core.formats import write_number
from interparl.core.kinds import Ref
from interparl.core.labels import keys_in_order
from interparl.core.requests import StaffRequest, same_page
from interparl.core.tables import Reading, Words
from interparl.core.templatetags.ui_parts import Pill
from interparl.core.translated import text_in
from interparl.directory.models import Chamber, Faction, Person

PERSON, MEMBERSHIP = Person.record_kind(), Membership.record_kind()
NONE = "none"
Key = int | str | None


@dataclass(frozen=True)
class Slice:
    """A way to sum: its name, what one group is called, what those are who belong to none, the kind of record."""

    title: Words
    group: Words
    nobody: Words
    kind: str = ""


SLICES: Mapping[str, Slice] = {
    "chamber": Slice(
        gettext_lazy("By chamber"), gettext_lazy("Chamber"), gettext_lazy("Without a mandate"), "directory.chamber"
    ),
    "faction": Slice(
        gettext_lazy("By faction"), gettext_lazy("Faction"), gettext_lazy("Without a faction"), "directory.faction"
    ),
    "gender": Slice(gettext_lazy("By gender"), gettext_lazy("Gender"), gettext_lazy("Not known")),
    "constituency": Slice(
        gettext_lazy("By constituency"),
        gettext_lazy("Constituency"),
        gettext_lazy("Without a constituency"),
        "directory.constituency",
    ),
}


@dataclass
class Shown:
    """Who reads, what was asked, and the people in question in the order of their names.

    `groups` are those that the address asks for, None for who belongs to none; `number` is the number of bodies that
    it asks for.
    """

    request: StaffRequest
    reading: Reading
    asked: LoadAsked
    scope: Scope
    groups: Mapping[str, Key]
    number: int | None
    people: list[Load]
    short_names: dict[Ref, str] = field(default_factory=dict)

    @property
    def kinds(self) -> list[str]:
        """The kinds of body that somebody sits in, in their usual order."""
        met = {kind for one in self.people for kind in one.kinds}
        return [kind for kind in Body.Kind.values if kind in met]

    def people_address(self, groups: Mapping[str, Key] | None = None, *, bodies: int | None = None) -> str:
        """The address of the people behind a number: this page, narrowed further to these groups."""
        narrower: dict[str, str | None] = {by: _in_address(key) for by, key in (groups or {}).items()}
        if bodies is not None:
            narrower["bodies"] = str(bodies)
        return same_page(self.request, **{"by": None, "sort": None, "page": None, **narrower})

    def seats_address(self, groups: Mapping[str, Key] | None = None, **query: str) -> str:
        """The address of the memberships behind a number: the register with the same filters.

        Where the register has no such filter (who belongs to no group, who sits in so many bodies), that of the people.
        """
        asked = {**self.groups, **(groups or {})}
        if self.number is not None or None in asked.values():
            return self.people_address(groups)
        return self.memberships_address(**{by: str(key) for by, key in asked.items()}, **query)

    def memberships_address(self, **query: str) -> str:
        """The address of the register of memberships in the same scope on the same day."""
        scope = {
            "parliament": self.scope.parliament,
            "convocation": self.scope.convocation,
            "also_in": self.scope.body,
            "kind": self.scope.kinds[0] if self.scope.kinds else None,
        }
        same = {name: str(value) for name, value in scope.items() if value is not None}
        return as_of(list_address(MEMBERSHIP, **(same | query)), self.reading)

    def group_name(self, by: str, key: Key) -> str:
        """What a group is called; its number where this reader knows of none."""
        if key is None:
            return str(SLICES[by].nobody)
        if by == "gender":
            return capfirst(str(Person.Gender(str(key)).label))
        return self.reading.name(SLICES[by].kind, int(key)) or str(key)

    def group_names(self, by: str, one: Load) -> str:
        """What the groups of a person are called, in short where there is a short name."""
        kind = SLICES[by].kind
        names = [self.short_names.get((kind, int(key))) if kind else "" for key in GROUPS[by](one)]
        full = [self.group_name(by, key) for key in GROUPS[by](one)]
        return ", ".join(sorted(short or long for short, long in zip(names, full, strict=True)))

    def pills(self) -> list[Pill]:
        """The filters in force."""
        language = self.reading.language
        found = self.asked.pills(self.request, language)
        for by, key in self.groups.items():
            url = same_page(self.request, **{by: None, "page": None})
            found.append(Pill(SLICES[by].group, self.group_name(by, key), url))
        if self.number is not None:
            url = same_page(self.request, bodies=None, page=None)
            found.append(Pill(_("Bodies"), write_number(self.number, language), url))
        return found


def _in_address(key: Key) -> str:
    return NONE if key is None else str(key)


def shown_to(request: StaffRequest, reading: Reading) -> Shown:
    """What the page shows to this reader; as many queries for many people as for few."""
    asked = load_asked(request, reading)
    scope, groups = asked.scope(), _groups_in(request)
    text = request.GET.get("bodies", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None
    every = loads(reading.day, request.user, scope)
    people = {one.person: one for one in every if _is_asked(one, groups, number)}
    keys = keys_in_order(Person.objects.filter(pk__among=people), reading.language)
    shown = Shown(request, reading, asked, scope, groups, number, [people[key] for key in keys])
    _name_groups(shown)
    return shown


def _name_groups(shown: Shown) -> None:
    """Asks for the names of all groups, and of the person who stands first among the most loaded."""
    refs: set[Ref] = {(PERSON, key) for key in summed(shown.people).most_loaded[:1]}
    for by, one in SLICES.items():
        if one.kind:
            keys = {key for person in shown.people for key in GROUPS[by](person)} | {shown.groups.get(by)}
            refs |= {(one.kind, int(key)) for key in keys if key is not None}
    shown.reading.want(refs)
    named = shown.reading.labels
    asked = [
        model._base_manager.filter(pk__in=[key for of, key in named if of == kind])
        .annotate(of=Value(kind, output_field=CharField()))
        .values_list("of", "pk", "short_name")
        for model in (Chamber, Faction)
        if (kind := model.record_kind())
    ]
    rows = asked[0].union(*asked[1:], all=True)
    shown.short_names.update({(of, key): text_in(name, shown.reading.language) for of, key, name in rows})


def _groups_in(request: StaffRequest) -> dict[str, Key]:
    """The groups that the address asks for; what can be none is not asked for."""
    found: dict[str, Key] = {}
    for by in SLICES:
        text = request.GET.get(by, "")
        if text == NONE:
            found[by] = None
        elif by == "gender":
            found |= {by: text} if text in Person.Gender.values else {}
        elif text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= GREATEST_KEY:
            found[by] = int(text)
    return found


def _is_asked(one: Load, groups: Mapping[str, Key], number: int | None) -> bool:
    if number is not None and one.bodies != number:
        return False
    for by, key in groups.items():
        own: Collection[Any] = GROUPS[by](one)
        if (key is None and own) or (key is not None and key not in own):
            return False
    return True
