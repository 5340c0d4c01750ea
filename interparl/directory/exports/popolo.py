"""People and their seats as one Popolo file (https://www.popoloproject.com), as this reader may see them.

What of a file comes back, and equal to what:

- Taken out and brought into the same database again, under whatever key of a source, it changes nothing: every object
  is known by the record that it stands for. What somebody changed in it meanwhile waits as doubtful.
- Brought into an empty database and taken out there, its lists are the same, object by object: ids, names, days, texts
  in every language. Not the same are `meta` and our own section, which say where and when; and `sources`, of which a
  database keeps its own.
- A record that came in from a source has the id that it has there: the file can be held against the one that came in.

What Popolo has no words for (a name's kind and script, texts in several languages, dates known only as lying between
two days) stands beside in keys that its readers pass over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from interparl.core.days import today
from interparl.directory.exports.asking import Asked
from interparl.directory.exports.origin import EDITION, SECTION, installation_name
from interparl.directory.exports.popolo_memberships import Memberships, refs_of
from interparl.directory.exports.popolo_people import People
from interparl.directory.exports.popolo_places import Places
from interparl.directory.exports.popolo_values import Ids, Json

encode = msgspec.json.encode


def popolo_parts(asked: Asked, counts: dict[str, int] | None = None) -> Iterator[bytes]:
    """The file, piece by piece; valid JSON when all are written. `counts` gets the number of objects by list."""
    counted = {} if counts is None else counts
    people_ids, places = Ids(), Places(asked)
    memberships = Memberships(asked, people_ids, places)
    lists: dict[str, Iterable[Json]] = {
        "persons": People(asked, people_ids).objects(),
        "organizations": places.objects(),
        "areas": places.area_objects(),
        "events": places.event_objects(),
        "memberships": memberships.objects(),
        "posts": memberships.post_objects(),
    }
    yield b'{\n"meta": ' + encode(_about(asked))
    for name, objects in lists.items():
        yield f',\n"{name}": ['.encode()
        yield from _joined(name, objects, counted)
        yield b"\n]"
    yield f',\n"{SECTION}": '.encode()
    yield from _section(people_ids, places, memberships)
    yield b"\n}\n"


def _joined(name: str, objects: Iterable[Json], counted: dict[str, int]) -> Iterator[bytes]:
    before = b"\n"
    counted[name] = 0
    for one in objects:
        counted[name] += 1
        yield before + encode(one)
        before = b",\n"


def _about(asked: Asked) -> Json:
    made: Json = {"generator": "Interparl", "made_on": today().isoformat(), "language": asked.language}
    if asked.day:
        made["on"] = asked.day.isoformat()
    if asked.chamber:
        made["chamber"] = asked.chamber.code
    return made


def _section(people: Ids, places: Places, memberships: Memberships) -> Iterator[bytes]:
    """What only we read: which database it was, and which record each object stands for."""
    yield b'{"edition": %d, "installation": ' % EDITION + encode(installation_name())
    yield b', "offices_left_out": %d, "records": {' % memberships.left_out
    events: Iterable[tuple[str, dict[str, Any]]] = places.event_refs.items()
    refs: dict[str, Iterable[tuple[str, dict[str, Any]]]] = {
        "person": refs_of(people),
        "organization": refs_of(places.organizations),
        "area": refs_of(places.areas),
        "event": events,
        "membership": memberships.refs.items(),
    }
    for position, (name, several) in enumerate(refs.items()):
        yield b"%s\n%s: {" % (b"," if position else b"", encode(name))
        before = b""
        for value, found in several:
            yield before + encode(value) + b": " + encode(found)
            before = b",\n"
        yield b"}"
    yield b"}}"
