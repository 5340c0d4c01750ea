"""The small signs: they are functions of text and may also be called from code that makes the cells of a table."""

from __future__ import annotations

import datetime
import re
from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from interparl.core.days import today
from interparl.core.formats import write_day

from .ui_parts import Words, known

register = template.Library()

TONES = frozenset({"neutral", "good", "warn", "bad", "info", "theirs"})
STATES = frozenset({"good", "bad", "warn", "draft", "ended"})
SIDES = frozenset({"ours", "theirs", "joint"})
MARKS = frozenset({"public", "internal", "official", "pointer"})
ICONS = frozenset(
    [
        "bodies",
        "brief",
        "calendar",
        "check",
        "clock",
        "close",
        "countries",
        "cross",
        "document",
        "down",
        "edit",
        "export",
        "filter",
        "flag",
        "history",
        "home",
        "import",
        "info",
        "languages",
        "late",
        "link",
        "mail",
        "meeting",
        "menu",
        "more",
        "next",
        "organisations",
        "parliaments",
        "people",
        "plus",
        "previous",
        "print",
        "report",
        "ring",
        "search",
        "settings",
        "sign-out",
        "translation",
        "undo",
        "user",
        "vacant",
        "warning",
        "worklist",
    ]
)
# Codes whose flag lies in static/core/flags; the others are shown as a code in a frame.
FLAGS: frozenset[str] = frozenset()


@register.simple_tag
def icon(name: str, extra_class: str = "") -> SafeString:
    """An icon of the sprite, hidden from screen readers: a word stands beside it or in the name of the control."""
    return _drawn(name, extra_class)


@cache
def _drawn(name: str, extra_class: str) -> SafeString:
    """A page has dozens of icons and the address of the sprite stands for the life of the process."""
    known(name, ICONS, "icon")
    classes = f"icon {extra_class}".rstrip()
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>', classes, static("core/icons.svg"), name
    )


@register.simple_tag
def logo() -> SafeString:
    """The two shapes: ours and theirs."""
    return mark_safe(
        '<svg class="logo" viewBox="0 0 20 20" aria-hidden="true">'
        '<path class="logo-ours" d="M9.2 3v14H2v-6.8A7.2 7.2 0 0 1 9.2 3z"/>'
        '<path class="logo-theirs" d="M10.8 3a7.2 7.2 0 0 1 7.2 7.2V17h-7.2z"/></svg>'
    )


@register.simple_tag
def hidden(text: Words) -> SafeString:
    """Words for a screen reader only."""
    return format_html('<span class="hidden-words">{}</span>', text)


@register.simple_tag
def badge(text: Words, tone: str = "neutral", outlined: bool = False, sign: str = "") -> SafeString:
    """A word of state inside a row; `tone` one of TONES, outlined = not yet, `sign` = an icon before it."""
    classes = f"badge badge-{known(tone, TONES, 'tone')}" + (" badge-outlined" if outlined else "")
    return format_html('<span class="{}">{}{}</span>', classes, icon(sign) if sign else "", text)


@register.simple_tag
def published(day: datetime.date | None) -> SafeString:
    """Whether the public reads what may be public: already, from a day to come on, or not at all."""
    if day is None:
        return badge(gettext("not published"), outlined=True)
    if day <= today():
        return badge(gettext("published"), "good")
    words = gettext("published from %(day)s") % {"day": write_day(day, get_language() or "en")}
    return badge(words, outlined=True)


@register.simple_tag
def state(text: Words, tone: str) -> SafeString:
    """The state of the record: a dot and the word; `tone` one of STATES."""
    return format_html(
        '<span class="state state-{}"><span class="state-dot"></span>{}</span>', known(tone, STATES, "tone"), text
    )


def _mark_words(level: str) -> str:
    words = {
        "public": gettext("Public"),
        "internal": gettext("Internal"),
        "official": gettext("Official use"),
        "pointer": gettext("Pointer only"),
    }
    return words[level]


@register.simple_tag
def mark(level: str, text: Words = "") -> SafeString:
    """The stamp of confidentiality; `level` one of MARKS, the words are ours unless given."""
    known(level, MARKS, "mark")
    sign = icon("countries") if level == "public" else ""
    return format_html('<span class="mark mark-{}">{}{}</span>', level, sign, text or _mark_words(level))


@register.simple_tag
def side_bar(side: str) -> SafeString:
    """The bar of a side alone, with hidden words."""
    known(side, SIDES, "side")
    words = {"ours": gettext("ours"), "theirs": gettext("theirs"), "joint": gettext("both sides")}
    return format_html('<span class="side-bar side-bar-{}"></span>{}', side, hidden(words[side] + " "))


@register.simple_tag
def side(text: Words, side: str, shape: str = "bar") -> SafeString:
    """Words with the bar (or `shape="dot"`) of their side before them; the words themselves must name the side."""
    known(side, SIDES, "side")
    known(shape, frozenset({"bar", "dot"}), "shape")
    return format_html('<span class="side"><span class="side-{0} side-{0}-{1}"></span>{2}</span>', shape, side, text)


@register.simple_tag
def flag(code: str, large: bool = False) -> SafeString:
    """The flag of a country by its ISO code; without a picture, the code in a frame. The name stands beside it."""
    size = " flag-large" if large else ""
    if code.lower() in FLAGS:
        address = static(f"core/flags/{code.lower()}.svg")
        return format_html('<img class="flag{}" src="{}" alt="" width="20" height="15">', size, address)
    return format_html('<span class="flag-code{}" aria-hidden="true">{}</span>', size, code.upper())


@register.simple_tag
def date(text: Words, iso: str = "", approximate: bool = False, other_zone: Words = "") -> SafeString:
    """A day already formatted; `iso` for machines, "approximate" in grey, the reader's own hour beside."""
    shown = (
        format_html('<time class="date" datetime="{}">{}</time>', iso, text)
        if iso
        else format_html('<span class="date">{}</span>', text)
    )
    doubt = format_html(' <span class="date-doubt">{}</span>', gettext("approximate")) if approximate else ""
    zone = format_html(' <span class="date-zone">{}</span>', other_zone) if other_zone else ""
    return format_html("{}{}{}", shown, doubt, zone)


@register.simple_tag
def signed(text: Words, sign: str) -> SafeString:
    """A value with a sign before it: "met" (check), "late" (cross), "soon" (clock)."""
    signs = {"met": "check", "late": "cross", "soon": "clock"}
    known(sign, frozenset(signs), "sign")
    return format_html('<span class="sign-line {}">{}<span>{}</span></span>', sign, icon(signs[sign]), text)


@register.simple_tag
def money(amount: str, code: str, converted: Words = "", planned: bool = False) -> SafeString:
    """An exact amount, already formatted, and its ISO 4217 code; the converted value in grey with the rate's day."""
    extra = format_html(' <span class="money-converted">= {}</span>', converted) if converted else ""
    classes = "money-sum money-planned" if planned else "money-sum"
    return format_html('<span class="money"><span class="{}">{}&nbsp;{}</span>{}</span>', classes, amount, code, extra)


@register.simple_tag
def file(title: Words, url: str, facts: Words = "", older: bool = False) -> SafeString:
    """A document: title, then format, size and version ("PDF, 310 kB, v2"); older versions are grey."""
    return format_html(
        '<span class="{}">{}<a href="{}">{}</a><span class="file-facts">{}</span></span>',
        "file file-older" if older else "file",
        icon("document"),
        url,
        title,
        facts,
    )


@register.filter
def letters(name: object) -> str:
    """The first letters of the first and the last word of a name, in its own script."""
    words = [word for word in str(name).split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def marked(text: object, query: object) -> SafeString:
    """The text with the words that were looked for marked where they begin its words."""
    words = "|".join(re.escape(word) for word in sorted(set(str(query).split()), key=len, reverse=True))
    parts = re.split(rf"(?<!\w)({words})", str(text), flags=re.IGNORECASE) if words else [str(text)]
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", part) if at % 2 else part,) for at, part in enumerate(parts))
    )


@register.simple_tag
def initials(text: str, side: str = "ours", vacant: bool = False) -> SafeString:
    """The initials of a person: round ours, square theirs; a small ring for a vacancy."""
    known(side, SIDES, "side")
    if vacant:
        return mark_safe('<span class="initials initials-vacant" aria-hidden="true"></span>')
    return format_html('<span class="initials initials-{}" aria-hidden="true">{}</span>', side, text)


@register.simple_tag
def person(
    name: Words,
    letters: str = "",
    url: str = "",
    role: Words = "",
    side: str = "ours",
    left: Words = "",
    vacant: bool = False,
    lang: str = "",
    warning: Words = "",
) -> SafeString:
    """Initials, name, role that day. `left` = why, when gone; `vacant` draws an empty ring; `lang` of the name.

    `warning` is a badge at the end.
    """
    attribute = format_html(' lang="{}"', lang) if lang else ""
    shown = (
        format_html('<a class="person-name" href="{}"{}><bdi>{}</bdi></a>', url, attribute, name)
        if url
        else format_html('<span class="person-name"{}><bdi>{}</bdi></span>', attribute, name)
    )
    second = left or role
    under = format_html('<span class="second">{}</span>', second) if second else ""
    classes = "person" + (" has-left" if left else "") + (" is-vacant" if vacant else "")
    return format_html(
        '<span class="{}">{}<span>{}{}{}</span></span>',
        classes,
        initials(letters, side, vacant),
        shown,
        under,
        badge(warning, "bad") if warning else "",
    )
