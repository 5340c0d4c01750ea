"""Records that are merged in tests: the plan as its page shows it, and a person kept twice."""

from __future__ import annotations

from datetime import date
from typing import Any

from interparl.accounts.models import User
from interparl.core.models import Identifier, Pointer
from interparl.core.records import Record
from interparl.directory.models import (
    Office,
    Person,
)
from interparl.exchange.actions.merge_plans import Merge, merge_of
from interparl.exchange.actions.merging import merge
from interparl.exchange.models import Batch
from tests.makers import (
    a_body,
    a_chamber,
    a_mandate,
    a_membership,
    a_name,
    a_person,
)
from tests.samples import a_record

PUBLISHED: dict[str, Any] = {"mark": "public", "published_on": date(2014, 5, 1)}
PERSON, ORGANISATION = "directory.person", "directory.organisation"


def planned(left: Record, gone: Record, by: User) -> Merge:
    """The plan of a merge, as its page shows it."""
    fresh = [type(one)._base_manager.get(pk=one.pk) for one in (left, gone)]
    return merge_of(fresh[0], fresh[1], by)


def merged(left: Record, gone: Record, by: User, **choices: str) -> Batch:
    """Two records made one."""
    return merge(left, gone, choices=choices, seen=planned(left, gone, by).digest, by=by)


def two_people(**values: Any) -> tuple[Person, Person]:
    """The same person twice, the second with relations of every kind."""
    first, second = a_person("Nowak", **values), a_person("Novak", **values)
    chamber = a_chamber()
    a_name(first, family="Nowak", given="Anna", language="ru")
    a_mandate(first, chamber, since="2012", until="2016")
    a_mandate(second, chamber, since="2016-10", until="2019")
    a_membership(a_body(parliaments=[chamber.parliament]), second, since="2017", until="2018")
    for model in (Office, Pointer, Identifier):
        kept_of(model, second)
    return first, second


def kept_of(model: Any, person: Person) -> Any:
    """A row of that kind about the person."""
    if model.hangs_on_any:
        return a_record(model, kind=PERSON, object_id=person.pk)
    return a_record(model, person=person)
