"""What the auditor's lists may be asked, and how they are cut into pages."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, ClassVar, TypeVar

from django import forms
from django.apps import apps
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.timezone import make_aware
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.administration.users.history import MODELS
from interparl.core.filters import GREATEST_KEY
from interparl.core.formats import write_day, write_number
from interparl.core.history import VERBS
from interparl.core.kinds import every_record
from interparl.core.requests import same_page
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Pill
from interparl.language.alphabets import sort_key

M = TypeVar("M", bound=Model)
OTHER_VERB = "other"


@cache
def record_kinds() -> frozenset[str]:
    """The kinds of record that the program has; the logs may name kinds that it had once."""
    return frozenset(model.record_kind() for model in every_record())


def kind_words(kind: str) -> str:
    """What a kind is called; a kind that the program no longer has says its name."""
    try:
        return capfirst(str(apps.get_model(kind)._meta.verbose_name))
    except (LookupError, ValueError):
        return kind


def _by_words(pair: tuple[str, str]) -> str:
    """By the words, in the order of the reader's language."""
    return sort_key(pair[1], get_language() or "en")


def _record_kinds() -> list[tuple[str, str]]:
    named = [(kind, kind_words(kind)) for kind in record_kinds()]
    return [("", "—"), *sorted(named, key=_by_words)]


def _every_kind() -> list[tuple[str, str]]:
    return [*_record_kinds(), *((kind, kind_words(kind)) for kind in MODELS)]


def _verbs() -> list[tuple[str, str]]:
    known = sorted(((verb, capfirst(str(words))) for verb, words in VERBS.items()), key=_by_words)
    return [("", "—"), *known, (OTHER_VERB, _("Something else"))]


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "field"})


def _number() -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "field", "inputmode": "numeric"})


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"class": "field", "type": "date"}, format="%Y-%m-%d")


class Asked(forms.Form):
    """Who, of what, between which days; what makes no sense counts as not asked."""

    of_whole: ClassVar[bool] = False

    user = forms.ModelChoiceField(
        User.objects.order_by("username"), label=gettext_lazy("User"), required=False, empty_label="—", widget=_select()
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of record"), choices=_record_kinds, required=False, widget=_select()
    )
    record = forms.IntegerField(
        label=gettext_lazy("Number of the record"),
        min_value=1,
        max_value=GREATEST_KEY,
        required=False,
        widget=_number(),
    )
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=_day())
    until = forms.DateField(label=gettext_lazy("To"), required=False, widget=_day())

    def value(self, name: str) -> Any:
        """What was asked in that field; None when nothing was, or nothing that can be."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    def narrowed(self, found: QuerySet[M]) -> QuerySet[M]:
        """Those of these rows that were asked for."""
        if user := self.value("user"):
            found = found.filter(user=user)
        if self.value("kind") or self.value("record"):
            found = found.filter(self._of_record())
        if since := self.value("since"):
            found = found.filter(at__gte=_begin_of(since))
        if (until := self.value("until")) and until < date.max:
            found = found.filter(at__lt=_begin_of(until + timedelta(days=1)))
        return found

    def _of_record(self) -> Q:
        """A record, or a kind; of entries also what hangs on it."""
        asked = {"kind": self.value("kind"), "object_id": self.value("record")}
        own = Q(**{name: value for name, value in asked.items() if value})
        if not self.of_whole or not all(asked.values()):
            return own
        return own | Q(whole_kind=asked["kind"], whole_id=asked["object_id"])

    def pills(self, request: HttpRequest, language: str) -> list[Pill]:
        """What was asked, each with the address of the same list without it."""
        return [
            Pill(
                str(field.label),
                self._in_words(name, value, language),
                same_page(request, **{name: None, "page": None}),
            )
            for name, field in self.fields.items()
            if (value := self.value(name))
        ]

    def _in_words(self, name: str, value: Any, language: str) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            return str(dict(field.choices)[value])  # type: ignore[arg-type]
        return write_day(value, language) if isinstance(value, date) else str(value)


class ReadsAsked(Asked):
    """What may be asked of readings."""


class ChangesAsked(Asked):
    """What may be asked of changes: also by what was done, and in which import."""

    of_whole = True

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of record"), choices=_every_kind, required=False, widget=_select()
    )
    verb = forms.ChoiceField(label=gettext_lazy("What was done"), choices=_verbs, required=False, widget=_select())
    batch = forms.IntegerField(
        label=gettext_lazy("Import"), min_value=1, max_value=GREATEST_KEY, required=False, widget=_number()
    )

    def narrowed(self, found: QuerySet[M]) -> QuerySet[M]:
        """Those of these entries that were asked for."""
        found = super().narrowed(found)
        if verb := self.value("verb"):
            found = found.exclude(verb__in=list(VERBS)) if verb == OTHER_VERB else found.filter(verb=verb)
        if batch := self.value("batch"):
            found = found.filter(batch=batch)
        return found


def _begin_of(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


def filters_of(asked: Asked, request: HttpRequest, reading: Reading) -> dict[str, Any]:
    """What the filters of a page print."""
    pills = asked.pills(request, reading.language)
    return {"asked": asked, "pills": pills, "clear_url": request.path if pills else ""}


def paged(request: HttpRequest, found: QuerySet[Any, Any], reading: Reading) -> tuple[list[Any], dict[str, Any]]:
    """The rows of the page that is asked for, and what stands around them."""
    page = Paginator(found, settings.ROWS_A_PAGE).get_page(request.GET.get("page"))
    numbers = {"first": page.start_index(), "last": page.end_index(), "total": page.paginator.count}
    around = {
        "total": page.paginator.count,
        "position": _("Rows %(first)s–%(last)s of %(total)s")
        % {name: write_number(number, reading.language) for name, number in numbers.items()},
        "previous_url": same_page(request, page=str(page.previous_page_number())) if page.has_previous() else "",
        "next_url": same_page(request, page=str(page.next_page_number())) if page.has_next() else "",
    }
    return list(page.object_list), around
