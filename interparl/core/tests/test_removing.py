"""Removing many records at once: what stays of them, and what refuses it."""

from __future__ import annotations

import pytest

from interparl.core.actors import Actor
from interparl.core.models import Entry, Identifier, Label, Source
from interparl.core.removing import remove_many
from interparl.core.translated import written
from interparl.core.writing import Planned, Refused, change_many

BY = Actor.command("tests")
pytestmark = pytest.mark.django_db


def some_sources(number: int) -> list[Source]:
    sources = [Source(key=f"source-{one}", title=written({"en": f"Source {one}"})) for one in range(number)]
    change_many([Planned(source) for source in sources], by=BY)
    return sources


def test_values_stay_in_history_and_labels_go_when_many_are_removed() -> None:
    sources = some_sources(3)
    assert remove_many(sources[:2], by=BY, note="by mistake", batch=7) == 2
    assert list(Source.objects.values_list("key", flat=True)) == ["source-2"]
    assert set(Label.objects.values_list("object_id", flat=True)) == {sources[2].pk}
    entries = Entry.objects.filter(verb="removed").order_by("object_id")
    assert [(one.object_id, one.changes["key"], one.note, one.batch) for one in entries] == [
        (sources[0].pk, ["source-0", None], "by mistake", 7),
        (sources[1].pk, ["source-1", None], "by mistake", 7),
    ]


def test_nothing_is_removed_when_a_row_outside_points_to_one() -> None:
    sources = some_sources(2)
    pointing = Identifier(kind="core.source", object_id=1, scheme="x", value="1", source=sources[1])
    change_many([Planned(pointing)], by=BY)
    with pytest.raises(Refused, match="1 rows point to it"):
        remove_many(sources, by=BY)
    assert Source.objects.count() == 2


def test_rows_that_point_to_each_other_go_together_when_all_are_given() -> None:
    sources = some_sources(1)
    pointing = Identifier(kind="core.source", object_id=1, scheme="x", value="1", source=sources[0])
    change_many([Planned(pointing)], by=BY)
    assert remove_many([*sources, pointing], by=BY) == 2
    assert (Source.objects.count(), Identifier.objects.count()) == (0, 0)
