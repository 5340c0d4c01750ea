"""Forms of clearances, tasks and moved days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.core.addresses import address, page_of
from interparl.core.forms import RecordForm
from interparl.core.marks import rank
from interparl.core.reads import host_of
from interparl.core.records import Record
from interparl.core.templatetags.ui_parts import Link
from interparl.core.titles import load_titles
from interparl.tasks.models import Clearance, MovedDay, Task
from interparl.tasks.models.hosts import NO_SUCH_RECORD

COMMON = ["note", "mark", "grade", "source"]
# What a row is about stands in the address of the form for a new one, and is no matter of editing.
HOST = ("kind", "object_id")
LONGEST_KEY = 19
NOT_FOR_HIM = _("%(user)s may not read this, so it cannot be asked there. Choose somebody else, or a lower mark.")


def people_to_ask(form: forms.ModelForm[Any], name: str) -> None:
    """Offers the open accounts in that field, and the one that stands there."""
    field: Any = form.fields[name]
    standing = getattr(form.instance, f"{name}_id")
    field.queryset = User.objects.filter(Q(is_active=True) | Q(pk=standing)).order_by("pk")


class HostedForm(RecordForm[Any]):
    """The form of what hangs on a record that the reader may know of, and is asked of a user who may know of it."""

    asked = ""

    class Meta:
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people_to_ask(self, self.asked)
        for name in HOST:
            if self.instance.pk:
                del self.fields[name]
            else:
                self.fields[name].widget = forms.HiddenInput()
        self.about = self._about()

    def _about(self) -> Link | None:
        """What it is asked about, for who may know of that."""
        kind, key = (self[name].value() if name in self.fields else None for name in HOST)
        is_key = str(key).isascii() and str(key).isdigit() and len(str(key)) < LONGEST_KEY
        host = host_of(str(kind or ""), int(str(key)), self.reading.user) if is_key else None
        if host is None:
            return None
        ref = (host.record_kind(), host.pk)
        load_titles([ref], self.reading)
        return Link(self.reading.name(*ref) or str(host), address(page_of(host)))

    def clean(self) -> dict[str, Any]:
        """What it hangs on is there; who is asked may read it."""
        given = super().clean() or self.cleaned_data
        kind, key = (given.get(name) or getattr(self.instance, name) for name in HOST)
        host = host_of(kind, key, self.reading.user) if kind and key is not None else None
        if (kind or key is not None) and host is None and not set(HOST) & set(self.errors):
            self.add_error(None, str(NO_SUCH_RECORD))
        user = given.get(self.asked)
        if isinstance(user, User) and not self._may_read(user, given, host):
            self.add_error(self.asked, str(NOT_FOR_HIM) % {"user": user})
        return given

    def _may_read(self, user: User, given: dict[str, Any], host: Record | None) -> bool:
        """Whether the user could read the row as it was typed."""
        kind, key = (host.record_kind(), host.pk) if host else ("", None)
        draft = self._meta.model(kind=kind, object_id=key, **{self.asked: user})
        marks = [given.get("mark") or self.instance.mark, *([host.effective_mark] if host else [])]
        draft.effective_mark = max(marks, key=rank)
        return bool(draft.is_open_to(user))


class ClearanceForm(HostedForm):
    """A clearance: which step, of whom, by when."""

    asked = "asked_of"

    class Meta:
        model = Clearance
        fields = [*HOST, "step", "order", "asked_of", "asked_office", "due_on", "wording", *COMMON]


class TaskForm(HostedForm):
    """A task."""

    asked = "owner"

    class Meta:
        model = Task
        fields = [*HOST, "title", "owner", "due_on", *COMMON]


class MovedDayForm(RecordForm[MovedDay]):
    """A day that an act moved."""

    class Meta:
        model = MovedDay
        fields = ["country_code", "day", "becomes", "name", *COMMON]
