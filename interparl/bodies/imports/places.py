"""Finding the bodies that a table of members names, and the part in which its people sit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from interparl.bodies.models import Body, Part
from interparl.core.command_parts import named_record, reader_from
from interparl.core.models import Identifier, Label
from interparl.directory.imports.popolo_keys import Keys
from interparl.exchange.actions import Key, Wanted

BODY, PART = "bodies.body", "bodies.part"
Ref = int | Key


@dataclass
class Place:
    """One body of the file or of the register: the body, and its part in which people sit."""

    body: Ref
    part: Ref
    wanted: list[Wanted] = field(default_factory=list)


def asked_body(options: Mapping[str, str]) -> Body | None:
    """The body that option `body` names: by code, `scheme:value`, key or exact name. Raises ValidationError."""
    text = options.get("body", "")
    found = named_record(Body, text, reader_from("administrator")) if text else None
    return found if isinstance(found, Body) else None


def only_parliament(body: Body | None) -> int | None:
    """Whose part the body has, when it has one only."""
    if body is None:
        return None
    several = Part.objects.filter(body=body).values_list("parliament", flat=True).distinct()[:2]
    return several[0] if len(several) == 1 else None


class Places:
    """The bodies in which people sit: of this source by their id, else by code or exact name."""

    def __init__(self, keys: Keys, parliament: Ref, made: Iterable[Wanted] = ()) -> None:
        self.keys = keys
        self.parliament = parliament
        self._owner = list(made)
        self._bodies = dict(Identifier.objects.of(BODY, keys.scheme("body")).values_list("value", "object_id"))
        self._parts = dict(Identifier.objects.of(PART, keys.scheme("body")).values_list("value", "object_id"))
        self._found: dict[str, Place | None] = {}

    def of(self, body_id: str, name: str) -> Place | None:
        """The body, with its part of the parliament; None when none is known."""
        value = body_id or name
        if value not in self._found:
            self._found[value] = self._of(body_id, name)
        return self._found[value]

    def of_body(self, key: int) -> Place:
        """The place of a body that was named for the whole table."""
        value = f"#{key}"
        found = self._found.get(value) or self._placed(key, value)
        self._found[value] = found
        return found

    def _of(self, body_id: str, name: str) -> Place | None:
        key = self._bodies.get(body_id) or self._elsewhere(body_id, name)
        if key is None:
            return None
        if body_id in self._parts and body_id in self._bodies:
            return Place(key, self._parts[body_id])
        return self._placed(key, body_id or f"name:{name}")

    def _placed(self, key: int, value: str) -> Place:
        if isinstance(self.parliament, int):
            part = Part.objects.filter(body=key, parliament=self.parliament).order_by("-pk").first()
            if part:
                return Place(key, part.pk)
        own = self.keys.key(PART, "body", value)
        return Place(key, own, [*self._owner, Wanted(PART, {"body": key, "parliament": self.parliament}, key=own)])

    @staticmethod
    def _elsewhere(body_id: str, name: str) -> int | None:
        found = set(Body.objects.filter(code=body_id).values_list("pk", flat=True)) if body_id else set()
        if not found and name:
            found = set(Label.objects.filter(kind=BODY, text=name).values_list("object_id", flat=True))
        return found.pop() if len(found) == 1 else None
