"""What a page that is a function knows of the kind of record it is for; `RecordPages` is such a description."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

from django.http import HttpRequest, HttpResponse

from interparl.core.records import Record
from interparl.core.requests import StaffRequest
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.core.workflow import Workflow

R = TypeVar("R", bound=Record)


class Described(Protocol[R]):
    """A kind of record as its pages describe it."""

    @property
    def model(self) -> type[R]:
        """Its model."""

    @property
    def kind(self) -> str:
        """Its name in history."""

    @property
    def workflow(self) -> Workflow[R] | None:
        """The moves of such records."""

    def permission(self, action: str) -> str:
        """The permission for "view", "add", "change" or "delete"."""

    def get(self, request: HttpRequest, key: int) -> R:
        """The record, if this reader may know of it; raises Http404 for a hidden and a missing one alike."""

    def changeable(self, request: StaffRequest, key: int) -> R:
        """The same, if he may change it today; raises PermissionDenied."""

    def crumbs(self, record: R | None = None, reading: Reading | None = None) -> list[Link]:
        """The way back."""

    def render(self, request: HttpRequest, page: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """The template of a page with what every page of the kind shows."""
