"""Real lists of visits, delegations, an agenda, sittings: as many as were counted, brought in once, and out again."""

from __future__ import annotations

import codecs
import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from interparl.config.command_line import run
from interparl.core.models import Identifier
from interparl.directory.models import Person
from interparl.exchange.actions import apply, preview, undo
from interparl.exchange.models import Batch
from interparl.meetings.models import Event, Participation, ProgrammeItem
from tests.independent import events_count
from tests.makers import BY
from tests.valley import dump, numbers, told

pytestmark = pytest.mark.django_db
VISITS = ("visits/portugal-visits-and-meetings.json", "portugal-visits")
DELEGATIONS = ("visits/portugal-occasional-delegations.json", "portugal-delegations")
AGENDA = ("calendars/portugal-agenda.json", "portugal-agenda")
SITTINGS = ("visits/european-parliament-meetings-2022.ttl", "european-parliament-sittings")
FILES = (VISITS, DELEGATIONS, AGENDA, SITTINGS)
KINDS = {"VEE": "incoming-visit", "RNI": "outgoing-visit", "RNN": "other"}


def looked_at(data: Path, file: tuple[str, str], *, before: bytes = b"") -> Batch:
    path = data / file[0]
    return preview("events-csv", before + path.read_bytes(), path.name, by=BY, options={"mapping": file[1]})


def taken(data: Path, file: tuple[str, str]) -> Batch:
    batch = looked_at(data, file)
    assert batch.counts["errors"] == 0, [one for one in batch.messages if one["level"] == "error"]
    apply(batch, by=BY)
    return batch


def counted(*fields: str) -> dict[Any, int]:
    """How many events have each value."""
    rows = Event.objects.values_list(*fields, flat=len(fields) == 1)
    return {value: number for value, number in Counter(rows).items() if value}


def ids(kind: str, source: str, record: str) -> dict[int, str]:
    """The ids in the source, by record."""
    return dict(Identifier.objects.of(kind, f"{source}:{record}").values_list("object_id", "value"))


@pytest.mark.parametrize("file", FILES, ids=[code for _path, code in FILES])
def test_a_file_brings_nothing_the_second_time_and_leaves_nothing_when_it_is_undone(
    data_folder: Path, file: tuple[str, str]
) -> None:
    before = dump()
    batch = taken(data_folder, file)
    again, marked = looked_at(data_folder, file), looked_at(data_folder, file, before=codecs.BOM_UTF8)
    assert set(numbers(again)) <= {"same", "doubtful"}
    assert again.counts["doubtful"] == batch.counts["doubtful"]
    assert (marked.counts, marked.messages) == (again.counts, again.messages)
    undo(batch, by=BY)
    assert dump() == before


def test_visits_equal_their_counts_when_they_are_brought_in(data_folder: Path) -> None:
    expected = events_count.visits(data_folder / VISITS[0])
    batch = taken(data_folder, VISITS)
    events = batch.counts["by_record"]["event"]
    assert (events["new"], events["doubtful"]) == (expected["rows"] - expected["twice"], expected["twice"])
    assert [key for _place, key in told(batch, "event_twice")] == ["event_twice"]
    assert sum(counted("since_earliest__year").values()) == events["new"]
    waits = Counter({"outgoing-visit": expected["twice"]})
    kinds = Counter({KINDS[kind]: number for kind, number in expected["kinds"].items()}) - waits
    assert counted("kind") == kinds
    # The one that stands twice is in Brazil.
    assert counted("where__code") == Counter(expected["places"]) - Counter({"BR": expected["twice"]})
    assert sorted(Participation.objects.values_list("printed_name", flat=True)) == expected["guests"]
    assert set(Participation.objects.values_list("function", flat=True)) == {"guest"}
    assert not Participation.objects.filter(person__isnull=False).exists()
    spans = Event.objects.values_list("since_earliest", "until_earliest")
    days = sum((last - first).days + 1 for first, last in spans if first and last)
    assert days == expected["days"] - expected["days_twice"]
    assert Event.objects.filter(place={}).count() == expected["without_place"]


def test_whom_visits_are_with_is_told_by_place_or_title(data_folder: Path) -> None:
    taken(data_folder, VISITS)
    with_whom = dict(Event.objects.values_list("title__pt__text", "country__code"))
    told = {title[:60]: code for title, code in with_whom.items()}
    assert told["Visita à Bósnia Herzegovina"] == "BA"
    assert told["Visita Oficial do Presidente da Assembleia Nacional da Repúb"] == "KR"
    assert told["Reuniões na Sede da APNATO"] is None
    assert "RE" not in with_whom.values()
    event = Participation.objects.get(printed_name="Hugo Motta").event
    assert set(event.participations.values_list("country__code", flat=True)) == {"BR"}


@pytest.mark.parametrize("deputies", [False, True])
def test_delegations_equal_their_counts_with_deputies_or_without(data_folder: Path, deputies: bool) -> None:
    if deputies:
        path = data_folder / "legislators" / "portugal-deputies-17.json"
        apply(
            preview("people-csv", path.read_bytes(), path.name, by=BY, options={"mapping": "portugal-deputies"}), by=BY
        )
    people = Person.objects.count()
    expected = events_count.visits(data_folder / DELEGATIONS[0])
    batch = taken(data_folder, DELEGATIONS)
    assert Event.objects.count() == expected["rows"]
    assert counted("since_earliest__year") == expected["years"]
    assert counted("where__code") == expected["places"]
    of_person = ids("directory.person", "portugal-deputies", "person")
    members = Counter(of_person[key] for key in Participation.objects.values_list("person", flat=True) if key)
    assert members == expected["members"]
    assert Person.objects.count() - people == (0 if deputies else len(expected["members"]))
    outcome = "same" if deputies else "new"
    assert batch.counts["by_record"]["person"][outcome] == len(expected["members"])
    assert set(Participation.objects.values_list("country__code", "capacity")) == {("PT", "parliamentarian")}


def test_an_agenda_equals_its_counts_and_reads_its_texts(data_folder: Path) -> None:
    expected = events_count.agenda(data_folder / AGENDA[0])
    taken(data_folder, AGENDA)
    assert Event.objects.count() == expected["rows"]
    assert Event.objects.exclude(begins="").count() == expected["timed"]
    assert Event.objects.exclude(ends="").count() == expected["ending"]
    assert Event.objects.filter(kind="sitting", number__isnull=False).count() == expected["meetings"]
    days = {f"{day[6:]}-{day[3:5]}-{day[:2]}": number for day, number in expected["days"].items()}
    assert counted("since") == days
    texts = [text for text in Event.objects.values_list("purpose__pt__text", flat=True) if text]
    assert len(texts) == expected["texts"]
    assert not any(sign in text for text in texts for sign in ("&", "<", ">", "\xa0"))
    assert any("1. Informações Gerais.\n\n2. Discussão sobre as atividades" in text for text in texts)
    assert Event.objects.filter(begins_at="2026-01-07T14:30:00Z").count() == 1


def test_sittings_have_the_days_that_their_names_say(data_folder: Path) -> None:
    expected = events_count.sittings(data_folder / SITTINGS[0])
    taken(data_folder, SITTINGS)
    assert sorted(Event.objects.values_list("since", flat=True)) == expected["days"]
    assert Event.objects.exclude(until__in=expected["days"]).count() == 0
    assert counted("since_earliest__month") == expected["months"]
    codes = {"FR": "FRA", "BE": "BEL"}
    assert {codes[code]: number for code, number in counted("where__code").items()} == expected["places"]
    parts = Counter(ProgrammeItem.objects.values_list("event", flat=True))
    assert ProgrammeItem.objects.count() == expected["parts"]
    assert sorted([*parts.values(), *[0] * (expected["rows"] - len(parts))]) == expected["parts_of"]
    assert all(item.day == item.event.first_day for item in ProgrammeItem.objects.select_related("event"))
    assert {code for title in Event.objects.values_list("title", flat=True) for code in title} == {"en"}
    late = ProgrammeItem.objects.filter(day="2022-03-23", begins="15:00").values_list("ends", "ends_at")
    assert {(ends, at and at.isoformat()) for ends, at in late} == {("24:00", "2022-03-23T23:00:00+00:00")}


def test_a_packed_file_says_the_same(data_folder: Path) -> None:
    plain = looked_at(data_folder, SITTINGS)
    data = gzip.compress((data_folder / SITTINGS[0]).read_bytes())
    packed = preview("events-csv", data, "meetings.ttl.gz", by=BY, options={"mapping": SITTINGS[1]})
    assert packed.counts == plain.counts


def test_the_command_prints_counts_by_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "visits.json"
    people = [{"Id": None, "Nome": "Bo Ek", "Tipo": "CON", "Gp": None, "Leg": None}]
    visit = {
        "Id": "1",
        "Nome": "Visita",
        "Tipo": "VEE",
        "DataInicio": "14/11/2025 00:00:00",
        "DataFim": "",
        "Local": "",
    }
    file.write_text(json.dumps([{**visit, "Participantes": people}]))
    words = ["import", "events-csv", str(file), "--mapping", "portugal-visits", "--json"]
    assert run(words) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["kind"], found["rows"], found["batch"]) == ("events-csv", 1, None)
    assert {name: one["new"] for name, one in found["by_record"].items()} == {"event": 1, "participation": 1}
    assert run([*words, "--apply"]) == 0
    assert json.loads(capsys.readouterr().out)["batch"] is not None
    assert Event.objects.get().until == "2025-11-14"
