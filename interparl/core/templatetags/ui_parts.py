"""What the components are given: small frozen values, so that a page says what it shows and never how.

`Words` is text or a lazy translation. Text is escaped; a SafeString is printed as it is. Days come already formatted,
with the ISO form beside them for <time>. `address` is where the words lead, `spoken` the language they are written in
when it is not the page's. Nothing here knows a model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.functional import Promise

Words = str | Promise
Side = Literal["ours", "theirs", "joint"]


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    label: Words
    url: str


@dataclass(frozen=True)
class Action:
    """A step that the reader may take: a link, a POST, or the opener of a dialog (`dialog` = its id, `url` = its page).

    `kind`: "standard", "primary", "danger" or "quiet". `refused` is the reason why it is shown but not allowed.
    """

    label: Words
    url: str = ""
    kind: str = "standard"
    icon: str = ""
    post: bool = False
    dialog: str = ""
    key: str = ""
    refused: Words = ""
    words_hidden: bool = False


@dataclass(frozen=True)
class Fact:
    """A label with its value; an empty value prints "not known". `side` puts the bar of a side before the value.

    `badge` is a word of warning beside somebody.
    """

    label: Words
    value: Words = ""
    second: Words = ""
    address: str = ""
    side: str = ""
    spoken: str = ""
    badge: Words = ""


@dataclass(frozen=True)
class Row:
    """A line of a short list. `record` sets the words in serif; `late` turns the day red."""

    title: Words
    address: str = ""
    second: Words = ""
    when: Words = ""
    side: str = ""
    icon: str = ""
    badge: Words = ""
    tone: str = "neutral"
    record: bool = False
    late: bool = False
    spoken: str = ""


@dataclass(frozen=True)
class Tab:
    """A slice of the list that is shown."""

    label: Words
    url: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True)
class SlotText:
    """What happens, in one language: `lang` where it is not that of the page, `note` a grey line with its tone.

    Without words `missing` says so, and `url` leads to where they are written, as `action` calls it.
    """

    text: str = ""
    lang: str = ""
    tag: str = ""
    url: str = ""
    note: Words = ""
    tone: str = ""
    missing: Words = ""
    action: Words = ""


@dataclass(frozen=True)
class Slot:
    """An item of a programme: hours and place, the texts of the columns, the way to it, what is wrong, who takes part.

    `elsewhere` are its hours on other clocks, `who` and `links` stand below the first text.
    """

    hours: str
    texts: Sequence[SlotText]
    place: str = ""
    place_lang: str = ""
    elsewhere: Words = ""
    way: str = ""
    problems: Sequence[Words] = ()
    links: Sequence[Link] = ()
    who: Words = ""


@dataclass(frozen=True)
class SlotColumn:
    """A column of a programme: in which language, for whom, and a badge with a warning."""

    label: str
    note: Words = ""
    badge: Words = ""
    lang: str = ""


@dataclass(frozen=True)
class SlotGroup:
    """Items that follow each other: those of a track, or of a day."""

    title: str
    slots: Sequence[Slot]
    lang: str = ""


@dataclass(frozen=True)
class LanguageTab:
    """A language by its own name. `state`: "reviewed", "outdated", "draft" or "missing"."""

    code: str
    name: str
    url: str
    state: str = "missing"
    current: bool = False
    authentic: bool = False


@dataclass(frozen=True)
class Pill:
    """A filter that is on; `url` is the same list without it."""

    name: Words
    value: Words
    url: str


@dataclass(frozen=True)
class TimelineItem:
    """Something on the line of time. `state`: "past", "planned" or "ended"; `side` may be empty."""

    day: Words
    text: Words
    iso: str = ""
    address: str = ""
    side: str = ""
    state: str = "past"


@dataclass(frozen=True)
class AttentionItem:
    """What needs attention. `level`: "late", "soon", "seen" or "postponed"."""

    text: Words
    level: str
    second: Words = ""
    when: Words = ""
    address: str = ""


@dataclass(frozen=True)
class RuleLine:
    """A rule and how it stands. `state`: "met", "broken", "overridden" or "unknown"."""

    text: Words
    state: str
    value: Words = ""
    second: Words = ""
    action: Link | None = None


@dataclass(frozen=True)
class ClashLine:
    """Who or what is double, both times, and the ways out. `state`: "forbids", "warns", "notes", "kept" or "solved".

    `address` is what it collides with; of a kept one `second` is the reason.
    """

    title: Words
    state: str
    text: Words = ""
    second: Words = ""
    address: str = ""
    ways: Sequence[Link] = ()


@dataclass(frozen=True)
class Stage:
    """A stage of the way. `state`: "done", "now", "planned", "skipped" or "cancelled"; `late`: its day is past."""

    label: Words
    state: str
    second: Words = ""
    late: bool = False


@dataclass(frozen=True)
class DiffPart:
    """A run of words. `kind`: "same", "removed", "added" or "moved"."""

    kind: str
    text: str


@dataclass(frozen=True)
class NumberLink:
    """A big number of the portal and the list that it counts."""

    number: str
    label: Words
    url: str


@dataclass(frozen=True)
class Found:
    """A record that was found; `second` may hold the matched spelling in <mark>, `where` is its place or day."""

    title: Words
    address: str
    second: Words = ""
    where: Words = ""
    side: str = "ours"
    letters: str = ""
    icon: str = ""


@dataclass(frozen=True)
class FoundGroup:
    """What was found of one kind, people first."""

    title: Words
    items: Sequence[Found]


@dataclass(frozen=True)
class StripDay:
    """A day of the strip; `name` is the short name of the weekday or "Today"."""

    number: int
    name: Words
    today: bool = False
    weekend: bool = False
    sitting: bool = False


@dataclass(frozen=True)
class StripItem:
    """A bar or deadline of the strip: starts in column 1-15, spans days, stands in lane 1-4.

    `kind`: "ours", "theirs", "neutral", "deadline", "busy" or "more"; `whole` is the sentence for a screen
    reader.
    """

    label: Words
    column: int
    span: int
    lane: int
    kind: str
    address: str = ""
    whole: Words = ""


@dataclass(frozen=True)
class Segment:
    """A convocation on the ruler; `short` is its name on a phone."""

    label: Words
    short: Words
    since: date
    until: date
    now: bool = False


@dataclass(frozen=True)
class Life:
    """From when to when the record existed; no `until` = it still does."""

    since: date
    until: date | None = None
    now: bool = False


@dataclass(frozen=True)
class Tick:
    """A day on which something changed, with the sentence for a screen reader."""

    day: date
    text: Words


@dataclass(frozen=True)
class RulerEvent:
    """A meeting on the ruler: a dot of ours, a square of theirs, a ring when planned."""

    day: date
    text: Words
    side: str = "ours"
    planned: bool = False


@dataclass(frozen=True)
class Ruler:
    """The ruler of time from `first` to `last`; `marker` is the day read, `marker_text` its words."""

    first: date
    last: date
    marker: date
    marker_text: Words
    past: bool = False
    segments: Sequence[Segment] = ()
    lives: Sequence[Life] = ()
    ticks: Sequence[Tick] = ()
    events: Sequence[RulerEvent] = ()
    before: Words = ""


def known(value: str, allowed: frozenset[str], what: str) -> str:
    """That value; raises ValueError when the look knows no such thing, so that a misspelt tone is found at once."""
    if value not in allowed:
        raise ValueError(f"{what} is one of {', '.join(sorted(allowed))}, not {value!r}")
    return value
