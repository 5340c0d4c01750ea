"""What every page of the portal shows, and its addresses: language, day and the contrast version stay in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from interparl.core.days import DEMONSTRATION_DAY, installation, today
from interparl.core.formats import write_day
from interparl.core.forms import LANGUAGE_NAMES
from interparl.core.requests import asked_day, day_problem, same_page
from interparl.core.tables import Reading, Table
from interparl.core.translated import text_in
from interparl.directory.models import Parliament
from interparl.portal.blocks import DATASETS
from interparl.portal.measures import Counted

OPEN_FORMATS = ("csv", "json")
SCHEMES = ("black-on-white", "white-on-black", "yellow-on-black")
SIZES = ("1", "2", "3")
KEPT = ("contrast", "size", "on")


def to(request: HttpRequest, page: str, *args: str, **query: str) -> str:
    """The address of a portal page in the language of this one, keeping the day and the contrast version."""
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    found = reverse(f"public:{page}", args=args)
    query = kept | query
    return f"{found}?{urlencode(query)}" if query else found


def reading_of(request: HttpRequest) -> Reading:
    """The public as reader, on the day of `?on=` or today; what is no day counts as today, and the page says so."""
    day, _problem = asked_day(request.GET.get("on", ""))
    now = today()
    return Reading(
        user=AnonymousUser(), language=get_language() or "en", day=day or now, is_past=day is not None and day != now
    )


def refused_file(request: HttpRequest) -> HttpResponse | None:
    """400 with one sentence when the file that is asked for is of no known kind, or its day is none; else None."""
    form = request.GET.get("format", "")
    if not form:
        return None
    problem = day_problem(request)
    if form not in OPEN_FORMATS:
        problem = _("There is no file of the kind “%(text)s”.") % {"text": form[:40]}
    return HttpResponse(problem, status=400, content_type="text/plain; charset=utf-8") if problem else None


def counted_for(reading: Reading) -> Counted:
    """The rows behind the numbers, for the public; every part of a page counts the same ones."""
    if "counted" not in reading.memo:
        reading.memo["counted"] = Counted(Parliament.objects.home(), reading.day, reading.user)
    found: Counted = reading.memo["counted"]
    return found


def answer(request: HttpRequest, template: str, reading: Reading, **context: Any) -> HttpResponse:
    """A portal page with what every one of them shows."""
    problem = day_problem(request)
    found = portal_context(request, reading) | {"day_problem": problem} | context
    page = render(request, f"portal/{template}.html", found, status=400 if problem else 200)
    return until_more_is_told(page, reading)


def until_more_is_told(page: HttpResponse, reading: Reading) -> HttpResponse:
    """The answer, which is kept no longer than until the day of an event ends somewhere and more of it is told."""
    if "counted" in reading.memo and "moment" in vars(told := reading.memo["counted"].told):
        page.kept_until = told.next_change()  # type: ignore[attr-defined]
    return page


def said(table: Table[Any]) -> Table[Any]:
    """The table without the columns in which no row says anything."""
    filled = [any(cells) for cells in zip(*table.values(), strict=True)]
    columns = tuple(column for column, is_filled in zip(table.columns.of, filled, strict=False) if is_filled)
    return replace(table, columns=replace(table.columns, of=columns)) if columns else table


def portal_context(request: HttpRequest, reading: Reading) -> dict[str, Any]:
    """Name, navigation, languages, contrast version and foot."""
    home = counted_for(reading).home
    items = [(_("Overview"), to(request, "overview"))]
    items += [(str(one.menu), to(request, "dataset", key)) for key, one in DATASETS.items() if one.menu]
    items.append((_("Open data"), to(request, "data")))
    is_demo = bool(installation().get(DEMONSTRATION_DAY))
    return {
        "reading": reading,
        "parliament_name": text_in(home.name) if home else "Interparl",
        "portal_url": to(request, "overview"),
        "navigation": [
            {"label": label, "url": url, "current": url.partition("?")[0] == request.path} for label, url in items
        ],
        "languages": languages_of(request),
        "contrast": contrast_of(request),
        "search_url": "",
        "illustrative": _("Demonstration data. People and their deeds are invented.") if is_demo else "",
        "foot_links": [
            {"label": _("Data in CSV and JSON"), "url": to(request, "data")},
            {"label": _("How we count"), "url": to(request, "how")},
            {"label": _("For staff"), "url": reverse("home")},
        ],
        "updated": _("Read as of %(day)s") % {"day": write_day(reading.day, reading.language, "full")},
        "past_day": write_day(reading.day, reading.language, "full") if reading.is_past else "",
        "today_url": same_page(request, on=None),
    }


def languages_of(request: HttpRequest) -> list[dict[str, Any]]:
    """This page in every language, each with an address of its own."""
    now = get_language()
    match = request.resolver_match
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            url = reverse(match.view_name, args=match.args, kwargs=match.kwargs) if match else "/"
        query = request.GET.urlencode()
        found.append(
            {
                "url": f"{url}?{query}" if query else url,
                "code": code,
                "name": LANGUAGE_NAMES.get(code, code),
                "current": code == now,
            }
        )
    return found


def contrast_of(request: HttpRequest) -> dict[str, Any]:
    """The version for the visually impaired: its scheme and size stand in the address, nothing is stored."""
    scheme, size = request.GET.get("contrast", ""), request.GET.get("size", "2")
    if scheme not in SCHEMES:
        return {"scheme": "", "on_url": same_page(request, contrast=SCHEMES[0], size="2")}
    size = size if size in SIZES else "2"
    words = {
        "black-on-white": _("black on white"),
        "white-on-black": _("white on black"),
        "yellow-on-black": _("yellow on black"),
    }
    sizes = {"1": _("large"), "2": _("larger"), "3": _("largest")}
    return {
        "scheme": scheme,
        "size": size,
        "off_url": same_page(request, contrast=None, size=None),
        "sizes": [
            {"size": one, "label": sizes[one], "url": same_page(request, size=one), "current": one == size}
            for one in SIZES
        ],
        "schemes": [
            {"scheme": one, "label": words[one], "url": same_page(request, contrast=one), "current": one == scheme}
            for one in SCHEMES
        ],
    }
