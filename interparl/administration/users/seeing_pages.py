"""The pages "What this user sees": numbers by kind and mark, the rows behind each number, and one record asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, get_script_prefix, resolve, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.accounts.models import User
from interparl.accounts.roles import RISING
from interparl.administration.users.forms import AskForm
from interparl.administration.users.pages import CHANGE, crumbs, no_access_reason, user_or_404
from interparl.administration.users.seeing import Reasons, Sight, refusal_of, seen_rows, sight_of, sights_of
from interparl.administration.users.tables import cut, user_address
from interparl.core.addresses import address, page_of
from interparl.core.days import today
from interparl.core.filters import GREATEST_KEY
from interparl.core.history import title_of
from interparl.core.listing import sizes
from interparl.core.models.entries import Mark
from interparl.core.pages import RecordPages, every_record_pages
from interparl.core.records import Record
from interparl.core.requests import StaffRequest, reading_of, require, same_page
from interparl.core.rights import own_paths
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Link, Tab


@dataclass(frozen=True)
class Answer:
    """Whether somebody may know of one record."""

    name: str
    url: str
    mark: str
    is_seen: bool
    why: str
    may_change: bool


def sees_page(request: StaffRequest, key: int) -> HttpResponse:
    """How many records of each kind the user may know of today, by mark; and whether one that is asked for."""
    require(request.user, CHANGE)
    user = user_or_404(key)
    reading = reading_of(request)
    form = AskForm(request.GET if "what" in request.GET else None)
    answer = None
    if form.is_valid():
        record = record_named(form.cleaned_data["what"], form.cleaned_data["kind"], request.user)
        answer = answer_for(record, user, reading) if record else None
        if record is None:
            form.add_error("what", _("There is no such record, or you may not know of it yourself."))
    context = {
        "crumbs": crumbs(user),
        "title": _title(user),
        "no_access": no_access_reason(user),
        "form": form,
        "answer": answer,
        "table": Table.of(_columns(user), sights_of(user, request.user), reading, caption=_title(user)),
    }
    return render(request, "administration/sees.html", context)


def _title(user: User) -> str:
    return _("What %(name)s sees") % {"name": user}


def rows_address(user: User, kind: str, mark: str = "") -> str:
    """The page with the rows of one kind that the user may know of."""
    found = reverse("administration:user-sees-rows", args=(user.pk, kind))
    return f"{found}?{urlencode({'mark': mark})}" if mark else found


def _columns(user: User) -> Columns[Any]:
    """Numbers by kind; each leads to its rows."""

    def number(mark: str) -> Column[Any]:
        return Column(
            mark,
            capfirst(str(Mark(mark).label)),
            lambda sight, r: sight.seen[mark],
            kind="number",
            address=lambda sight: rows_address(user, sight.kind, mark) if sight.seen[mark] else "",
        )

    return Columns(
        (
            Column(
                "kind",
                gettext_lazy("Records"),
                lambda sight, r: sight.title,
                second=lambda sight, r: "" if sight.may_open else _("does not open this register"),
            ),
            Column("total", gettext_lazy("There are"), lambda sight, r: sight.total, kind="number"),
            Column(
                "seen",
                gettext_lazy("Sees"),
                lambda sight, r: sight.all_seen,
                kind="number",
                address=lambda sight: rows_address(user, sight.kind) if sight.all_seen else "",
            ),
            *(number(mark) for mark in RISING),
        )
    )


def rows_page(request: StaffRequest, key: int, kind: str) -> HttpResponse:
    """The records of one kind that the user may know of, each with the reason."""
    require(request.user, CHANGE)
    user = user_or_404(key)
    pages = every_record_pages.get(kind)
    if pages is None or not request.user.rights.may(pages.permission("view")):
        raise Http404
    mark = request.GET.get("mark", "")
    mark = mark if mark in RISING else ""
    reading = reading_of(request)
    listing = cut(request, seen_rows(pages, user, request.user, mark), _with_reasons(pages, user), reading)
    sight = sight_of(pages, user, request.user)
    context = {
        "crumbs": [*crumbs(user), Link(_title(user), user_address(user.pk, "sees"))],
        "title": sight.title,
        "no_access": no_access_reason(user),
        "tabs": _tabs(request, sight, mark),
        "listing": listing,
        "table": listing.table(),
        "sizes": sizes(listing),
    }
    return render(request, "administration/sees_rows.html", context)


def _tabs(request: StaffRequest, sight: Sight, chosen: str) -> list[Tab]:
    every = Tab(_("All marks"), same_page(request, mark=None, page=None), sight.all_seen, not chosen)
    return [
        every,
        *(
            Tab(str(Mark(mark).label), same_page(request, mark=mark, page=None), sight.seen[mark], mark == chosen)
            for mark in RISING
        ),
    ]


def _with_reasons(pages: RecordPages[Any], user: User) -> Columns[Any]:
    """What the register's own list tells a row by, its mark, and the reason; no more queries for more rows."""
    reasons = Reasons(user, today())
    extra: tuple[Column[Any], ...] = (
        Column("mark", gettext_lazy("Mark in force"), lambda row, r: Mark(row.effective_mark).label, kind="choice"),
        Column("why", gettext_lazy("Why"), reasons.of, refs=reasons.refs),
    )
    # A reason follows these paths to what is the user's own.
    paths = tuple(path.rpartition("__")[0] for _kind, path in own_paths(pages.model.own_through) if "__" in path)
    related = tuple(dict.fromkeys((*pages.columns.related, *paths)))
    return replace(pages.columns, of=(*pages.columns.of[:2], *extra), related=related, plain=(), moves=None)


def record_named(text: str, kind: str, reader: User) -> Record | None:
    """The record of a pasted address, or of a number and its kind, if the reader may know of it."""
    if "/" in text:
        kind, key = _from_address(text)
    else:
        digits = text.strip().removeprefix("#")
        key = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else 0
    pages = every_record_pages.get(kind)
    if pages is None or not 0 < key <= GREATEST_KEY or not reader.rights.may(pages.permission("view")):
        return None
    found: Record | None = pages.model._base_manager.filter(pages.model.may_read(reader), pk=key).first()
    return found


def _from_address(text: str) -> tuple[str, int]:
    """Kind and key of the record whose page, of whatever sort, has this address; ("", 0) when none has."""
    try:
        path = urlsplit(text.strip()).path
        match = resolve(f"/{path.removeprefix(get_script_prefix())}")
    except (ValueError, Resolver404):
        return "", 0
    kind = f"{match.namespace}.{(match.url_name or '').rpartition('-')[0]}"
    return kind, int(match.kwargs.get("key", 0)) if kind in every_record_pages else 0


def answer_for(record: Record, user: User, reading: Reading) -> Answer:
    """Whether the user may know of the record, and why or why not."""
    reasons = Reasons(user, today())
    reading.want(reasons.refs(record))
    is_seen = record.is_open_to(user)
    return Answer(
        name=title_of(record, reading),
        url=address(page_of(record)),
        mark=capfirst(str(Mark(record.effective_mark).label)),
        is_seen=is_seen,
        why=reasons.of(record, reading) if is_seen else no_access_reason(user) or refusal_of(record, user),
        may_change=is_seen and record.may_change(user),
    )
