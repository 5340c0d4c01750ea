"""A register as a list: filtered, ordered, cut into pages; the same rows as an export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter, itemgetter
from typing import Any, Generic, TypeVar

import django_filters
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection, models
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.expressions import OrderBy
from django.db.models.functions import Collate
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.core.exports import Sheet
from interparl.core.finding import matching
from interparl.core.formats import write_day
from interparl.core.labels import keys_in_order
from interparl.core.models.entries import Grade, Label
from interparl.core.querysets import DatedQuerySet, RecordQuerySet
from interparl.core.records import Dated, Record
from interparl.core.requests import same_page
from interparl.core.rights import Reader
from interparl.core.tables import Column, Columns, PlainRows, Reading, Table
from interparl.core.templatetags.ui_parts import Link, Pill

R = TypeVar("R", bound=Record)
STRANGER = AnonymousUser()
LABEL = "label"
key_of, first = attrgetter("pk"), itemgetter(0)
PAGE_SIZES = (50, 100, 200)
# What every export says of a row beside the columns of its list.
ROW: Column[Any] = Column("id", gettext_lazy("id"), lambda row, r: row.pk)
GRADE: Column[Any] = Column("grade", gettext_lazy("grade"), lambda row, r: row.grade)
MARK: Column[Any] = Column("mark", gettext_lazy("mark"), lambda row, r: row.effective_mark)


@dataclass
class Listing(Generic[R]):
    """What the list page and the exports of a register show."""

    columns: Columns[R]
    found: QuerySet[R]
    reading: Reading
    filters: django_filters.FilterSet | None
    query: str
    is_every_day: bool
    sort: str
    page: int
    size: int
    request: HttpRequest

    @property
    def total(self) -> int:
        """How many rows match; counted once."""
        if self._total is None:
            self._total = self.found.count()
        return self._total

    _total: int | None = None

    @property
    def pages(self) -> int:
        """How many pages they fill; at least one."""
        return max(1, -(-self.total // self.size))

    def ordered(self, start: int = 0, stop: int | None = None) -> list[R]:
        """The rows from `start` to `stop` in the order asked for; ties by the row's key on both databases."""
        return self._in_order(self._instances, start, stop)

    def all_rows(self) -> Sequence[R]:
        """Every row in that order; plain ones where the columns can do with them, for long exports."""
        names = ("pk", "grade", "effective_mark", *self.columns.plain)
        if not self.columns.plain:
            return self.ordered()
        return PlainRows(self.found.model, names, self._in_order(lambda query: query.values_list(*names), key=first))

    def _in_order(
        self, take: Callable[[Any], Any], start: int = 0, stop: int | None = None, key: Callable[[Any], int] = key_of
    ) -> list[Any]:
        """The rows that `take` makes of a query, in order; `key` finds a row's key."""
        name, down = self.sort.removeprefix("-"), self.sort.startswith("-")
        if name and name != LABEL:
            parts = self.columns[name].sort.split(",")
            reader, language = self.reading.user, self.reading.language
            order = [in_order(self.found.model, part, reader, language, down=down) for part in parts]
            return list(take(self.found.order_by(*order, "pk"))[start:stop])
        if not self.found.model.labelled:
            return list(take(self.found.order_by("-pk" if down else "pk"))[start:stop])
        total = self.total if stop else 0
        keys = keys_in_order(self.found, self.reading.language, down=down, start=start, stop=stop, total=total)
        every = take(self.found.model._base_manager.all())
        rows = {
            key(row): row
            for begin in range(0, len(keys), 5000)
            for row in every.filter(pk__in=keys[begin : begin + 5000])
        }
        return [rows[one] for one in keys]

    def _instances(self, query: Any) -> Any:
        return query.select_related(*self.columns.related) if self.columns.related else query

    def table(self) -> Table[R]:
        """The rows of this page."""
        start = (self.page - 1) * self.size
        return Table(
            self.columns,
            self.ordered(start, start + self.size),
            self.reading,
            total=self.total,
            sort=self.sort or LABEL,
            sort_address=lambda key: same_page(self.request, sort=key, page=None),
        ).loaded()

    def position(self) -> str:
        """Which rows are on show: "Rows 1–50 of 214"."""
        first = (self.page - 1) * self.size + 1
        last = min(self.page * self.size, self.total)
        return _("Rows %(first)s–%(last)s of %(total)s") % {"first": first, "last": last, "total": self.total}

    def previous_url(self) -> str:
        """The page before, or ""."""
        return same_page(self.request, page=str(self.page - 1)) if self.page > 1 else ""

    def next_url(self) -> str:
        """The page after, or ""."""
        return same_page(self.request, page=str(self.page + 1)) if self.page < self.pages else ""

    def filter_rows(self) -> list[Any]:
        """The fields of the filters."""
        form: Any = self.filters.form if self.filters else ()
        return [form[name] for name in form.fields] if self.filters else []

    def kept(self) -> list[tuple[str, str]]:
        """What a search within the list keeps: the day and the order."""
        kept = ("on", "sort", "days", "rows")
        return [(name, value) for name in kept if (value := self.request.GET.get(name))]

    def sheet(self, name: str, title: str) -> Sheet:
        """All rows that match, for an export, with the day, the filters and the grades named first."""
        columns = (ROW, *self.columns.of, GRADE, MARK)
        table = Table(replace(self.columns, of=columns), self.all_rows(), self.reading).loaded()
        about = [(_("Register"), title), (_("As of"), self._days())]
        about += [(str(pill.name), str(pill.value)) for pill in self.pills()]
        if any(row.grade == Grade.ILLUSTRATIVE for row in table.rows):
            about.append((_("Note"), _("Some rows are illustrative; the column “grade” says which.")))
        headings = [str(column.label) for column in columns]
        return Sheet(name, about, [column.key for column in columns], headings, table.values())

    def _days(self) -> str:
        return _("every day") if self.is_every_day else write_day(self.reading.day, self.reading.language, "full")

    def pills(self) -> list[Pill]:
        """The filters in force."""
        found = []
        if self.query:
            found.append(Pill(_("Name"), self.query, same_page(self.request, q=None, page=None)))
        form: Any = self.filters.form if self.filters else None
        for name, value in form.cleaned_data.items() if form is not None and form.is_valid() else ():
            if value not in (None, "", [], ()):
                words = _choice_in_words(form.fields[name], value)
                label = str(form.fields[name].label or name)
                found.append(Pill(label, words, same_page(self.request, **{name: None, "page": None})))
        return found


def in_order(
    model: type[models.Model], path: str, reader: Reader = STRANGER, language: str = "en", *, down: bool = False
) -> OrderBy:
    """An order that both databases agree on: nothing before something, texts by their code points (design 8.3).

    A record along the path that the reader may not know of counts as nothing. A path that ends in `__label` orders by
    what the record that a row points to is called, as the alphabet of the language has it.
    """
    if path.endswith(f"__{LABEL}"):
        return _by_label(model, path.removesuffix(f"__{LABEL}"), reader, language, down=down)
    related: Any = model
    known, gone = Q(), ""
    for name in path.split("__"):
        column = related._meta.get_field(name)
        related = column.related_model
        gone = f"{gone}__{name}" if gone else name
        if column.is_relation and issubclass(related, Record) and (condition := related.may_read(reader)):
            known &= Q(Exists(related._base_manager.filter(condition, pk=OuterRef(gone))))
    is_text = connection.vendor == "postgresql" and isinstance(column, models.CharField)
    value: Any = Collate(F(path), "C") if is_text else F(path)
    if known:
        value = Case(When(known, then=value))
    ordered: OrderBy = value.desc(nulls_last=True) if down else value.asc(nulls_first=True)
    return ordered


def _by_label(model: type[models.Model], name: str, reader: Reader, language: str, *, down: bool) -> OrderBy:
    related: Any = model._meta.get_field(name).related_model
    labels = Label.objects.filter(kind=related.record_kind(), language=language, object_id=OuterRef(f"{name}_id"))
    if condition := related.may_read(reader):
        labels = labels.filter(Exists(related._base_manager.filter(condition, pk=OuterRef("object_id"))))
    key: Any = Subquery(labels.values("key")[:1])
    ordered: OrderBy = key.desc(nulls_last=True) if down else key.asc(nulls_first=True)
    return ordered


def _choice_in_words(field: Any, value: Any) -> str:
    choices = dict(field.choices) if hasattr(field, "choices") and not isinstance(value, Record) else {}
    found = choices.get(value, value)
    return str(found) if isinstance(found, str | Promise) else str(value)


def is_of_a_day(model: type[Record]) -> bool:
    """Whether a list of such records shows what holds on one day unless it is asked for all."""
    return issubclass(model, Dated) and not model.happens


def listing_of(
    request: HttpRequest,
    found: RecordQuerySet[R],
    columns: Columns[R],
    reading: Reading,
    filters: type[django_filters.FilterSet] | None,
) -> Listing[R]:
    """Reads filters, name, day, order and page from the address; what makes no sense there counts as not asked."""
    query: Any = found
    is_every_day = request.GET.get("days") == "all" or not is_of_a_day(found.model)
    if isinstance(found, DatedQuerySet) and not is_every_day:
        query = found.on(reading.day)
    chosen = filters(request.GET, queryset=query, request=request) if filters else None
    if chosen is not None and chosen.is_valid():
        query = chosen.qs
    words = request.GET.get("q", "").strip()[:200]
    if words and found.model.labelled:
        query = matching(query, words)
    sort = request.GET.get("sort", "")
    sortable = {LABEL, *(column.key for column in columns.of if column.sort)}
    asked = _number(request.GET.get("rows", ""), settings.ROWS_A_PAGE)
    listing = Listing(
        columns=columns,
        found=query,
        reading=reading,
        filters=chosen,
        query=words,
        is_every_day=is_every_day,
        sort=sort if sort.removeprefix("-") in sortable else "",
        page=1,
        size=asked if asked in PAGE_SIZES else settings.ROWS_A_PAGE,
        request=request,
    )
    wanted = _number(request.GET.get("page", ""), 1)
    if wanted > 1:
        listing.page = min(wanted, listing.pages)
    return listing


def _number(text: str, otherwise: int) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 8 else otherwise


def sizes(listing: Listing[Any]) -> Sequence[Link]:
    """Other page sizes with their addresses."""
    return [
        Link(str(size), same_page(listing.request, rows=str(size), page=None))
        for size in PAGE_SIZES
        if size != listing.size
    ]
