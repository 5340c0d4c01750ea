"""A hidden record and one that never was: every way to ask for either must give the same answer for the same price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from interparl.core.addresses import address, list_address, new_address
from interparl.core.filters import KeyFilter
from interparl.core.kinds import model_of
from interparl.core.models import Entry
from interparl.core.pages import every_record_pages
from interparl.core.translation_desk import translated_fields
from tests.walk.addresses import MISSING_KEY, PORTAL, arguments_of, record_routes
from tests.walk.answers import Answer, ask, ask_and_count, difference
from tests.walk.planted import Plant, World
from tests.walk.recipes import keys_of, token


@dataclass(frozen=True)
class Pair:
    """Two addresses that name a hidden record and one that is not there, each with its name in the address."""

    there: str
    nowhere: str
    hidden: str
    missing: str = str(MISSING_KEY)


def hidden_of_each_kind(world: World) -> dict[str, Plant]:
    """One record of each kind that has pages and that this reader may not know of."""
    found: dict[str, Plant] = {}
    for plant in world.plants:
        if plant.kind in every_record_pages and not plant.is_removed and not world.knows(plant):
            found.setdefault(plant.kind, plant)
    return found


def not_alike(world: World, client: Client) -> list[str]:
    """The addresses at which a hidden record differs from a missing one, with how."""
    hidden = hidden_of_each_kind(world)
    found = []
    for pair in [*_pages(hidden), *_filters(hidden), *_forms(hidden), *_codes(hidden), *_reverts(world)]:
        (one, queries), (other, as_many) = (ask_and_count(client, address) for address in (pair.there, pair.nowhere))
        differs = difference(*(answer.without(pair.hidden, pair.missing) for answer in (one, other)))
        if differs or queries != as_many:
            found.append(f"{pair.there}: {differs or f'{queries} queries, {as_many} for a missing one'}")
    return found


def _pages(hidden: dict[str, Plant]) -> Iterator[Pair]:
    for kind, plant in hidden.items():
        key = str(plant.record.pk)
        for route in record_routes(kind):
            missing = arguments_of(route, (kind, MISSING_KEY))
            for one, other in zip(arguments_of(route, plant.ref), missing, strict=True):
                yield Pair(route.address(one), route.address(other), key)
        for name in translated_fields(model_of(kind)):
            work = [reverse("translation", args=("ru", kind, one, name)) for one in (plant.record.pk, MISSING_KEY)]
            yield Pair(work[0], work[1], key)


def _filters(hidden: dict[str, Plant]) -> Iterator[Pair]:
    """Registers asked for the rows that point to the record."""
    for kind, pages in every_record_pages.items():
        filters = pages.filters.base_filters if pages.filters else {}
        for name in (name for name, one in filters.items() if isinstance(one, KeyFilter)):
            for plant in (plant for of, plant in hidden.items() if _is_named(kind, of, name)):
                keys = str(plant.record.pk), str(MISSING_KEY)
                there, nowhere = (list_address(kind, **{name: key, "days": "all"}) for key in keys)
                yield Pair(there, nowhere, keys[0])


def _is_named(kind: str, of: str, name: str) -> bool:
    """Whether a filter of that name asks for records of the kind `of`."""
    related = {column.name: column.related_model.record_kind() for column in keys_of(model_of(kind))}
    return related.get(name, "") == of or (name not in related and of.endswith(f".{name}"))


def _forms(hidden: dict[str, Plant]) -> Iterator[Pair]:
    """Forms for a new record that points to hidden ones."""
    for kind, pages in every_record_pages.items():
        keys = {
            column.name: str(hidden[of].record.pk)
            for column in keys_of(pages.model)
            if (of := column.related_model.record_kind()) in hidden
        }
        if keys:
            nowhere = new_address(kind, **dict.fromkeys(keys, str(MISSING_KEY)))
            yield Pair(new_address(kind, **keys), nowhere, "|".join(set(keys.values())))


def _codes(hidden: dict[str, Plant]) -> Iterator[Pair]:
    """Public pages, which are asked for by code."""
    for route, kind in PORTAL.items():
        if kind in hidden:
            code, nothing = str(hidden[kind].record.serializable_value("code")), token()
            yield Pair(reverse(route, args=(code,)), reverse(route, args=(nothing,)), code, nothing)


def _reverts(world: World) -> Iterator[Pair]:
    """Changes of hidden rows, asked for on the page of their known whole."""
    seen: set[str] = set()
    for plant in world.plants:
        whole = plant.record.whole
        if plant.place != "full" or plant.kind in seen or whole is None or world.knows(plant):
            continue
        seen.add(plant.kind)
        entry = str(Entry.objects.filter(kind=plant.kind, object_id=plant.record.pk).latest("pk").pk)
        base = address(whole, "history")
        yield Pair(f"{base}{entry}/revert/", f"{base}{MISSING_KEY}/revert/", entry)


def searched(world: World, client: Client) -> list[str]:
    """The searches that answer a word of a hidden record otherwise than a word that stands nowhere."""
    nowhere = token()
    unknown: dict[str, Answer] = {}
    found = []
    for kind, plant in hidden_of_each_kind(world).items():
        for number, word in enumerate(plant.words.values()):
            # Every word is looked for everywhere; in forms and in the register of the kind the first one will do.
            others = () if number else (reverse("suggest"), reverse("pick", args=(kind,)), list_address(kind))
            for base in (reverse("find"), *others):
                if base not in unknown:
                    unknown[base] = _search(client, base, nowhere)
                if differs := difference(_search(client, base, word), unknown[base]):
                    found.append(f"{base}?q={word} ({plant}): {differs}")
    return found


def _search(client: Client, base: str, word: str) -> Answer:
    return ask(client, f"{base}?{urlencode({'q': word})}").without(word)
