"""From the name of a kind of record ("directory.person") to its model."""

from __future__ import annotations

from django.apps import apps

from interparl.core.records import Record

Ref = tuple[str, int]


def model_of(kind: str) -> type[Record]:
    """The model of that kind; raises LookupError when there is none."""
    model = apps.get_model(kind)
    if not issubclass(model, Record):
        raise LookupError(kind)  # noqa: TRY004  to the caller it is a name that is not there
    return model


def every_record() -> list[type[Record]]:
    """All models of records, in the order of the areas."""
    return [model for model in apps.get_models() if issubclass(model, Record)]
