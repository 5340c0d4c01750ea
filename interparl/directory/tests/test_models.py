"""Rules of the directory's records: what is refused when typed, and what is questioned when imported."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from interparl.core.days import HOME_PARLIAMENT
from interparl.core.hooks import every_attention
from interparl.core.models import Setting
from interparl.core.translated import written
from interparl.core.writing import Planned, Refused, change, change_many
from interparl.directory.models import (
    Affiliation,
    Chamber,
    ChamberTerm,
    ContactPoint,
    Country,
    Faction,
    Mandate,
    Organisation,
    Parliament,
    Person,
    PersonName,
    Portfolio,
    Relation,
    Status,
)
from tests import makers

pytestmark = pytest.mark.django_db


def refusal_of(record: Any) -> dict[str, list[str]]:
    """Why the record is refused, by field."""
    with pytest.raises(Refused) as refusal:
        makers.kept(record)
    return {
        name: [message for error in errors for message in error.messages]
        for name, errors in refusal.value.error_dict.items()
    }


@pytest.mark.parametrize("code", ["by", "BY ", "BY_1", "БY", "-BY", "BY-", "BY--1", "BY\n", ""])
@pytest.mark.parametrize("model", [Country, Parliament, Chamber])
def test_a_code_is_refused_when_it_is_not_in_the_form_of_codes(code: str, model: type[Any]) -> None:
    parent: dict[Any, dict[str, Any]] = {
        Country: {},
        Parliament: {"country": makers.a_country()},
        Chamber: {"parliament": makers.a_parliament(), "kind": "lower"},
    }
    assert list(refusal_of(model(code=code, name=written({"en": "Name"}), **parent[model]))) == ["code"]


def test_two_terms_of_a_chamber_are_refused_when_they_share_a_day_and_questioned_when_imported() -> None:
    chamber = makers.a_chamber()
    fourth, fifth = (makers.a_convocation(chamber.parliament, number) for number in (4, 5))
    makers.kept(ChamberTerm(chamber=chamber, convocation=fourth, since="2008-10-27", until="2012-10-18"))
    overlapping = ChamberTerm(chamber=chamber, convocation=fifth, since="2012-10-18", until="2016")
    assert refusal_of(overlapping) == {"since": ["Another term of this chamber covers some of the same days."]}
    change_many([Planned(overlapping)], by=makers.BY)
    [rule] = [one for one in every_attention() if one.key == "terms-questioned"]
    assert list(rule.narrow(ChamberTerm.objects.all(), date(2014, 6, 1), makers.a_user())) == [overlapping]
    assert overlapping.questioned == ["terms-overlap"]


@pytest.mark.parametrize("since", ["2012-10-19", "2012-10", "2012", "..2012-10-19", "2012-10-01..2012-10-31"])
def test_the_next_term_is_kept_when_it_may_begin_after_the_last(since: str) -> None:
    chamber = makers.a_chamber()
    fourth, fifth = (makers.a_convocation(chamber.parliament, number) for number in (4, 5))
    makers.kept(ChamberTerm(chamber=chamber, convocation=fourth, since="2008-10-27", until="2012-10-18"))
    assert makers.kept(ChamberTerm(chamber=chamber, convocation=fifth, since=since, until="2016")).questioned == []


def test_terms_of_two_chambers_may_share_days_when_each_has_its_own() -> None:
    home = makers.a_parliament()
    convocation = makers.a_convocation(home)
    for kind in ("lower", "upper"):
        makers.kept(
            ChamberTerm(chamber=makers.a_chamber(home, kind=kind), convocation=convocation, since="2012", until="2016")
        )
    assert ChamberTerm.objects.count() == 2


def test_a_chamber_has_one_term_in_a_convocation_when_it_is_entered_twice() -> None:
    chamber = makers.a_chamber()
    convocation = makers.a_convocation(chamber.parliament)
    makers.kept(ChamberTerm(chamber=chamber, convocation=convocation, since="2008", until="2009"))
    again = ChamberTerm(chamber=chamber, convocation=convocation, since="2012", until="2013")
    assert list(refusal_of(again)) == ["__all__"]


def test_a_mandate_is_refused_when_it_leaves_the_term_of_its_own_chamber() -> None:
    home = makers.a_parliament()
    lower, upper = makers.a_chamber(home, kind="lower"), makers.a_chamber(home, kind="upper")
    convocation = makers.a_convocation(home)
    makers.kept(ChamberTerm(chamber=lower, convocation=convocation, since="2012-10-18", until="2016-09-10"))
    makers.kept(ChamberTerm(chamber=upper, convocation=convocation, since="2012-11-02", until="2016-10-14"))
    person = makers.a_person()

    def mandate(chamber: Chamber, since: str, until: str) -> Mandate:
        return Mandate(person=person, chamber=chamber, convocation=convocation, since=since, until=until)

    message = {"since": ["The mandate has days outside the chamber’s term in this convocation."]}
    assert refusal_of(mandate(lower, "2012-10-18", "2016-10-14")) == message
    assert refusal_of(mandate(upper, "2012-10-18", "2016-09-10")) == message
    assert makers.kept(mandate(upper, "2012-11-02", "2016-10-14")).questioned == []
    assert makers.kept(mandate(lower, "2012-10", "2016")).questioned == []
    imported = mandate(lower, "2012-01-01", "2016")
    change_many([Planned(imported)], by=makers.BY)
    assert imported.questioned == ["outside-term"]


def test_a_mandate_is_kept_when_nothing_is_known_of_the_term() -> None:
    assert makers.a_mandate(since="1990", until="2050").questioned == []
    chamber = makers.a_chamber()
    assert (
        makers.a_mandate(chamber=chamber, convocation=makers.a_convocation(chamber.parliament), since="1990").questioned
        == []
    )


@pytest.mark.parametrize("length", [1, 2, 3])
def test_an_organisation_is_no_part_of_itself_when_the_ring_is_of_any_length(length: int) -> None:
    chain = [makers.an_organisation()]
    for _step in range(length - 1):
        chain.append(makers.an_organisation(parent=chain[-1]))
    with pytest.raises(Refused) as refusal, change(chain[0], by=makers.BY) as held:
        held.parent = chain[-1]
    assert refusal.value.message_dict == {
        "parent": ["An organisation cannot be a part of itself, directly or through others."]
    }
    chain[0].refresh_from_db()
    assert chain[0].parent is None


def test_a_ring_is_refused_when_it_comes_of_several_rows_at_once() -> None:
    one, two = makers.an_organisation(), makers.an_organisation()
    with pytest.raises(Refused):
        change_many([Planned(one, {"parent": two}), Planned(two, {"parent": one})], by=makers.BY)
    assert Organisation.objects.filter(parent__isnull=False).count() == 0


@pytest.mark.parametrize(("since", "until"), [("2014", "2013"), ("2014-06-02", "2014-06-01"), ("2014..", "2013")])
@pytest.mark.parametrize("make", [makers.an_organisation, makers.a_parliament, makers.a_body, makers.a_convocation])
def test_a_record_is_refused_when_it_ends_before_it_begins(make: Any, since: str, until: str) -> None:
    with pytest.raises(Refused) as refusal:
        make(since=since, until=until)
    assert refusal.value.message_dict == {"until": ["The end lies before the beginning."]}


@pytest.mark.parametrize(
    ("since", "until"), [("2014", "2014"), ("2014-06", "2014"), ("2014", "2014-01-01"), ("", "2014")]
)
def test_a_record_is_kept_when_it_may_end_on_a_later_day(since: str, until: str) -> None:
    assert makers.an_organisation(since=since, until=until).until == until


def test_a_relation_a_portfolio_and_a_contact_are_with_one_when_kept() -> None:
    country, organisation, person = makers.a_country(), makers.an_organisation(), makers.a_person()
    user = makers.a_user()
    cases: list[tuple[Any, str]] = [
        (
            Relation(parliament=makers.a_parliament(), organisation=organisation),
            "Name either a parliament or an organisation.",
        ),
        (Relation(), "Name either a parliament or an organisation."),
        (Portfolio(user=user, country=country, organisation=organisation), "Name either a country or an organisation."),
        (Portfolio(user=user), "Name either a country or an organisation."),
        (
            ContactPoint(kind="email", value="a", person=person, organisation=organisation),
            "Name either a person, an organisation or a chamber.",
        ),
        (ContactPoint(kind="email", value="a"), "Name either a person, an organisation or a chamber."),
    ]
    for record, message in cases:
        assert refusal_of(record) == {"__all__": [message]}
    one = makers.kept(ContactPoint(kind="email", value="a", organisation=organisation))
    assert one.whole == ("directory.organisation", organisation.pk)


def test_a_name_is_made_of_its_parts_when_only_they_are_typed() -> None:
    person = makers.a_person("Example", "Anna")
    assert [(name.text, name.by) for name in person.names.all()] == [("Anna Example", "Example Anna")]
    assert refusal_of(PersonName(person=person, language="be")) == {"text": ["Write the name."]}
    whole = makers.kept(PersonName(person=person, language="zh", text="示例"))
    assert (whole.text, whole.by) == ("示例", "示例")


def test_the_name_shown_is_the_preferred_then_the_official_then_the_present_when_there_are_many() -> None:
    person = makers.kept(Person())
    former = makers.a_name(person, family="Former", language="en", kind="former", until="2010")
    assert str(person.name_in("en")) == "Former"
    makers.a_name(person, family="Known", language="en", kind="known-as")
    assert str(fresh(person).name_in("en")) == "Known"
    makers.a_name(person, family="Official", language="en")
    assert str(fresh(person).name_in("en")) == "Official"
    with change(former, by=makers.BY) as held:
        held.is_preferred = True
    assert str(fresh(person).name_in("en")) == "Former"
    assert fresh(person).name_in("be") is None


def fresh(person: Person) -> Person:
    """The person without what was fetched before."""
    return Person.objects.get(pk=person.pk)


def test_the_home_parliament_is_ours_when_the_setting_names_it() -> None:
    other = makers.a_parliament()
    assert (Parliament.objects.home(), other.is_ours) == (None, False)
    home = makers.the_home_parliament()
    assert (Parliament.objects.home(), home.is_ours, other.is_ours) == (home, True, False)
    with change(Setting.objects.get(key=HOME_PARLIAMENT), by=makers.BY) as held:
        held.value = other.code
    assert Parliament.objects.home() == other


def test_only_full_memberships_count_when_statuses_are_asked() -> None:
    home, organisation = makers.a_parliament(), makers.an_organisation()
    for status in Status.Kind.values:
        makers.kept(Status(parliament=home, organisation=organisation, status=status))
    assert [one.status for one in Status.objects.all().full()] == ["member"]


def test_a_part_is_shown_on_the_page_of_its_whole_when_it_has_one() -> None:
    chamber, person, organisation = makers.a_chamber(), makers.a_person(), makers.an_organisation()
    faction = makers.kept(Faction(chamber=chamber, name=written({"en": "Faction"})))
    relation = makers.kept(Relation(parliament=chamber.parliament))
    wholes = [
        faction.whole,
        relation.whole,
        makers.kept(Relation(organisation=organisation)).whole,
        makers.kept(Affiliation(person=person, faction=faction)).whole,
        makers.a_mandate(person, chamber).whole,
        person.whole,
    ]
    assert wholes == [
        ("directory.chamber", chamber.pk),
        ("directory.parliament", chamber.parliament_id),
        ("directory.organisation", organisation.pk),
        ("directory.person", person.pk),
        ("directory.person", person.pk),
        None,
    ]
