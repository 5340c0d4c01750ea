"""Clearances and tasks on the pages of the records that they are about; upper areas hang them where they are wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from interparl.accounts.models import User
from interparl.core.addresses import address, list_address, new_address
from interparl.core.blocks import BLOCK_ROWS, Content, Rows
from interparl.core.formats import write_day
from interparl.core.hooks import block_on
from interparl.core.marks import rank
from interparl.core.reads import note_rows
from interparl.core.records import Record
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.translated import shown
from interparl.tasks.models import Clearance, Task

CLEARANCE, TASK = "tasks.clearance", "tasks.task"
ASKING = gettext_lazy("Ask for a clearance")
TONES = {
    Clearance.State.WAITING: "neutral",
    Clearance.State.GIVEN: "good",
    Clearance.State.RETURNED: "warn",
    Clearance.State.REFUSED: "bad",
    Clearance.State.DROPPED: "neutral",
}
TASK_TONES = {Task.State.OPEN: "neutral", Task.State.DONE: "good", Task.State.DROPPED: "neutral"}


def answered(clearance: Clearance, reading: Reading) -> str:
    """On which day the answer came, and the remarks that go with it."""
    day = write_day(clearance.settled_on, reading.language) if clearance.settled_on else ""
    return ": ".join(filter(None, (day, shown(clearance.wording, reading.language).text)))


STEP: Column[Clearance] = Column(
    "step",
    pgettext_lazy("clearance", "Step"),
    lambda c, r: r.choice(c, "step"),
    kind="choice",
    sort="step",
    address=lambda c: address((CLEARANCE, c.pk)),
)
ORDER: Column[Clearance] = Column(
    "order", gettext_lazy("Order in the chain"), lambda c, r: c.order, kind="number", sort="order"
)
ASKED: Column[Clearance] = Column("asked", gettext_lazy("Asked of"), lambda c, r: c.asked)
DUE: Column[Clearance] = Column(
    "due_on", pgettext_lazy("task", "Due on"), lambda c, r: c.due_on, kind="date", sort="due_on"
)
STATE: Column[Clearance] = Column(
    "state",
    gettext_lazy("State"),
    lambda c, r: r.choice(c, "state"),
    kind="choice",
    sort="state",
    second=answered,
    tone=lambda c, r: TONES[Clearance.State(c.state)],
)
CHAIN: Columns[Clearance] = Columns((STEP, ORDER, ASKED, DUE, STATE), related=("asked_of",))

TITLE: Column[Task] = Column(
    "title",
    gettext_lazy("Title"),
    lambda t, r: shown(t.title, r.language).text,
    spoken=lambda t, r: shown(t.title, r.language).language,
    address=lambda t: address((TASK, t.pk)),
)
OWNER: Column[Task] = Column("owner", gettext_lazy("Who does it"), lambda t, r: str(t.owner))
TASK_DUE: Column[Task] = Column(
    "due_on", pgettext_lazy("task", "Due on"), lambda t, r: t.due_on, kind="date", sort="due_on"
)
TASK_STATE: Column[Task] = Column(
    "state",
    gettext_lazy("State"),
    lambda t, r: r.choice(t, "state"),
    kind="choice",
    sort="state",
    tone=lambda t, r: TASK_TONES[Task.State(t.state)],
)
TO_DO: Columns[Task] = Columns((TITLE, OWNER, TASK_DUE, TASK_STATE), related=("owner",))


def clearances_of(record: Record, reading: Reading) -> Content | None:
    """The chain of steps of the record in its order, the way to all, and to a form for a further one."""
    if not _may_view(CLEARANCE, reading):
        return None
    kind, key = record.record_kind(), record.pk
    table = Table.of(CHAIN, Clearance.objects.visible_to(reading.user).about(kind, key), reading, limit=BLOCK_ROWS)
    add = asking_address(record, reading)
    rows = Rows(table, more=chain_address(record), add=add, adding=ASKING)
    return rows if table.rows or add else None


def known_steps(chains: Mapping[int, Sequence[Clearance]], reading: Reading) -> dict[int, list[Clearance]]:
    """Of the chains of several records what the reader may know of, without those of which he knows nothing."""
    if not _may_view(CLEARANCE, reading):
        return {}
    found = {key: [one for one in chain if one.is_open_to(reading.user)] for key, chain in chains.items()}
    note_rows(one for chain in found.values() for one in chain)
    return {key: chain for key, chain in found.items() if chain}


def step_words(clearance: Clearance, reading: Reading) -> str:
    """A step in a line: what, of whom, how far it came and since when, or by when it is wanted."""
    words = {"step": reading.choice(clearance, "step"), "asked": clearance.asked}
    if not clearance.is_waiting:
        answer = ", ".join(filter(None, (reading.choice(clearance, "state"), answered(clearance, reading))))
        return gettext("%(step)s – %(asked)s: %(answer)s") % {**words, "answer": answer}
    if clearance.due_on is None:
        return gettext("%(step)s – waits for: %(asked)s") % words
    day = write_day(clearance.due_on, reading.language)
    return gettext("%(step)s – waits for: %(asked)s, by %(day)s") % {**words, "day": day}


def chain_address(record: Record) -> str:
    """The list of all steps of the record."""
    return list_address(CLEARANCE, of=f"{record.record_kind()}-{record.pk}")


def asking_address(record: Record, reading: Reading) -> str:
    """The form on which a further step is asked for the record, for who may."""
    return _add(CLEARANCE, record, Clearance(kind=record.record_kind(), object_id=record.pk), reading)


def tasks_of(record: Record, reading: Reading) -> Content | None:
    """What is still to be done about the record, what is due first before the rest."""
    if not _may_view(TASK, reading):
        return None
    kind, key = record.record_kind(), record.pk
    table = Table.of(TO_DO, Task.objects.visible_to(reading.user).about(kind, key).open(), reading, limit=BLOCK_ROWS)
    add = _add(TASK, record, Task(kind=kind, object_id=key), reading)
    more = list_address(TASK, of=f"{kind}-{key}", state=Task.State.OPEN)
    return Rows(table, more=more, add=add) if table.rows or add else None


def _may_view(kind: str, reading: Reading) -> bool:
    area, _dot, name = kind.partition(".")
    return isinstance(reading.user, User) and reading.user.rights.may(f"{area}.view_{name}")


def _add(kind: str, record: Record, draft: Record, reading: Reading) -> str:
    """The form for a further one about the record, marked no lower than that, for who may add it."""
    if reading.is_past or not draft.may_do("add", reading.user):
        return ""
    mark = max(draft.mark, record.effective_mark, key=rank)
    return new_address(kind, kind=record.record_kind(), object_id=str(record.pk), mark=mark)


def clearance_block_on(model: type[Record], *, order: int = 70) -> None:
    """Hangs the chain of clearances on the pages of a kind of record; called by its area, or by one above it."""
    block_on(model, "clearances", gettext_lazy("Clearances"), order=order)(clearances_of)


def task_block_on(model: type[Record], *, order: int = 75) -> None:
    """Hangs the open tasks on the pages of a kind of record; called by its area, or by one above it."""
    block_on(model, "tasks", gettext_lazy("Tasks"), order=order)(tasks_of)
