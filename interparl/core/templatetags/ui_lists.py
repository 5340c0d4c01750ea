"""Around a list: search, filters, pages, what is ticked, and the day that is read."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from .ui_pages import part, trimmed
from .ui_parts import Action, FoundGroup, Link, Pill, Words

register = template.Library()

Hidden = Sequence[tuple[str, str]]


@register.inclusion_tag("ui/search_box.html")
def search_box(
    action: str,
    value: str = "",
    name: str = "q",
    label: Words = "",
    key: str = "/",
    autofocus: bool = False,
    suggest: str = "",
) -> dict[str, object]:
    """The one field; a plain GET form. `label` is its name and what it says while empty.

    `suggest` is the address that answers `?q=` with `search_results` alone; scripts show it under the field.
    """
    values: dict[str, object] = {"action": action, "value": value, "name": name, "label": label, "key": key}
    return values | {"autofocus": autofocus, "suggest": suggest}


@register.inclusion_tag("ui/search_results.html")
def search_results(
    groups: Sequence[FoundGroup], all_url: str = "", all_label: Words = "", query: str = ""
) -> dict[str, object]:
    """What was found, by kind; the options of the listbox under the search field. Words of `query` are marked."""
    return {"groups": groups, "all_url": all_url, "all_label": all_label, "query": query}


@register.simple_block_tag
def filter_bar(
    content: SafeString,
    shown: Words,
    total: Words = "",
    action: str = "",
    query: str = "",
    name: str = "q",
    pills: Sequence[Pill] = (),
    clear_url: str = "",
    hidden: Hidden = (),
    actions: Sequence[Action] = (),
    note: Words = "",
) -> SafeString:
    """Text filter, the filters that are on, and the fields of the others (the content of the block).

    `shown` "38 people", `total` "of 1,284", `note` "sorted by name"; `hidden` = what else stands in the address.
    """
    values: dict[str, object] = {
        "shown": shown,
        "total": total,
        "action": action,
        "query": query,
        "name": name,
        "pills": pills,
    }
    values |= {"clear_url": clear_url, "hidden": hidden, "actions": actions, "note": note}
    return part("filter_bar", values | {"content": trimmed(content)})


@register.inclusion_tag("ui/pagination.html")
def pagination(
    text: Words, previous_url: str = "", next_url: str = "", next_label: Words = "", sizes: Sequence[Link] = ()
) -> dict[str, object]:
    """The words "Rows 1-50 of 214", previous, next, page sizes (the one without an address is the present one)."""
    return {"text": text, "previous_url": previous_url, "next_url": next_url, "next_label": next_label, "sizes": sizes}


@register.inclusion_tag("ui/selection_bar.html")
def selection_bar(
    actions: Sequence[Action], clear_url: str = "", all_label: Words = "", all_url: str = ""
) -> dict[str, object]:
    """Steps for the ticked rows, inside the form of the table: each is a submit button with formaction."""
    return {"actions": actions, "clear_url": clear_url, "all_label": all_label, "all_url": all_url}


@register.inclusion_tag("ui/as_of.html")
def as_of(
    day: str,
    text: Words = "",
    today: bool = True,
    action: str = "",
    previous_url: str = "",
    next_url: str = "",
    today_url: str = "",
    note: Words = "",
    hidden: Hidden = (),
    legend: bool = False,
    links: Sequence[Link] = (),
    name: str = "on",
) -> dict[str, object]:
    """The day that is read (`day` in ISO, `text` as people write it), the changes before and after it; a GET form.

    `note` "Last change 6 May 2015: a member joined"; `legend` explains the signs of the ruler below.
    """
    return {
        "day": day,
        "text": text,
        "today": today,
        "action": action,
        "previous_url": previous_url,
        "next_url": next_url,
        "today_url": today_url,
        "note": note,
        "hidden": hidden,
        "legend": legend,
        "links": links,
        "name": name,
    }
