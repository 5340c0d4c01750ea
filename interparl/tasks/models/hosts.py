"""What tasks and clearances hang on: any record that is there."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from interparl.core.kinds import Ref, model_of
from interparl.core.records import Problem, Problems

NO_SUCH_RECORD = _("There is no such record.")


def refuse_nowhere(found: Problems, refs: Sequence[Ref | None]) -> Problems:
    """Notes each of these records that is not there, at the position at which it was named."""
    keys: dict[str, set[int]] = {}
    for ref in refs:
        if ref is not None:
            keys.setdefault(ref[0], set()).add(ref[1])
    there: set[Ref] = set()
    for kind, several in keys.items():
        try:
            rows = model_of(kind)._base_manager.filter(pk__in=several)
        except (LookupError, ValueError):
            continue
        there |= {(kind, key) for key in rows.values_list("pk", flat=True)}
    for position, ref in enumerate(refs):
        if ref is not None and ref not in there:
            found.add(position, Problem("no-record", NO_SUCH_RECORD, "object_id"))
    return found
