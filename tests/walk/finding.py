"""The other way round: what a reader may know of is found by him, in its register, on its page and in its history."""

from __future__ import annotations

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from interparl.core.addresses import address, list_address
from interparl.core.kinds import model_of
from interparl.core.models import Entry
from interparl.core.pages import every_record_pages
from tests.walk.addresses import PORTAL
from tests.walk.answers import ask
from tests.walk.oracle import PERSON
from tests.walk.planted import Plant, World

LOOKED_FOR = frozenset({"full", "own"})


def not_found(world: World, client: Client) -> list[str]:
    """What the reader may know of and did not find."""
    if world.reader.is_nobody:
        return list(_not_public(world, client))
    known = [
        plant
        for plant in world.plants
        if plant.place in LOOKED_FOR
        and plant.kind in every_record_pages
        and not plant.is_removed
        and world.knows(plant)
        and world.reader.may_open(plant.kind)
    ]
    marked = [plant for plant in known if not plant.is_published]
    return [*_not_listed(known, client), *_not_told(marked, client), *_not_searched(marked, client)]


def _not_listed(known: list[Plant], client: Client) -> Iterator[str]:
    for kind in sorted({plant.kind for plant in known}):
        answer = client.get(list_address(kind, days="all", format="json"))
        if answer.status_code != 200:
            yield f"the register of {kind} does not open: {answer.status_code}"
            continue
        listed = {row["id"] for row in answer.json()["rows"]}
        yield from (
            f"{plant} is not in its register" for plant in known if plant.kind == kind and plant.ref[1] not in listed
        )


def _not_told(known: list[Plant], client: Client) -> Iterator[str]:
    """Every word of the record stands in its own history, and its page opens."""
    for plant in known:
        last = Entry.objects.filter(kind=plant.kind, object_id=plant.record.pk).latest("pk").pk
        told = ask(client, address(plant.ref, "history", before=str(last + 1))).words()
        words = {word for name, word in plant.words.items() if not (plant.kind == PERSON and name.startswith("name "))}
        if missing := words - told:
            yield f"{plant} does not tell {sorted(name for name, word in plant.words.items() if word in missing)}"
        if client.get(address(plant.ref)).status_code not in (200, 302):
            yield f"{plant} has no page"


def _not_searched(known: list[Plant], client: Client) -> Iterator[str]:
    """A record with a name is found by it, in the search and in forms."""
    for plant in known:
        name = "name text" if plant.kind == PERSON else _name_field(plant)
        if not model_of(plant.kind).labelled or name not in plant.words:
            continue
        results = client.get(reverse("pick", args=(plant.kind,)), {"q": plant.words[name]}).json()["results"]
        if f"#{plant.ref[1]}" not in {one["value"] for one in results}:
            yield f"{plant} cannot be picked"
        found = client.get(reverse("find"), {"q": plant.words[name]})
        if found.status_code == 200 and plant.words[name] not in found.content.decode():
            yield f"{plant} is not found by its name"


def _name_field(plant: Plant) -> str:
    return next((name for name in ("name", "organ", "title") if name in plant.words), "")


def _not_public(world: World, client: Client) -> Iterator[str]:
    """What is published has its public page."""
    for route, kind in PORTAL.items():
        for plant in (plant for plant in world.ground() if plant.kind == kind):
            page = ask(client, reverse(route, args=(plant.record.serializable_value("code"),)))
            if plant.words["name"] not in page.words():
                yield f"{plant} has no public page"
