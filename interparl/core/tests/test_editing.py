"""Two editors of one record: what only one changed is merged, what both changed is shown, nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.models import Entry
from interparl.core.translated import written
from interparl.core.writing import change
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def country(db: None) -> Any:
    """A record that two people edit."""
    return makers.a_country("AM", "Armenia", numeric="051", zone="Asia/Yerevan")


@pytest.fixture
def mine(client: Client, officer: User, country: Any) -> dict[str, str]:
    """What my browser sends when I save the form that I opened before the other saved."""
    client.force_login(officer)
    form = client.get(url_of(country)).context["form"]
    return {
        "seen": str(form["seen"].value()),
        "name_en": "Armenia",
        "code": "AM",
        "numeric": "051",
        "zone": "Asia/Yerevan",
        "mark": "internal",
        "grade": "stated",
    }


def url_of(country: Any) -> str:
    """Where it is edited."""
    return address(("directory.country", country.pk), "edit")


def other_changes(country: Any, **values: Any) -> None:
    """Somebody else saves."""
    other = User.objects.filter(username="Other").first() or makers.a_user(name="Other")
    with change(country, by=other, verb="changed") as held:
        for name, value in values.items():
            setattr(held, name, value)


def theirs(answer: Any) -> list[tuple[str, str, str, bool]]:
    """What the page says of the other's changes."""
    return [(one.field, one.words, one.actor, one.is_merged) for one in answer.context["their_changes"]]


def test_the_form_is_saved_when_nobody_else_changed_the_record(
    client: Client, country: Any, mine: dict[str, str]
) -> None:
    assert client.post(url_of(country), mine | {"alpha3": "ARM", "reason": "From the list"}).status_code == 302
    country.refresh_from_db()
    assert (country.alpha3, Entry.objects.latest("pk").note) == ("ARM", "From the list")


def test_both_changes_stand_when_they_touch_different_fields(
    client: Client, country: Any, mine: dict[str, str]
) -> None:
    other_changes(country, zone="Europe/Minsk")
    answer = client.post(url_of(country), mine | {"alpha3": "ARM"})
    assert (answer.status_code, theirs(answer)) == (422, [("zone", "Europe/Minsk", "Other", True)])
    country.refresh_from_db()
    assert country.alpha3 == ""
    form = answer.context["form"]
    assert (form["zone"].value(), form["alpha3"].value(), form["seen"].value()) == (
        "Europe/Minsk",
        "ARM",
        str(Entry.objects.latest("pk").pk),
    )
    merged = mine | {"alpha3": "ARM", "zone": form["zone"].value(), "seen": form["seen"].value()}
    assert client.post(url_of(country), merged).status_code == 302
    country.refresh_from_db()
    assert (country.alpha3, country.zone) == ("ARM", "Europe/Minsk")


def test_the_other_s_value_is_shown_and_mine_stands_in_the_field_when_both_changed_it(
    client: Client, country: Any, mine: dict[str, str]
) -> None:
    other_changes(country, zone="Europe/Minsk")
    answer = client.post(url_of(country), mine | {"zone": "Asia/Tbilisi"})
    assert (answer.status_code, theirs(answer)) == (422, [("zone", "Europe/Minsk", "Other", False)])
    assert answer.context["form"]["zone"].value() == "Asia/Tbilisi"
    country.refresh_from_db()
    assert country.zone == "Europe/Minsk"


def test_mine_is_saved_when_i_save_again_after_seeing_the_other_s(
    client: Client, country: Any, mine: dict[str, str]
) -> None:
    other_changes(country, zone="Europe/Minsk")
    first = client.post(url_of(country), mine | {"zone": "Asia/Tbilisi"})
    again = mine | {"zone": "Asia/Tbilisi", "seen": first.context["form"]["seen"].value()}
    assert client.post(url_of(country), again).status_code == 302
    country.refresh_from_db()
    assert country.zone == "Asia/Tbilisi"
    assert Entry.objects.latest("pk").changes == {"zone": ["Europe/Minsk", "Asia/Tbilisi"]}


def test_a_third_change_is_shown_when_it_comes_while_i_look_at_the_second(
    client: Client, country: Any, mine: dict[str, str]
) -> None:
    other_changes(country, zone="Europe/Minsk")
    first = client.post(url_of(country), mine | {"zone": "Asia/Tbilisi"})
    other_changes(country, zone="Europe/Riga")
    again = mine | {"zone": "Asia/Tbilisi", "seen": first.context["form"]["seen"].value()}
    answer = client.post(url_of(country), again)
    assert (answer.status_code, theirs(answer)) == (422, [("zone", "Europe/Riga", "Other", False)])


def test_nothing_is_asked_when_both_typed_the_same(client: Client, country: Any, mine: dict[str, str]) -> None:
    other_changes(country, zone="Europe/Minsk")
    assert client.post(url_of(country), mine | {"zone": "Europe/Minsk"}).status_code == 302
    assert Entry.objects.filter(kind="directory.country").count() == 2


def test_a_text_is_merged_when_the_other_translated_it(client: Client, country: Any, mine: dict[str, str]) -> None:
    other_changes(country, name=written({"en": "Armenia", "be": "Арменія"}))
    answer = client.post(url_of(country), mine | {"alpha3": "ARM"})
    assert theirs(answer) == [("name", "Armenia · Арменія", "Other", True)]
    assert answer.context["form"].data["name_be"] == "Арменія"


def test_a_relation_is_merged_when_the_other_chose_it(client: Client, country: Any, mine: dict[str, str]) -> None:
    source = makers.a_source(title="Register")
    other_changes(country, source=source)
    answer = client.post(url_of(country), mine | {"alpha3": "ARM"})
    assert theirs(answer) == [("source", "Register", "Other", True)]
    assert answer.context["form"].data["source"] == f"#{source.pk}"
    saved = client.post(url_of(country), {**answer.context["form"].data.dict(), "name_en": "Armenia"})
    country.refresh_from_db()
    assert (saved.status_code, country.source, country.alpha3) == (302, source, "ARM")


def test_nothing_is_asked_when_the_other_took_the_change_back(
    client: Client, country: Any, mine: dict[str, str]
) -> None:
    other_changes(country, zone="Europe/Minsk")
    other_changes(country, zone="Asia/Yerevan")
    assert client.post(url_of(country), mine | {"alpha3": "ARM"}).status_code == 302


def test_a_change_of_the_other_counts_when_it_was_a_removal_of_a_value(
    client: Client, country: Any, mine: dict[str, str]
) -> None:
    other_changes(country, numeric="")
    answer = client.post(url_of(country), mine | {"alpha3": "ARM"})
    assert theirs(answer) == [("numeric", "", "Other", True)]
    assert answer.context["form"].data["numeric"] == ""


def test_what_the_other_published_stays_when_my_form_has_no_such_field(
    client: Client, country: Any, mine: dict[str, str]
) -> None:
    other_changes(country, published_on="2014-06-01")
    assert client.post(url_of(country), mine | {"alpha3": "ARM"}).status_code == 302
    country.refresh_from_db()
    assert (country.alpha3, str(country.published_on)) == ("ARM", "2014-06-01")
