"""What the administration hangs on the pages of records: who has read what is for official use."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.accounts.roles import RESTRICTED
from interparl.core.blocks import BLOCK_ROWS, Rows
from interparl.core.formats import write_moment
from interparl.core.hooks import block_on
from interparl.core.kinds import every_record
from interparl.core.models import ReadEntry
from interparl.core.records import Record
from interparl.core.tables import Column, Columns, Reading, Table

columns: Columns[ReadEntry] = Columns(
    (
        Column("user", _("User"), lambda entry, _reading: str(entry.user)),
        Column("at", _("When"), lambda entry, reading: write_moment(entry.at, reading.language)),
    )
)


def read_by(record: Record, reading: Reading) -> Rows | None:
    """The last readings of a record for official use and the way to all, for who may see the log."""
    if record.effective_mark not in RESTRICTED or not isinstance(reading.user, User):
        return None
    if not reading.user.has_perm("core.view_readentry"):
        return None
    ref = {"kind": record.record_kind(), "record": str(record.pk)}
    found = ReadEntry.objects.filter(kind=ref["kind"], object_id=record.pk).select_related("user").order_by("-pk")
    every = f"{reverse('administration:audit-reads')}?{urlencode(ref)}"
    table = Table.of(columns, found, reading, limit=BLOCK_ROWS)
    return Rows(table, more=every) if table.rows else None


for _model in every_record():
    block_on(_model, "read_by", _("Read by"), place="side", order=95, is_printed=False)(read_by)
