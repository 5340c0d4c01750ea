"""The parts of a page: heading, panels, lists, alerts, menus, dialogs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .ui_parts import (
    Action,
    AttentionItem,
    ClashLine,
    Fact,
    Link,
    NumberLink,
    Row,
    RuleLine,
    Tab,
    TimelineItem,
    Words,
    known,
)
from .ui_signs import SIDES, icon, side_bar

register = template.Library()

KINDS = frozenset({"standard", "primary", "danger", "quiet"})
ALERTS = {"good": "check", "info": "info", "warn": "clock", "bad": "warning"}
LEVELS = {"late": "late", "soon": "clock", "seen": "check", "postponed": "clock"}
CLASHES = {"forbids": "warning", "warns": "warning", "notes": "info", "kept": "check", "solved": "check"}
RULES = {"met": "check", "broken": "cross", "overridden": "warning", "unknown": "info"}


def trimmed(content: SafeString) -> SafeString:
    """The content of a block without the white space around it, so that an empty block is empty."""
    return SafeString(content.strip())


def part(name: str, values: Mapping[str, object]) -> SafeString:
    """The component's own template filled with these values, nothing else in reach."""
    return SafeString(get_template(f"ui/{name}.html").render(dict(values)))


@register.inclusion_tag("ui/action.html")
def action(action: Action, small: bool = False, in_menu: bool = False) -> dict[str, object]:
    """One step as a button: link, POST form, or the opener of a dialog; refused ones say why."""
    known(action.kind, KINDS, "kind")
    if in_menu:
        classes = "menu-item" + (" menu-danger" if action.kind == "danger" else "")
    else:
        classes = "button" + ("" if action.kind == "standard" else f" button-{action.kind}")
        classes += (" button-small" if small else "") + (" button-icon" if action.words_hidden else "")
    return {"action": action, "classes": classes, "in_menu": in_menu}


@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(items: Sequence[Link], current: Words) -> dict[str, object]:
    """The way to this page; on a phone only the parent."""
    return {"items": items, "current": current}


@register.simple_block_tag(takes_context=True)
def page_heading(
    context: Context,
    content: SafeString,
    title: Words,
    crumbs: Sequence[Link] = (),
    actions: Sequence[Action] = (),
    more: Sequence[Action] = (),
    flag: str = "",
    lang: str = "",
) -> SafeString:
    """Breadcrumbs, the one h1, the state line (the content of the block), actions and the menu "more"."""
    values = {"title": title, "crumbs": crumbs, "actions": actions, "more": more, "flag": flag, "lang": lang}
    return part("page_heading", values | {"content": trimmed(content), "csrf_token": context.get("csrf_token")})


@register.simple_block_tag
def panel(
    content: SafeString,
    title: Words,
    count: Words | int = "",
    actions: Sequence[Link] = (),
    variant: str = "normal",
    name: str = "",
    failed: Words = "",
) -> SafeString:
    """A part of the page under a rule. `variant` "normal", "lite" or "bad"; `name` = its id; `failed` = not loaded."""
    known(variant, frozenset({"normal", "lite", "bad"}), "variant")
    values = {"title": title, "count": count, "actions": actions, "variant": variant, "name": name, "failed": failed}
    return part("panel", values | {"content": content})


@register.simple_block_tag
def card(content: SafeString, title: Words = "") -> SafeString:
    """A framed surface, only for something with moves."""
    heading = format_html("<h2>{}</h2>", title) if title else ""
    return format_html('<div class="card">{}{}</div>', heading, content)


@register.inclusion_tag("ui/facts.html")
def facts(items: Sequence[Fact], layout: str = "above") -> dict[str, object]:
    """Labels and values; `layout` "above" (label over value) or "beside"."""
    return {"items": items, "layout": known(layout, frozenset({"above", "beside"}), "layout")}


@register.inclusion_tag("ui/glance.html")
def glance(items: Sequence[Fact]) -> dict[str, object]:
    """Up to six facts in a row with large values; raises ValueError above six."""
    if len(items) > 6:
        raise ValueError("a glance row holds six facts at most")
    return {"items": items}


@register.filter
def glance_facts(blocks: Sequence[Any]) -> list[Fact]:
    """The facts of the blocks above a page, for one glance row: six at most."""
    return [fact for block in blocks if block.content.kind == "facts" for fact in block.content.facts][:6]


@register.inclusion_tag("ui/numbers.html")
def numbers(items: Sequence[NumberLink]) -> dict[str, object]:
    """The big numbers of the portal, each a link to what it counts."""
    return {"items": items}


@register.inclusion_tag("ui/rows.html")
def rows(items: Sequence[Row]) -> dict[str, object]:
    """The short list of a panel."""
    for item in items:
        if item.side:
            known(item.side, SIDES, "side")
    return {"items": items}


@register.inclusion_tag("ui/attention.html")
def attention(items: Sequence[AttentionItem]) -> dict[str, object]:
    """What needs attention: a sign, the sentence, the rule and person, the date or delay."""
    return {"items": [(item, LEVELS[known(item.level, frozenset(LEVELS), "level")]) for item in items]}


@register.inclusion_tag("ui/clash.html")
def clash(items: Sequence[ClashLine]) -> dict[str, object]:
    """What collides: a sign, who or what, both times, the ways out; kept ones with the reason."""
    return {"items": [(item, CLASHES[known(item.state, frozenset(CLASHES), "state")]) for item in items]}


@register.inclusion_tag("ui/rules_check.html")
def rules_check(items: Sequence[RuleLine]) -> dict[str, object]:
    """The rules of a body; broken ones come first whatever the order given."""
    ordered = sorted(items, key=lambda item: item.state != "broken")
    return {"items": [(item, RULES[known(item.state, frozenset(RULES), "state")]) for item in ordered]}


@register.inclusion_tag("ui/timeline.html")
def timeline(items: Sequence[TimelineItem], more_url: str = "", more_label: Words = "") -> dict[str, object]:
    """What happened, newest on top; a dot by side, a ring when ended, dotted when planned."""
    for item in items:
        known(item.state, frozenset({"past", "planned", "ended"}), "state")
    return {"items": items, "more_url": more_url, "more_label": more_label}


@register.inclusion_tag("ui/tabs.html")
def tabs(items: Sequence[Tab], label: Words) -> dict[str, object]:
    """Slices of the same list; `label` names the row for a screen reader."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/empty.html")
def empty(title: Words, text: Words = "", action_label: Words = "", action_url: str = "") -> dict[str, object]:
    """What is not there, why, and the way out."""
    return {"title": title, "text": text, "action_label": action_label, "action_url": action_url}


@register.inclusion_tag("ui/alert.html")
def alert(
    text: Words, tone: str = "info", title: Words = "", action_label: Words = "", action_url: str = ""
) -> dict[str, object]:
    """A sentence that stays until solved; `tone` "good", "info", "warn" or "bad" (announced at once)."""
    sign = ALERTS[known(tone, frozenset(ALERTS), "tone")]
    return {
        "text": text,
        "tone": tone,
        "title": title,
        "sign": sign,
        "action_label": action_label,
        "action_url": action_url,
    }


@register.inclusion_tag("ui/toast.html")
def toast(text: Words, undo_url: str = "") -> dict[str, object]:
    """What was done, with "Undo" (a POST) when it can be taken back."""
    return {"text": text, "undo_url": undo_url}


@register.simple_tag
def bar(share: int, tone: str = "") -> SafeString:
    """A bar filled to `share` percent (0-100, raises ValueError outside); `tone` "", "good" or "bad"."""
    if not 0 <= share <= 100:
        raise ValueError("a share is between 0 and 100")
    extra = f" bar-{known(tone, frozenset({'good', 'bad'}), 'tone')}" if tone else ""
    return format_html('<div class="bar{}"><div class="bar-part share-{}"></div></div>', extra, share)


@register.inclusion_tag("ui/progress.html")
def progress(text: Words, share: int, stop_url: str = "", tone: str = "") -> dict[str, object]:
    """Long work: the sentence with its count, the bar (0-100), "Stop" (a POST)."""
    return {"text": text, "share": share, "stop_url": stop_url, "bar": bar(share, tone)}


@register.simple_block_tag(takes_context=True)
def dialog(
    context: Context,
    content: SafeString,
    name: str,
    title: Words,
    action_url: str,
    verb: Words,
    keep: Words,
    keep_url: str = "",
    text: Words = "",
    danger: bool = False,
    still: bool = False,
) -> SafeString:
    """A question with its consequence and a POST form; the block holds the fields (a reason), `keep` is the way back.

    `still` prints the same as a page of its own, for a browser without scripts.
    """
    values: dict[str, object] = {
        "name": name,
        "title": title,
        "action_url": action_url,
        "verb": verb,
        "keep": keep,
        "text": text,
    }
    values |= {"keep_url": keep_url, "danger": danger, "still": still, "content": content}
    return part("dialog", values | {"csrf_token": context.get("csrf_token")})


@register.inclusion_tag("ui/menu.html")
def menu(
    items: Sequence[Action], label: Words, sign: str = "more", words: bool = False, start: bool = False
) -> dict[str, object]:
    """A button that opens rows of steps; dangerous ones come last, after a line. `start` opens to the right."""
    usual = [item for item in items if item.kind != "danger"]
    last = [item for item in items if item.kind == "danger"]
    return {"usual": usual, "last": last, "label": label, "sign": icon(sign), "words": words, "start": start}


@register.filter
def bar_of(side: str) -> SafeString | str:
    """The bar of that side, or nothing when there is none."""
    return side_bar(side) if side else ""
