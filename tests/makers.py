"""The only way in which tests make data: plain functions with defaults, through the write gate like everyone else.

Every name is invented. Without a code a record gets one that no other has.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any, TypeVar

from django.core.files.base import ContentFile

from interparl.accounts.models import User
from interparl.bodies.models import Body, Decision, Membership, Part, Partner, Seat
from interparl.core.actors import Actor
from interparl.core.days import HOME_PARLIAMENT
from interparl.core.models import Setting, Source
from interparl.core.records import Record
from interparl.core.rights import Reader
from interparl.core.tables import Reading
from interparl.core.translated import written
from interparl.core.writing import change
from interparl.directory.models import (
    Chamber,
    Convocation,
    Country,
    Mandate,
    Organisation,
    Parliament,
    Person,
    PersonName,
)
from interparl.documents.actions import add_version, checked
from interparl.documents.models import Document, Version

R = TypeVar("R", bound=Record)
BY = Actor.command("tests")
DAY = date(2015, 6, 1)
_numbers = count(1)


def kept(record: R) -> R:
    """The record, checked and saved through the gate; raises Refused."""
    with change(record, by=BY):
        pass
    return record


def a_user(role: str = "desk_officer", name: str = "") -> User:
    """A user with that role and no password."""
    name = name or f"{role}-{next(_numbers)}"
    user = User.objects.create_user(name, f"{name}@example.org", role=role)
    user.standing  # noqa: B018  as a request has its user
    return user


def sits(user: User, **values: Any) -> Person:
    """The person that the user is, with a mandate that has begun and not ended."""
    person = a_person(user=user)
    a_mandate(person, **({"since": "2000"} | values))
    return person


def a_reading(user: Reader, day: date = DAY, language: str = "en") -> Reading:
    """Somebody who reads in that language as of that day."""
    return Reading(user=user, language=language, day=day)


def a_source(key: str = "", title: str = "A source", **values: Any) -> Source:
    """A source."""
    return kept(Source(key=key or f"source-{next(_numbers)}", title=written({"en": title}), **values))


def a_document(host: Record | None = None, title: str = "A letter", **values: Any) -> Document:
    """A document attached to the record, or to a new country, without a file."""
    host = host or a_country()
    values = {"document_kind": "letter", "mark": host.mark} | values
    title_text = written({"en": title})
    return kept(Document(kind=host.record_kind(), object_id=host.pk, title=title_text, **values))


def a_version(document: Document | None = None, data: bytes = b"Some words.", name: str = "words.txt") -> Version:
    """The next version of the document, or the first of a new one, of these bytes."""
    file = ContentFile(data, name)
    return add_version(document or a_document(), checked(file), by=BY)


def a_country(code: str = "", name: str = "", **values: Any) -> Country:
    """A country."""
    code = code or f"X{next(_numbers)}"
    return kept(Country(code=code, name=written({"en": name or f"Country {code}"}), **values))


def a_parliament(country: Country | None = None, code: str = "", name: str = "", **values: Any) -> Parliament:
    """A parliament of the country, or of a new one."""
    country = country or a_country()
    code = code or f"P{next(_numbers)}"
    name = name or f"Parliament {code}"
    return kept(Parliament(country=country, code=code, name=written({"en": name}), **values))


def the_home_parliament(**values: Any) -> Parliament:
    """A parliament that this installation serves."""
    home = a_parliament(**values)
    kept(Setting(key=HOME_PARLIAMENT, value=home.code))
    return home


def a_chamber(parliament: Parliament | None = None, code: str = "", name: str = "", **values: Any) -> Chamber:
    """A chamber of the parliament, or of a new one; the only one unless told."""
    parliament = parliament or a_parliament()
    code = code or f"{parliament.code}-C{next(_numbers)}"
    values = {"kind": Chamber.Kind.SINGLE, "name": written({"en": name or f"Chamber {code}"})} | values
    return kept(Chamber(parliament=parliament, code=code, **values))


def a_convocation(parliament: Parliament | None = None, number: int = 1, name: str = "", **values: Any) -> Convocation:
    """A convocation of the parliament, or of a new one."""
    parliament = parliament or a_parliament()
    name = name or f"Convocation {number}"
    return kept(Convocation(parliament=parliament, number=number, name=written({"en": name}), **values))


def an_organisation(code: str = "", name: str = "", **values: Any) -> Organisation:
    """An organisation, interparliamentary unless told."""
    code = code or f"organisation-{next(_numbers)}"
    values = {"kind": Organisation.Kind.INTERPARLIAMENTARY} | values
    return kept(Organisation(code=code, name=written({"en": name or f"Organisation {code}"}), **values))


def a_person(family: str = "", given: str = "Anna", language: str = "en", **values: Any) -> Person:
    """A person with one official name; more come by `a_name`."""
    person = kept(Person(**values))
    family = family or f"Example{next(_numbers)}"
    a_name(person, family=family, given=given, language=language)
    return person


def a_name(person: Person, *, family: str, given: str = "", language: str = "en", **values: Any) -> PersonName:
    """One more name of the person; its mark is the person's."""
    values = {"mark": person.mark, "published_on": person.published_on} | values
    return kept(PersonName(person=person, family=family, given=given, language=language, **values))


def a_mandate(person: Person | None = None, chamber: Chamber | None = None, **values: Any) -> Mandate:
    """A mandate of the person in the chamber."""
    return kept(Mandate(person=person or a_person(), chamber=chamber or a_chamber(), **values))


def a_decision(number: str = "", taken_on: str = "2015-01-15", organ: str = "Council", **values: Any) -> Decision:
    """A decision of an organ."""
    number = number or f"{next(_numbers)}"
    return kept(Decision(number=number, taken_on=taken_on, organ=written({"en": organ}), **values))


def a_body(
    code: str = "",
    name: str = "",
    *,
    parliaments: Iterable[Parliament] = (),
    countries: Iterable[Country] = (),
    **values: Any,
) -> Body:
    """A body, a working group unless told, with a part for each of the parliaments and the countries as partners."""
    code = code or f"body-{next(_numbers)}"
    values = {"kind": Body.Kind.WORKING_GROUP} | values
    body = kept(Body(code=code, name=written({"en": name or f"Body {code}"}), **values))
    for parliament in parliaments:
        a_part(body, parliament)
    for country in countries:
        kept(Partner(body=body, country=country, mark=body.mark, published_on=body.published_on))
    return body


def a_part(body: Body | None = None, parliament: Parliament | None = None, **values: Any) -> Part:
    """A parliament's part of the body."""
    body = body or a_body()
    values = {"mark": body.mark, "published_on": body.published_on} | values
    return kept(Part(body=body, parliament=parliament or a_parliament(), **values))


def a_seat(part: Part | None = None, **values: Any) -> Seat:
    """A seat in the part, full unless told."""
    part = part or a_part()
    return kept(Seat(part=part, body=part.body, **values))


def a_membership(
    body: Body | None = None, person: Person | None = None, part: Part | None = None, **values: Any
) -> Membership:
    """A membership of the person in the part, else in the first part of the body, which is made when there is none."""
    if part is None:
        body = body or a_body()
        part = body.parts.order_by("pk").first() or a_part(body)
    return kept(Membership(body=part.body, part=part, person=person or a_person(), **values))
