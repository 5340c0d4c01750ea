"""The desk's first page."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Count, QuerySet, Value
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from interparl.accounts.models import User
from interparl.administration.actions import last_failure
from interparl.administration.attention import attention_items
from interparl.bodies.blocks.looked import SCOPES
from interparl.bodies.models import Body, Membership, Partner
from interparl.core.addresses import address, list_address
from interparl.core.formats import write_day, write_moment, write_number
from interparl.core.kinds import Ref, model_of
from interparl.core.looks import counts_of
from interparl.core.pages import every_record_pages
from interparl.core.records import Dated
from interparl.core.requests import StaffRequest, reading_of
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Action, AttentionItem, Fact, Link, Row
from interparl.directory.models import Portfolio
from interparl.meetings.blocks.calendar import home_parliament
from interparl.meetings.blocks.columns import EVENT, days_of
from interparl.meetings.blocks.fortnight import Fortnight, Nearest, day_address, fortnight_of, nearest_of
from interparl.meetings.models import Event

COUNTED = ("directory.country", "directory.parliament", "directory.person", "directory.organisation", "bodies.body")
PERSON = "directory.person"
SHOWN = 8


def home_page(request: StaffRequest) -> HttpResponse:
    """The day, how much there is on it, what needs attention, and my countries and organisations."""
    reading = reading_of(request)
    portfolio = portfolio_of(request.user, reading)
    fortnight = fortnight_of(reading) if request.user.has_perm("meetings.view_event") else None
    context = {
        "reading": reading,
        "day_words": capfirst(write_day(reading.day, reading.language, "long")),
        "fortnight": fortnight,
        "hours": fortnight.hours[:SHOWN] if fortnight else [],
        "hours_links": _of_the_day(fortnight, reading) if fortnight else [],
        "actions": [Action(_("Calendar"), reverse("meetings:calendar-month"), icon="calendar")] if fortnight else [],
        "portfolio": portfolio,
        "portfolio_links": [*_all_of(portfolio), *_handover_of(request.user, portfolio)],
        "numbers": _numbers(request.user, reading),
        "news": news_for(request.user, reading),
        **_attention(request),
    }
    return render(request, "administration/home.html", context)


def _numbers(user: User, reading: Reading) -> list[Fact]:
    """How many there are of each kind on the day, as far as the reader may know; one query."""
    asked: dict[str, QuerySet[Any]] = {}
    for kind in COUNTED:
        pages = every_record_pages[kind]
        if user.has_perm(pages.permission("view")):
            found = pages.model.objects.visible_to(user)
            asked[kind] = found.on(reading.day) if issubclass(pages.model, Dated) else found
    counts = [
        found.order_by().annotate(of=Value(kind, output_field=CharField())).values("of").annotate(number=Count("pk"))
        for kind, found in asked.items()
    ]
    rows = counts[0].union(*counts[1:], all=True).values_list("of", "number") if counts else ()
    numbers = dict(rows)
    return [
        Fact(
            capfirst(str(model_of(kind)._meta.verbose_name_plural)),
            write_number(numbers.get(kind, 0), reading.language),
            address=list_address(kind),
        )
        for kind in asked
    ]


def _attention(request: StaffRequest) -> dict[str, Any]:
    """What is wrong or late: the first of it, the gravest first, and the way to all."""
    found = [*backup_failure(request), *attention_for(request)]
    if request.GET.get("attention") == "all" or len(found) <= SHOWN:
        return {"attention": found, "attention_number": len(found), "attention_links": []}
    links = [Link(_("All %(number)s") % {"number": len(found)}, f"{reverse('home')}?attention=all#attention")]
    return {"attention": found[:SHOWN], "attention_number": len(found), "attention_links": links}


def _of_the_day(fortnight: Fortnight, reading: Reading) -> list[Link]:
    """The ways on from the hours of the day: all of them where some are left out, and the printed day."""
    number = len(fortnight.hours)
    more = [Link(_("All %(number)s") % {"number": number}, day_address(reading.day))] if number > SHOWN else []
    return [*more, Link(_("Print the day"), day_address(reading.day, format="pdf"))]


def _all_of(portfolio: Table[Portfolio]) -> list[Link]:
    if portfolio.total <= len(portfolio):
        return []
    return [Link(_("All %(number)s") % {"number": portfolio.total}, list_address("directory.portfolio"))]


def _handover_of(user: User, portfolio: Table[Portfolio]) -> list[Link]:
    if not portfolio.rows:
        return []
    return [Link(_("Handover file"), reverse("briefs:handover", args=("accounts.user", user.pk)))]


def portfolio_of(user: User, reading: Reading) -> Table[Portfolio]:
    """The countries and organisations that this officer looks after on the day, with our bodies and their heads."""
    mine = Portfolio.objects.visible_to(user).filter(user=user).on(reading.day).order_by("pk")
    rows = list(mine.select_related("country")[: SHOWN + 1])
    total = mine.count() if len(rows) > SHOWN else len(rows)
    bodies, heads = _bodies_about(rows, reading)
    sees_events = user.has_perm("meetings.view_event")
    nearest = nearest_of({row.country_id for row in rows if row.country_id}, reading) if sees_events else {}
    columns: Columns[Portfolio] = Columns(
        (
            Column(
                "name",
                gettext_lazy("Name"),
                lambda p, r: r.name(*(p.whole or ("", None))),
                refs=lambda p: [p.whole] if p.whole else [],
                address=lambda p: address(p.whole) if p.whole else "",
            ),
            Column("bodies", gettext_lazy("Bodies"), lambda p, r: len(bodies.get(p.whole, ())), kind="number"),
            Column(
                "head",
                gettext_lazy("Who leads ours"),
                lambda p, r: ", ".join(r.name(PERSON, heads[key]) for key in bodies.get(p.whole, ()) if key in heads),
            ),
            *(_contact_columns(nearest) if sees_events else ()),
        )
    )
    contacts = {event.pk for one in nearest.values() for event in (one.last, one.next) if event is not None}
    refs = {(PERSON, key) for key in heads.values()} | {(EVENT, key) for key in contacts}
    reading.want(refs)
    return Table(columns, rows[:SHOWN], reading, total=total).loaded()


def _contact_columns(nearest: dict[int, Nearest]) -> tuple[Column[Portfolio], ...]:
    """The last contact with a country, and what comes next."""

    def last(row: Portfolio) -> Event | None:
        return nearest.get(row.country_id or 0, Nearest()).last

    def next_one(row: Portfolio) -> Event | None:
        return nearest.get(row.country_id or 0, Nearest()).next

    return (
        Column(
            "last_contact",
            gettext_lazy("Last contact"),
            lambda p, r: days_of(event, r.language) if (event := last(p)) else "",
            address=lambda p: address((EVENT, event.pk)) if (event := last(p)) else "",
        ),
        Column(
            "next_event",
            pgettext_lazy("event", "Next"),
            lambda p, r: r.name(EVENT, event.pk) if (event := next_one(p)) else "",
            address=lambda p: address((EVENT, event.pk)) if (event := next_one(p)) else "",
            spoken=lambda p, r: r.spoken(EVENT, event.pk) if (event := next_one(p)) else "",
            second=lambda p, r: days_of(event, r.language) if (event := next_one(p)) else "",
        ),
    )


def _bodies_about(rows: list[Portfolio], reading: Reading) -> tuple[dict[Ref | None, list[int]], dict[int, int]]:
    """The bodies on the day about each of these countries and organisations, and the person who heads our part."""
    countries = [row.country_id for row in rows if row.country_id]
    organisations = [row.organisation_id for row in rows if row.organisation_id]
    found = Body.objects.visible_to(reading.user).on(reading.day)
    partners = Partner.objects.visible_to(reading.user).filter(country__in=countries, body__in=found.values("pk"))
    sent = found.filter(organisation__in=organisations)
    bodies: dict[Ref | None, list[int]] = {}
    for country, key in partners.order_by("body").values_list("country", "body"):
        bodies.setdefault(("directory.country", country), []).append(key)
    for organisation, key in sent.order_by("pk").values_list("organisation", "pk"):
        bodies.setdefault(("directory.organisation", organisation), []).append(key)
    leading = Membership.objects.visible_to(reading.user).filter(
        body__in=[key for keys in bodies.values() for key in keys],
        role__in=(Membership.Role.HEAD, Membership.Role.CO_CHAIR),
        part__parliament=home_parliament(reading),
    )
    heads = dict(leading.on(reading.day).order_by("-rank", "-pk").values_list("body", "person"))
    return bodies, heads


def news_for(user: User, reading: Reading) -> list[Row]:
    """The countries and bodies that are the reader's own and around which something is new to him, the newest first."""
    if reading.is_past:
        return []
    counts = counts_of(SCOPES, user.standing.own, user)
    shown = counts.of[:SHOWN]
    reading.want(one.ref for one in shown)
    return [
        Row(
            title=reading.name(*one.ref),
            address=f"{address(one.ref)}#looked",
            second=_news_words(one.number, reading.language, is_least=counts.is_least),
            when=write_moment(one.newest, reading.language) if one.newest else "",
            spoken=reading.other_language(*one.ref),
        )
        for one in shown
    ]


def _news_words(number: int, language: str, *, is_least: bool) -> str:
    words = {"count": write_number(number, language)}
    if is_least:
        return ngettext("%(count)s change or more", "%(count)s changes or more", number) % words
    return ngettext("%(count)s change", "%(count)s changes", number) % words


def backup_failure(request: StaffRequest) -> list[AttentionItem]:
    """That the last scheduled backup failed, told to who keeps the accounts."""
    failure = last_failure() if request.user.has_perm("accounts.change_user") else None
    if failure is None:
        return []
    return [AttentionItem(_("The last scheduled backup failed: %(text)s") % {"text": failure.text}, "late")]


def attention_for(request: StaffRequest) -> list[AttentionItem]:
    """What the attention rules find among what this reader may know of, some of each rule."""
    found = attention_items(reading_of(request), SHOWN)
    return [AttentionItem(text=one.text, level=one.rule.severity, address=one.url) for one in found]
