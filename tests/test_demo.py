"""The demonstration set: what it holds on the day that it stands on, counted straight from the tables."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet

from interparl.accounts.models import User
from interparl.accounts.roles import ROLES
from interparl.bodies.actions import OrganisationEnd, end_organisation
from interparl.bodies.blocks import composition
from interparl.bodies.models import Body, Membership, Seat, Step
from interparl.config import demo
from interparl.config.demo import NotEmpty, load_demo
from interparl.core.dates import PartialDate
from interparl.core.days import today
from interparl.core.kinds import every_record
from interparl.core.models import Entry, Grade, Label, Source
from interparl.core.translated import languages
from interparl.core.writing import values_of
from interparl.directory.models import Country, Mandate, Organisation, Parliament, Person, Rank, Relation, Status
from interparl.portal.measures import facts_on
from tests import makers

DATA = Path(demo.__file__).parent / "data"
DAY = date(2014, 6, 1)
INVENTED = ("person", "personname", "constituency", "mandate", "office", "portfolio", "membership")


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """The counts that loading tells; the set is loaded once for all tests here and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demo()
        transaction.set_rollback(True)


def our_bodies(kind: str) -> QuerySet[Body]:
    """Bodies of a kind in which the home parliament has a part, on the day."""
    return Body.objects.on(DAY).filter(kind=kind, parts__parliament__code="BY").distinct()


def test_the_day_is_that_of_the_demonstration_when_it_is_loaded(loaded: dict[str, int]) -> None:
    home = Parliament.objects.home()
    assert (today(), home and home.code, home and home.is_ours) == (DAY, "BY", True)


def test_the_counts_are_those_of_the_public_page_when_counted_on_the_day(loaded: dict[str, int]) -> None:
    relations = Relation.objects.on(DAY).filter(parliament__isnull=False)
    counts = {
        "countries": relations.values("parliament__country").distinct().count(),
        "working groups": our_bodies("working-group").count(),
        "commissions": our_bodies("commission").count(),
        "delegations": our_bodies("delegation").count(),
        "full memberships": Status.objects.on(DAY).full().filter(is_world=True, parliament__code="BY").count(),
        "most important": Rank.objects.on(DAY).filter(importance="most").count(),
    }
    assert counts == {
        "countries": 64,
        "working groups": 56,
        "commissions": 2,
        "delegations": 13,
        "full memberships": 4,
        "most important": 4,
    }


def test_the_commissions_are_with_armenia_and_ukraine_when_looked_at(loaded: dict[str, int]) -> None:
    codes = {
        code for body in our_bodies("commission") for code in body.partners.values_list("country__code", flat=True)
    }
    assert codes - {"BY"} == {"AM", "UA"}


def test_the_chambers_are_full_when_their_members_are_counted_on_the_day(loaded: dict[str, int]) -> None:
    sitting = Mandate.objects.on(DAY).filter(chamber__parliament__code="BY").values_list("chamber__code", flat=True)
    assert Counter(sitting) == {"BY-LC01": 110, "BY-UC01": 64}


def test_the_set_tells_what_it_loaded_when_counted_by_kind(loaded: dict[str, int]) -> None:
    linked = {"directory.portfolio", "core.identifier"}
    there = {model.record_kind(): model._base_manager.count() for model in every_record()}
    assert loaded == {kind: number for kind, number in there.items() if number and kind not in linked}


@pytest.mark.parametrize("name", INVENTED)
def test_people_and_all_that_hangs_on_them_are_marked_as_invented_when_loaded(
    name: str, loaded: dict[str, int]
) -> None:
    [model] = [one for one in every_record() if one._meta.model_name == name]
    rows = model._base_manager.all()
    assert rows.count() > 0
    assert [row.pk for row in rows if row.grade != Grade.ILLUSTRATIVE or row.source is None] == []
    assert set(rows.values_list("source__key", flat=True)) == {"demo"}


def test_every_row_names_its_source_when_it_is_a_fact(loaded: dict[str, int]) -> None:
    without = [
        model.record_kind()
        for model in every_record()
        if model is not Source
        and model._meta.model_name != "setting"
        and model._base_manager.filter(source=None).exists()
    ]
    assert without == []


def test_nothing_is_questioned_when_the_set_keeps_its_own_rules(loaded: dict[str, int]) -> None:
    assert [
        model.record_kind() for model in every_record() if model._base_manager.exclude(questioned=[]).exists()
    ] == []


def test_nobody_holds_a_seat_twice_and_some_seats_are_vacant_when_the_day_is_read(loaded: dict[str, int]) -> None:
    held = Counter(Membership.objects.on(DAY).exclude(seat=None).values_list("seat", flat=True))
    seats = Seat.objects.filter(body__in=Body.objects.on(DAY)).count()
    assert max(held.values()) == 1
    assert 0 < len(held) < seats


def test_members_replaced_others_and_were_accepted_when_a_body_is_looked_through(loaded: dict[str, int]) -> None:
    handed_over = Membership.objects.filter(replaces__isnull=False).select_related("replaces")
    days = [(one.since_earliest, one.replaces and one.replaces.until_latest) for one in handed_over]
    assert {(since - until).days for since, until in days if since and until} == {1}
    assert set(Step.objects.values_list("kind", flat=True)) >= {"appointed", "accepted"}


def test_every_label_exists_in_every_language_when_a_record_has_a_name(loaded: dict[str, int]) -> None:
    for model in every_record():
        if model.labelled:
            rows = Label.objects.filter(kind=model.record_kind()).values_list("language", flat=True)
            assert Counter(rows) == {code: model._base_manager.count() for code in languages()} or not rows
    fallen_back = Label.objects.filter(kind="directory.person").exclude(spoken__in=languages())
    assert fallen_back.count() == 0


def test_countries_have_names_in_all_languages_when_loaded(loaded: dict[str, int]) -> None:
    assert [one.code for one in Country.objects.all() if set(one.name) != set(languages())] == []
    assert Country.objects.get(code="BY").zone == "Europe/Minsk"


def test_an_account_of_each_role_signs_in_when_the_set_is_loaded(loaded: dict[str, int]) -> None:
    roles = dict(User.objects.values_list("username", "role"))
    assert roles == {
        "administrator": "administrator",
        "officer": "desk_officer",
        "officer2": "desk_officer",
        "member": "member",
        "head": "head_of_department",
        "secretary": "delegation_secretary",
        "leadership": "leadership",
        "protocol": "protocol_officer",
        "liaison": "ministry_liaison",
        "auditor": "auditor",
    }
    assert set(roles.values()) == set(ROLES)
    member = Person.objects.get(user__username="member")
    assert str(member) == User.objects.get(username="member").name


def test_the_public_sees_all_of_it_when_it_is_published_but_who_looks_after_what(loaded: dict[str, int]) -> None:
    hidden = {model.record_kind() for model in every_record() if model._base_manager.exclude(mark="public").exists()}
    # Talks, rooms, what is said in the house and what is to be done there are not for the public.
    assert {kind for kind in hidden if not kind.startswith(("meetings.", "tasks."))} == {
        "core.setting",
        "directory.portfolio",
    }


def test_a_second_load_does_nothing_when_the_set_is_there(loaded: dict[str, int]) -> None:
    entries = Entry.objects.count()
    assert load_demo() == {}
    assert Entry.objects.count() == entries


def test_every_record_has_one_entry_when_it_was_just_loaded(loaded: dict[str, int]) -> None:
    by_record = Counter(Entry.objects.values_list("kind", "object_id"))
    twice = {ref for ref, number in by_record.items() if number > 1}
    assert twice == {("directory.person", Person.objects.get(user__username="member").pk)}
    assert set(Entry.objects.values_list("actor", flat=True)) == {"interparl demo"}


@pytest.mark.django_db
def test_the_set_is_not_loaded_when_the_database_holds_records() -> None:
    country = makers.a_country("AM", "Armenia")
    before = values_of(country)
    with pytest.raises(NotEmpty) as refusal:
        load_demo()
    assert refusal.value.messages == [
        "This database already holds records. The demonstration is loaded only into an empty one."
    ]
    country.refresh_from_db()
    assert (values_of(country), Country.objects.count(), User.objects.count()) == (before, 1, 0)


def delegations_in_the_file(day: date) -> int:
    """Permanent delegations of ours that the file of the set lets hold on the day."""
    rows = json.loads((DATA / "bodies.json").read_text(encoding="utf-8"))
    found = [row for row in rows if row["kind"] == "delegation" and row["parliament"] == "BY"]
    return sum(row["since"] <= day.isoformat() <= row.get("until", "2016-10-10") for row in found)


def test_an_assembly_that_ended_left_nothing_behind(loaded: dict[str, int]) -> None:
    """Scenario: EurAsEC ends with 2014; the delegation to its assembly ends in mid-term by a decision."""
    assembly = Organisation.objects.get(code="ipa-eurasec")
    plan = OrganisationEnd.of(assembly, PartialDate.parse(assembly.until))
    assert (plan.is_complete(makers.a_user("administrator")), plan.rows()) == (True, [])
    [body] = [one for one in plan.bodies.bodies.ended if one.until == "2014-12-31"]
    assert body.ended_by
    assert body.ended_by.number == "D5-08"
    reader = makers.a_user("head_of_department")
    rows = json.loads((DATA / "bodies.json").read_text(encoding="utf-8"))
    seats = sum(seat["count"] for row in rows if row["code"] == body.code for seat in row["seats"])
    for day, number, seated in ((date(2014, 12, 31), 13, seats), (date(2015, 1, 1), 12, 0)):
        facts = facts_on(day, reader, "en")
        assert facts.permanent_delegations == delegations_in_the_file(day) == number
        assert (facts.working_groups, facts.commissions) == (56, 2)
        assert len(composition(body, makers.a_reading(reader, day)).rows) == seated


def test_an_assembly_that_ends_takes_its_delegation_along_and_nothing_else(loaded: dict[str, int]) -> None:
    reader, day = makers.a_user("head_of_department"), date(2015, 6, 30)
    after = day + timedelta(days=1)
    assembly, last = Organisation.objects.get(code="pa-csto"), PartialDate.parse(day.isoformat())
    before = {one: facts_on(one, reader, "en") for one in (day, after)}
    with transaction.atomic():
        seen = OrganisationEnd.of(assembly, last).digest(reader)
        end_organisation(assembly, last, decision=None, note="A trial", seen=seen, by=reader)
        now = {one: facts_on(one, reader, "en") for one in (day, after)}
        transaction.set_rollback(True)
    assert now[day] == before[day]
    assert now[after].permanent_delegations == before[after].permanent_delegations - 1
    assert (now[after].working_groups, now[after].partner_parliaments) == (56, before[after].partner_parliaments)
