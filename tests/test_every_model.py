"""What holds for every model of records, with pages or without: who reads it, and that all is written by the gate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction

from interparl.bodies.models import Membership
from interparl.core.days import today
from interparl.core.kinds import every_record
from interparl.core.models import Entry
from interparl.core.querysets import UntrackedWrite
from interparl.core.records import Record
from interparl.core.translated import written
from interparl.directory.models import Organisation
from tests.makers import a_part
from tests.samples import a_draft, a_record

pytestmark = pytest.mark.django_db

every_model = pytest.mark.parametrize("model", every_record(), ids=lambda model: model.record_kind())
PUBLISHED = {"mark": "public", "published_on": date(2014, 5, 1)}


@every_model
def test_the_public_reads_a_record_when_it_and_its_wholes_are_public_and_published(model: type[Any]) -> None:
    public = a_record(model, common=PUBLISHED)
    others = [
        a_record(model, common=PUBLISHED, mark="internal"),
        a_record(model, common=PUBLISHED, published_on=None),
        a_record(model, common=PUBLISHED, published_on=today() + timedelta(days=1)),
        *(a_record(model, common=PUBLISHED, **hidden) for hidden in _with_a_hidden_whole(model)),
    ]
    seen = model.objects.visible_to(AnonymousUser()).filter(pk__in=[public.pk, *(one.pk for one in others)])
    assert [one.pk for one in seen] == ([] if model.is_pointer else [public.pk])
    assert [one.pk for one in (public, *others) if one.is_open_to(AnonymousUser())] == [one.pk for one in seen]


def _with_a_hidden_whole(model: type[Record]) -> list[dict[str, Any]]:
    """For each relation through which a record is read: values that point to a whole that nobody may read."""
    found = []
    for name in model.reads_through:
        column: Any = model._meta.get_field(name)
        if column.null and model.record_kind() != "directory.contactpoint":
            continue
        hidden = a_record(column.related_model, common=PUBLISHED, mark="internal")
        found.append({name: hidden})
    return found


@every_model
def test_a_write_raises_when_it_goes_past_the_gate(model: type[Any]) -> None:
    record, draft = a_record(model), a_draft(model)
    rows = model.objects.filter(pk=record.pk)
    base = model._base_manager
    deeds: list[Callable[[], Any]] = [
        record.save,
        record.delete,
        draft.save,
        lambda: rows.update(mark="public"),
        rows.delete,
        lambda: model.objects.bulk_create([draft]),
        lambda: model.objects.bulk_update([record], ["mark"]),
        lambda: model.objects.create(**{field: draft.serializable_value(field) for field in _columns(model)}),
        lambda: model.objects.update_or_create(pk=record.pk, defaults={"mark": "public"}),
        lambda: base.filter(pk=record.pk).update(mark="public"),
        lambda: base.filter(pk=record.pk).delete(),
        lambda: base.bulk_create([draft]),
    ]
    for deed in deeds:
        with pytest.raises(UntrackedWrite), transaction.atomic():
            deed()
    assert model.objects.count() == model.objects.filter(pk__in=_all_keys(model)).count()
    assert rows.get().mark == record.mark


def _columns(model: type[Record]) -> list[str]:
    return [column.attname for column in model._meta.concrete_fields if not column.primary_key]


def _all_keys(model: type[Any]) -> list[int]:
    return list(Entry.objects.filter(kind=model.record_kind(), verb="added").values_list("object_id", flat=True))


def test_a_related_manager_raises_when_it_would_write_past_the_gate() -> None:
    part, whole = a_record(Organisation), a_record(Organisation)
    deeds: list[Callable[[], Any]] = [
        lambda: whole.parts.add(part),
        lambda: whole.parts.set([part]),
        lambda: whole.parts.update(parent=None),
        lambda: whole.parts.create(code="new", kind="other", name=written({"en": "New"})),
    ]
    for deed in deeds:
        with pytest.raises(UntrackedWrite), transaction.atomic():
            deed()
    assert (whole.parts.count(), Organisation.objects.count()) == (0, 2)


@every_model
def test_a_relation_protects_what_it_points_to_when_that_is_removed(model: type[Record]) -> None:
    relations = [column for column in model._meta.concrete_fields if isinstance(column, models.ForeignKey)]
    assert [one.name for one in relations if one.remote_field.on_delete is not models.PROTECT] == []
    assert model._meta.many_to_many == ()


@pytest.mark.parametrize(
    "order", ["since_earliest", "-since_earliest", "part__since_earliest", "-part__since_earliest"]
)
def test_what_is_empty_stands_in_one_place_on_both_databases_when_rows_are_ordered(order: str) -> None:
    dated, open_one = (a_record(Membership, part=a_part(since=day), since=day) for day in ("2012-10-11", ""))
    found = Membership.objects.order_by(order, "pk")
    in_order = [open_one.pk, dated.pk]
    assert [one.pk for one in found] == (in_order[::-1] if order.startswith("-") else in_order)
    assert [one.pk for one in found.reverse()] == (in_order if order.startswith("-") else in_order[::-1])


def test_no_model_leaves_open_where_empty_values_stand_in_its_own_order() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("interparl.")]
    open_ones = [
        f"{model._meta.label}: {name}"
        for model in ours
        for name in model._meta.ordering or ()
        if isinstance(name, str) and name.strip("-") != "pk" and model._meta.get_field(name.strip("-")).null
    ]
    assert len(ours) > 60
    assert open_ones == []
