"""Lists of countries and legislatures, and registers that were taken out here and come in again."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from interparl.accounts.models import User
from interparl.bodies.models import Body, Membership
from interparl.core.models import Entry
from interparl.core.translated import written
from interparl.directory.exports import Asked, write_file
from interparl.directory.models import Chamber, ChamberTerm, ContactPoint, Convocation, Country, Parliament, Person
from interparl.exchange.actions import apply, preview, undo
from interparl.exchange.models import Batch
from tests import makers
from tests.makers import BY
from tests.valley import dump, numbers, told

pytestmark = pytest.mark.django_db
INDEX = "everypolitician-countries"


def looked_at(data: Any, kind: str = "countries", name: str = "list", **options: str) -> Batch:
    content = data if isinstance(data, bytes) else (data if isinstance(data, str) else json.dumps(data)).encode()
    return preview(kind, content, name, by=BY, options=options)


def taken(data: Any, kind: str = "countries", name: str = "list", **options: str) -> Batch:
    batch = looked_at(data, kind, name, **options)
    apply(batch, by=BY)
    return batch


def a_nation(code: str = "KZ", *legislatures: str) -> dict[str, Any]:
    """A country of the index; its legislatures have one term each."""
    term = {"id": "term/5", "name": "Fifth", "start_date": "2012-01-20", "end_date": "2016"}
    several = [{"name": name, "slug": name, "legislative_periods": [term]} for name in legislatures]
    return {"code": code, "name": "Kazakhstan", "legislatures": several}


def test_a_country_has_a_parliament_with_its_chambers_and_their_terms() -> None:
    batch = taken([a_nation("KZ", "Majilis", "Senate")], mapping=INDEX)
    assert told(batch, "kind_of_chamber_untold") == [
        ("[0].legislatures[0]", "kind_of_chamber_untold"),
        ("[0].legislatures[1]", "kind_of_chamber_untold"),
    ]
    assert list(Chamber.objects.values_list("parliament__code", "name__en__text").order_by("pk")) == [
        ("KZ", "Majilis"),
        ("KZ", "Senate"),
    ]
    days = ChamberTerm.objects.values_list("chamber__name__en__text", "convocation__name__en__text", "since", "until")
    assert sorted(days) == [(name, "Fifth", "2012-01-20", "2016") for name in ("Majilis", "Senate")]
    assert Country.objects.get().name["ru"]["text"] == "Казахстан"
    assert set(numbers(looked_at([a_nation("KZ", "Majilis", "Senate")], mapping=INDEX))) == {"same"}


@pytest.mark.parametrize("code", ["XK", "GG-ALD", "GB-NIR"])
def test_codes_beyond_those_of_iso_are_kept(code: str) -> None:
    taken([a_nation(code, "Assembly")], mapping=INDEX)
    assert list(Parliament.objects.values_list("code", "country__code")) == [(code, code)]


def test_a_country_that_is_here_is_only_completed() -> None:
    before = makers.a_country("KZ", "Our Kazakhstan", alpha3="KAZ")
    text = "cca2,name,cca3,capital,region\nKZ,Kazakhstan,KAX,Astana,Asia\nKZ,Kazakhstan,,,\n"
    batch = taken(text)
    assert (numbers(batch), told(batch, "same_again")) == ({"changed": 1, "same": 1}, [("3", "same_again")])
    before.refresh_from_db()
    assert (before.name["en"]["text"], before.alpha3, before.region) == ("Our Kazakhstan", "KAZ", "asia")
    assert before.capital["en"]["text"] == "Astana"
    assert Country.objects.count() == 1


def test_countries_are_found_by_name_and_what_is_none_is_asked() -> None:
    batch = taken("state,stateLabel\nQ232,Kazakhstan\nQ1,Narnia\n")
    assert list(Country.objects.values_list("code", flat=True)) == ["KZ"]
    assert told(batch, "unknown_country") == [("3", "unknown_country")]


def test_a_parliament_that_is_here_keeps_its_chambers_and_others_are_asked() -> None:
    parliament = makers.a_parliament(makers.a_country("KZ"), code="KZ")
    chamber = makers.a_chamber(parliament, name="Majilis")
    term = makers.a_convocation(parliament, name="The fifth")
    makers.kept(ChamberTerm(chamber=chamber, convocation=term, since="2012-01-20"))
    batch = taken([a_nation("KZ", "Majilis", "House of Elders")], mapping=INDEX)
    assert told(batch, "chamber_doubted") == [("[0].legislatures[1]", "chamber_doubted")]
    assert (Chamber.objects.count(), Convocation.objects.count()) == (1, 1)
    assert batch.counts["by_record"]["term"]["doubtful"] == 1


def test_real_lists_of_countries_come_in_and_go_out(data_folder: Path) -> None:
    folder = data_folder / "countries"
    before = dump()
    batches = [
        taken(path.read_bytes(), name=path.name)
        for path in (folder / "countries.csv", folder / "national-cabinets.csv")
    ]
    assert Country.objects.filter(code__in=("XK", "BY", "GB")).count() == 3
    assert [batch.counts["rows"] for batch in batches] == [250, 198]
    assert batches[0].counts["by_record"]["country"]["new"] == 250 == Country.objects.exclude(alpha3="").count()
    for batch in reversed(batches):
        undo(batch, by=BY)
    assert dump() == before


@pytest.fixture
def register(db: None) -> User:
    """People with names in two languages and ways to reach them, in a body; and who may read all of it."""
    parliament = makers.the_home_parliament()
    anna = makers.a_person("Nowak", born="1970-05", gender="female", country=parliament.country)
    makers.a_name(anna, family="Новак", given="Анна", language="ru")
    makers.a_name(anna, family="Lis", language="", kind="former")
    makers.a_person("'Mathabo", "Jan")
    for kind, value in (("voice", "+375 17 1"), ("email", "a@example.org"), ("email", "b@example.org")):
        makers.kept(ContactPoint(person=anna, kind=kind, value=value))
    body = makers.a_body("friends", "Friends", note=written({"en": "Peace"}), since="2012")
    part = makers.a_part(body, parliament)
    makers.a_membership(part=part, person=anna, role="deputy-head", since="2012-11", note=written({"en": "=1+1"}))
    return User(username="administrator", role="administrator", is_active=True)


def tables(reader: User) -> dict[str, bytes]:
    """The registers as they are taken out."""
    target = io.BytesIO()
    write_file("csv", Asked(reader, "en"), target)
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


KINDS = {
    "directory.person.csv": "people-csv",
    "bodies.body.csv": "bodies-csv",
    "bodies.membership.csv": "memberships-csv",
}


@pytest.mark.parametrize("name", list(KINDS))
def test_a_register_that_was_taken_out_here_comes_in_without_a_change(register: User, name: str) -> None:
    data = tables(register)[name]
    before, entries = dump(), Entry.objects.count()
    batch = looked_at(data, KINDS[name], name, mapping="interparl")
    assert set(numbers(batch)) == {"same"}
    apply(batch, by=BY)
    assert (dump(), Entry.objects.count()) == (before, entries)


def test_what_differs_from_what_stands_here_is_asked(register: User) -> None:
    data = tables(register)["directory.person.csv"].replace(b"1970-05", b"1971-06")
    batch = looked_at(data, "people-csv", mapping="interparl")
    assert (batch.counts["doubtful"], batch.counts["new"], batch.counts["gone"]) == (1, 0, 0)


def test_registers_of_another_database_become_records_of_their_own(register: User) -> None:
    several = {name: data for name, data in tables(register).items() if name in KINDS}
    people, bodies, members = (register_.objects.count() for register_ in (Person, Body, Membership))
    own = several["directory.person.csv"].decode("utf-8-sig").splitlines()[1].split(",")[1].partition("/")[0]
    for name, kind in KINDS.items():
        foreign = several[name].replace(own.encode(), b"0" * 16)
        taken(foreign, kind, name, mapping="interparl")
        assert set(numbers(looked_at(foreign, kind, name, mapping="interparl"))) == {"same"}
    assert [register_.objects.count() for register_ in (Person, Body, Membership)] == [
        2 * people,
        2 * bodies,
        2 * members,
    ]
    copied = Membership.objects.latest("pk")
    assert (copied.body.name["en"]["text"], copied.role, copied.since) == ("Friends", "deputy-head", "2012-11")
