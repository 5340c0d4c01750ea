"""What an edition changed beside the one before it: as values, as a page, as files, from the command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from interparl.accounts.models import User
from interparl.config.command_line import run
from interparl.core.writing import change
from interparl.directory.models import Person
from interparl.exchange.actions.reports import earlier_edition, report_json, report_of
from interparl.exchange.models import Batch
from tests.makers import BY
from tests.valley import ANNA, GREENS, HOUSE, SEAT, TERM, a_file, applied, looked_at

pytestmark = pytest.mark.django_db
OPEN_TERM = TERM | {"end_date": None}
JAN = {"id": "p2", "name": "Jan Lis"}


def two_editions() -> Batch:
    first = a_file(events=[OPEN_TERM], persons=[ANNA, JAN], memberships=[SEAT, SEAT | {"person_id": "p2"}])
    applied(first, on=None, name="valley-2014.popolo.json")
    anna = ANNA | {"name": "Anna Nowak-Lis", "family_name": "Nowak-Lis", "birth_date": "1970-05-02"}
    second = a_file(
        events=[OPEN_TERM],
        persons=[anna, {"id": "p3", "name": "Ewa Bor"}],
        organizations=[HOUSE, GREENS | {"name": "The Greens"}],
        memberships=[SEAT, SEAT | {"person_id": "p3"}],
    )
    return looked_at(second)


def named(several: list[dict[str, Any]]) -> list[str]:
    return [one["name"] for one in several]


def test_a_report_tells_new_gone_renamed_and_changed() -> None:
    batch = two_editions()
    report = report_json(batch.rows.order_by("pk"))
    assert (named(report["person"]["new"]), named(report["person"]["gone"])) == (["Ewa Bor"], ["Jan Lis"])
    assert (named(report["membership"]["new"]), named(report["membership"]["gone"])) == (["Ewa Bor"], ["Jan Lis"])
    [anna] = report["person"]["renamed"]
    assert (anna["from"], anna["to"]) == ("Anna Nowak", "Anna Nowak-Lis")
    [greens] = report["organization"]["renamed"]
    assert (greens["from"], greens["to"]) == ("Greens", "The Greens")
    assert report["person"]["changed"] == {"born": 1, "personname.family": 1, "personname.text": 1}


def test_a_part_that_is_added_counts_as_a_change_when_its_record_is_known(client: Client, officer: User) -> None:
    applied(a_file(persons=[ANNA]), on=None)
    batch = looked_at(a_file(persons=[ANNA | {"email": "anna@parl.example"}]))
    assert report_json(batch.rows.order_by("pk"))["person"] == {
        "new": [],
        "gone": [],
        "renamed": [],
        "changed": {"contactpoint.value": 1},
    }
    client.force_login(officer)
    address = f"/desk/imports/{batch.pk}/report/"
    assert "<dt>Contact point</dt>" in client.get(address).content.decode()
    assert "Person,Changed,Contact point,,1" in client.get(address, {"format": "csv"}).content.decode()
    assert "anna@parl.example" in client.get(f"/desk/imports/{batch.pk}/").content.decode()


def test_there_is_an_earlier_edition_only_of_the_same_source() -> None:
    batch = two_editions()
    assert (earlier_edition(batch).name, earlier_edition(looked_at(name="hill.popolo.json"))) == (  # type: ignore[union-attr]  # one is there
        "valley-2014.popolo.json",
        None,
    )


def test_a_report_leaves_out_what_its_reader_may_not_know_of(officer: User) -> None:
    batch = two_editions()
    with change(Person.objects.get(names__text="Anna Nowak"), by=BY) as held:
        held.mark = "official"
    report = report_of(batch.rows.order_by("pk"), reader=officer, language="en")
    assert (report["person"].renamed, report["person"].changed, named(report["person"].new)) == ([], {}, ["Ewa Bor"])


@pytest.mark.parametrize("form", ["", "json", "csv", "xlsx"])
def test_the_report_is_a_page_and_files(client: Client, officer: User, form: str) -> None:
    client.force_login(officer)
    batch = two_editions()
    answer = client.get(f"/desk/imports/{batch.pk}/report/", {"format": form} if form else {})
    assert answer.status_code == 200
    if form == "json":
        rows = json.loads(answer.content)["rows"]
        assert {"kind": "person", "what": "new", "name": "Ewa Bor", "before": "", "after": ""} in rows
    elif form != "xlsx":
        assert "Anna Nowak-Lis" in answer.content.decode()


def test_the_page_says_that_there_is_no_earlier_edition(client: Client, officer: User) -> None:
    client.force_login(officer)
    page = client.get(f"/desk/imports/{looked_at().pk}/report/").content.decode()
    assert "No earlier edition of this source was applied." in page


@pytest.mark.parametrize("more", [(), ("--apply",)])
def test_the_command_tells_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    applied()
    path = tmp_path / "valley.popolo.json"
    path.write_bytes(a_file(persons=[ANNA, JAN]))
    assert run(["import", "popolo", str(path), "--json", *more]) == 0
    report = json.loads(capsys.readouterr().out)["report"]
    assert (named(report["person"]["new"]), list(report)) == (["Jan Lis"], ["person"])


def test_the_command_tells_none_when_it_is_the_first_edition(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "valley.popolo.json"
    path.write_bytes(a_file())
    assert run(["import", "popolo", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["report"] == {}
