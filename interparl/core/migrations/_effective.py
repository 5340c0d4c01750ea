"""Fills the marks in force of rows that were written before these were kept; for migrations of every area."""

from collections.abc import Callable, Sequence

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, OuterRef, Subquery

RISING = ("public", "internal", "official", "pointer")


def fill(area: str, kinds: Sequence[tuple[str, tuple[str, ...]]]) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    """A step that fills these kinds in this order, each with the foreign keys whose marks also count."""

    def step(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
        for name, paths in kinds:
            rows = apps.get_model(area, name)._base_manager
            rows.update(effective_mark=F("mark"), effective_published_on=F("published_on"))
            for path in paths:
                for place, mark in enumerate(RISING[1:], start=1):
                    below = rows.filter(**{f"{path}__effective_mark": mark}, effective_mark__in=RISING[:place])
                    below.update(effective_mark=mark)
                column = apps.get_model(area, name)._meta.get_field(path)
                days = column.related_model._base_manager.filter(pk=OuterRef(path)).values("effective_published_on")
                unpublished = rows.filter(**{f"{path}__isnull": False, f"{path}__effective_published_on__isnull": True})
                unpublished.update(effective_published_on=None)
                later = rows.filter(**{f"{path}__effective_published_on__gt": F("effective_published_on")})
                later.update(effective_published_on=Subquery(days))

    return step
