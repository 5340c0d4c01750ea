"""Taking Popolo out and bringing it in, as tests do it."""

from __future__ import annotations

import json
from typing import Any

from interparl.accounts.models import User
from interparl.core.rights import Reader
from interparl.directory.exports import Asked, popolo_parts
from interparl.exchange.actions import preview
from interparl.exchange.models import Batch
from tests.makers import BY
from tests.popolo_shapes import Document
from tests.valley import numbers

LISTS = ("persons", "organizations", "areas", "events", "memberships", "posts")


def administrator() -> User:
    """Somebody who may see everything and is in no database."""
    return User(username="everything", role="administrator", is_active=True)


def taken_out(reader: Reader | None = None, language: str = "en", **asked: Any) -> Document:
    """The file as a reader gets it."""
    document = json.loads(b"".join(popolo_parts(Asked(reader or administrator(), language, **asked))))
    assert isinstance(document, dict)
    return document


def came_in(document: Document, name: str = "elsewhere.popolo.json", **about: Any) -> Batch:
    """What bringing the file in would do."""
    return preview("popolo", json.dumps(document).encode(), name, by=BY, **about)


def lists(document: Document) -> Document:
    """The lists without the sources, of which each database has its own."""
    return {
        name: [{key: value for key, value in one.items() if key != "sources"} for one in document[name]]
        for name in LISTS
    }


def unchanged(batch: Batch) -> None:
    """Nothing would be written."""
    assert numbers(batch) == {"same": batch.counts["rows"]}


def from_elsewhere(document: Document) -> Document:
    """The same as taken out of another installation."""
    return document | {"interparl": document["interparl"] | {"installation": "another"}}


def ids(document: Document, name: str) -> set[str]:
    return {one["id"] for one in document[name]}
