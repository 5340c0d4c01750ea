"""What the pages that count bodies are asked, and how their rows are ordered and cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.bodies.measures import Scope
from interparl.bodies.measures.activity import OUR_GROUPS, year_up_to
from interparl.bodies.models import Body, Part
from interparl.core.dates import FIRST_YEAR, LAST_YEAR
from interparl.core.days import HOME_PARLIAMENT, installation
from interparl.core.exports import FORMATS, Sheet
from interparl.core.formats import write_day, write_number
from interparl.core.listing import PAGE_SIZES
from interparl.core.requests import day_problem, same_page
from interparl.core.tables import Reading, Table
from interparl.core.templatetags.ui_parts import Action, Pill
from interparl.directory.models import Convocation, Parliament
from interparl.language.alphabets import sort_key

T = TypeVar("T")
Choices = list[tuple[str, str]]
PARLIAMENT, CONVOCATION, BODY = Parliament.record_kind(), Convocation.record_kind(), Body.record_kind()
EVERY, OUR_GROUPS_ASKED = "every", "groups"
NOTHING = ("", "—")
IN_REACH = (MinValueValidator(date(FIRST_YEAR, 1, 1)), MaxValueValidator(date(LAST_YEAR, 12, 31)))


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "field"})


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"class": "field", "type": "date"}, format="%Y-%m-%d")


class Asked(forms.Form):
    """Fields whose values stand in the address. What makes no sense counts as not asked, and the form says so.

    `usual` is what counts in a field that the address leaves out.
    """

    def __init__(self, given: Mapping[str, str], usual: Mapping[str, str]) -> None:
        self.usual = usual
        super().__init__({name: given.get(name) or usual.get(name, "") for name in self.base_fields})

    def value(self, name: str) -> Any:
        """What was asked in that field, else the usual; None where there is neither."""
        self.is_valid()
        return self.cleaned_data.get(name) or self.usual.get(name)

    def pills(self, request: HttpRequest, language: str) -> list[Pill]:
        """What was asked beyond the usual, each with the address of the same page without it."""
        return [
            Pill(str(field.label), self.words(name, language), self.address_without(request, name))
            for name, field in self.fields.items()
            if self.value(name) not in (None, self.usual.get(name))
        ]

    def address_without(self, request: HttpRequest, name: str) -> str:
        """The address of the page without a field."""
        return same_page(request, **{name: None, "page": None})

    def words(self, name: str, language: str) -> str:
        """What counts in a field, as people read it."""
        field, value = self.fields[name], self.value(name)
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices)[value])  # type: ignore[arg-type]
        if isinstance(field, forms.BooleanField):
            return _("yes")
        return write_day(value, language) if isinstance(value, date) else str(value)


class LoadAsked(Asked):
    """Of whose load it is asked: a parliament, one of its convocations, a kind of body, the members of one body.

    `terms` are the first and last days of the convocations that are offered, by key, as far as they are known.
    """

    parliament = forms.ChoiceField(label=gettext_lazy("Parliament"), required=False, widget=_select())
    convocation = forms.ChoiceField(label=gettext_lazy("Convocation"), required=False, widget=_select())
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of body"), required=False, choices=[NOTHING, *Body.Kind.choices], widget=_select()
    )
    body = forms.ChoiceField(label=gettext_lazy("Members of the body"), required=False, widget=_select())

    terms: Mapping[int, tuple[date | None, date | None]]

    def scope(self) -> Scope:
        """The same as a scope of loads."""
        kind = self.value("kind")
        return Scope(
            parliament=self._key("parliament"),
            convocation=self._key("convocation"),
            kinds=(kind,) if kind else (),
            body=self._key("body"),
        )

    def _key(self, name: str) -> int | None:
        value = self.value(name)
        return int(value) if value and value != EVERY else None

    def address_without(self, request: HttpRequest, name: str) -> str:
        """Without the parliament its convocation and its body go as well."""
        if name != "parliament":
            return super().address_without(request, name)
        return same_page(request, parliament=None, convocation=None, body=None, page=None)

    def offer(self, name: str, choices: Choices) -> None:
        """What may be chosen in that field."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


def load_asked(request: HttpRequest, reading: Reading) -> LoadAsked:
    """The form as it was filled in; without a parliament in the address, of the home parliament.

    Offers what this reader may know of: parliaments with a part in some body, the convocations of the chosen one, and
    the bodies of the day in which it has a part. Four queries.
    """
    offered, usual = _parliaments(reading)
    form = LoadAsked(request.GET.dict(), {"parliament": usual})
    asked = str(form.data["parliament"])
    # The form itself cannot be asked yet: it does not know what it offers.
    chosen = asked if asked in {*map(str, offered), EVERY} else usual
    terms = Convocation.objects.visible_to(reading.user).none()
    bodies = Body.objects.none()
    if chosen != EVERY:
        terms = Convocation.objects.visible_to(reading.user).filter(parliament=int(chosen))
        bodies = Body.objects.visible_to(reading.user).on(reading.day).with_part_of(int(chosen), reading.user)
    rows = sorted(terms.values_list("number", "pk", "since_earliest", "until_latest"), key=_by_number, reverse=True)
    form.terms = {key: (first, last) for _number, key, first, last in rows}
    keys = {PARLIAMENT: offered, CONVOCATION: list(form.terms), BODY: list(bodies.values_list("pk", flat=True))}
    refs = [(kind, key) for kind, found in keys.items() for key in found]
    reading.want(refs)
    every = (EVERY, _("Every parliament"))
    form.offer("parliament", [*_by_name(PARLIAMENT, offered, reading), every])
    form.offer("convocation", [NOTHING, *((str(key), reading.name(CONVOCATION, key)) for key in form.terms)])
    form.offer("body", [NOTHING, *_by_name(BODY, keys[BODY], reading)])
    return form


def _by_number(row: tuple[Any, ...]) -> tuple[int, int]:
    return row[0] or 0, row[1]


def _parliaments(reading: Reading) -> tuple[list[int], str]:
    """The parliaments with a part in some body and the home parliament; and the one that is usual."""
    home = installation().get(HOME_PARLIAMENT, "")
    with_parts = Part.objects.visible_to(reading.user).order_by().values("parliament")
    known = Parliament.objects.visible_to(reading.user).filter(Q(code=home) | Q(pk__in=with_parts))
    offered = dict(known.order_by("pk").values_list("pk", "code"))
    return list(offered), next((str(key) for key, code in offered.items() if code == home), EVERY)


def _by_name(kind: str, keys: Iterable[int], reading: Reading) -> Choices:
    """Records as choices in the order of their names."""
    names = [(str(key), reading.name(kind, key)) for key in keys]
    return sorted(names, key=lambda pair: (sort_key(pair[1], reading.language), pair[0]))


class ActivityAsked(Asked):
    """Of which bodies and of which days it is asked."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of body"),
        required=False,
        choices=[
            (OUR_GROUPS_ASKED, gettext_lazy("working and regional groups")),
            *Body.Kind.choices,
            (EVERY, gettext_lazy("every kind")),
        ],
        widget=_select(),
    )
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=_day(), validators=IN_REACH)
    until = forms.DateField(label=gettext_lazy("To"), required=False, widget=_day(), validators=IN_REACH)
    dormant = forms.BooleanField(label=gettext_lazy("Only dormant ones"), required=False)

    def __init__(self, given: Mapping[str, str], *, day: date) -> None:
        self.day = day
        super().__init__(given, {"kind": OUR_GROUPS_ASKED})

    def clean(self) -> dict[str, Any]:
        """Refuses a period that ends after the day that is read, or before it begins."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("since"), cleaned.get("until")
        if last and last > self.day:
            self.add_error("until", _("The period ends after the day that is read."))
        elif first and first > (last or self.day):
            self.add_error("since", _("The period ends before it begins."))
        return cleaned

    def kinds(self) -> tuple[str, ...]:
        """The kinds of body; our groups unless told."""
        kind = self.value("kind")
        if kind == OUR_GROUPS_ASKED:
            return OUR_GROUPS
        return tuple(Body.Kind.values) if kind == EVERY else (kind,)

    def period(self) -> tuple[date, date]:
        """The first and the last day; the twelve months up to the last day, and that the one that is read, unless told.

        What was refused counts as not told.
        """
        last = self.value("until") or self.day
        return self.value("since") or year_up_to(last), last


def in_order(
    rows: Sequence[T], request: HttpRequest, orders: Mapping[str, Callable[[T], Any]], otherwise: str
) -> tuple[list[T], str]:
    """The rows in the order of `?sort=`, ties as they stood, and that order; `otherwise` where it makes no sense."""
    asked = request.GET.get("sort", "")
    sort = asked if asked.removeprefix("-") in orders else otherwise
    return sorted(rows, key=orders[sort.removeprefix("-")], reverse=sort.startswith("-")), sort


@dataclass(frozen=True)
class Cut(Generic[T]):
    """The rows of one page and the ways to the others."""

    rows: Sequence[T]
    position: str
    previous_url: str
    next_url: str


def cut(rows: Sequence[T], request: HttpRequest, reading: Reading) -> Cut[T]:
    """The page of the rows that `?page=` asks for, as many rows as `?rows=` or the settings say."""
    asked = request.GET.get("rows", "")
    size = int(asked) if asked in map(str, PAGE_SIZES) else settings.ROWS_A_PAGE
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    numbers = {"first": page.start_index(), "last": page.end_index(), "total": len(rows)}
    words = {name: write_number(number, reading.language) for name, number in numbers.items()}
    return Cut(
        rows=list(page.object_list),
        position=_("Rows %(first)s–%(last)s of %(total)s") % words,
        previous_url=same_page(request, page=str(page.previous_page_number())) if page.has_previous() else "",
        next_url=same_page(request, page=str(page.next_page_number())) if page.has_next() else "",
    )


def common_context(request: HttpRequest, reading: Reading, asked: Asked, pills: Sequence[Pill]) -> dict[str, Any]:
    """What both pages show around their rows: the day, the filters, the files."""
    kept = [(name, value) for name, value in request.GET.items() if value and name not in ("page", "format")]
    clear = {name: None for name in request.GET if name not in ("on", "by")}
    return {
        "reading": reading,
        "asked": asked,
        "pills": pills,
        "clear_url": same_page(request, **clear) if pills else "",
        "kept_but_day": [pair for pair in kept if pair[0] != "on"],
        "kept_but_asked": [pair for pair in kept if pair[0] not in asked.fields],
        "day_problem": day_problem(request),
        "is_today": not reading.is_past,
        "today_url": same_page(request, on=None),
        "day_words": write_day(reading.day, reading.language),
        "more": [Action(form.upper(), same_page(request, format=form, page=None), icon="export") for form in FORMATS],
    }


def sheet_of(table: Table[Any], name: str, title: str, about: Iterable[tuple[str, str]]) -> Sheet:
    """The rows of a table for an export, with the day and what else is to be said named first."""
    reading = table.reading
    first = [(_("Register"), title), (_("As of"), write_day(reading.day, reading.language, "full"))]
    columns = table.columns.of
    return Sheet(
        f"{name}-{reading.day.isoformat()}",
        [*first, *about],
        [column.key for column in columns],
        [str(column.label) for column in columns],
        table.values(),
    )
