"""What goes step by step or day by day: stages, moves, a programme, the strip of two weeks, differences of words."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from .ui_pages import part, trimmed
from .ui_parts import Action, DiffPart, SlotColumn, SlotGroup, Stage, StripDay, StripItem, Words, known

register = template.Library()

STAGES = frozenset({"done", "now", "planned", "skipped", "cancelled"})
STRIP_KINDS = frozenset({"ours", "theirs", "neutral", "deadline", "busy", "more"})


@register.inclusion_tag("ui/stages.html")
def stages(items: Sequence[Stage], label: Words = "") -> dict[str, object]:
    """The whole way with the days done and planned; on a phone only the present stage and the next."""
    for item in items:
        known(item.state, STAGES, "state")
    return {"items": items, "label": label}


@register.simple_block_tag(takes_context=True)
def moves(
    context: Context, content: SafeString, primary: Action | None = None, others: Sequence[Action] = ()
) -> SafeString:
    """The steps that this person may take now; the block says what is still open."""
    values = {"primary": primary, "others": others, "content": trimmed(content)}
    return part("moves", values | {"csrf_token": context.get("csrf_token")})


@register.inclusion_tag("ui/strip.html")
def strip(days: Sequence[StripDay], items: Sequence[StripItem], label: Words) -> dict[str, object]:
    """Fifteen days and what stands in them; raises ValueError for a bar outside the strip."""
    for item in items:
        known(item.kind, STRIP_KINDS, "kind")
        if not (1 <= item.column <= 15 and 1 <= item.span <= 16 - item.column and 1 <= item.lane <= 4):
            raise ValueError(f"the strip has 15 days and 4 lanes: {item}")
    return {"days": days, "items": items, "label": label}


@register.inclusion_tag("ui/programme.html")
def programme(groups: Sequence[SlotGroup], columns: Sequence[SlotColumn], place: Words) -> dict[str, object]:
    """What happens by the hour, in languages side by side; a red edge and a sentence where something is wrong."""
    for group in groups:
        for slot in group.slots:
            if len(slot.texts) != len(columns):
                raise ValueError(f"an item has a text for each column: {slot}")
    return {"groups": groups, "columns": columns, "place": place, "spans": len(columns)}


def _hidden(text: str) -> SafeString:
    return format_html('<span class="hidden-words">{}</span>', text)


def _run(part_of_text: DiffPart) -> SafeString:
    known(part_of_text.kind, frozenset({"same", "removed", "added", "moved"}), "kind")
    if part_of_text.kind == "removed":
        return format_html("<del>{}{}</del>", _hidden(gettext("removed:") + " "), part_of_text.text)
    if part_of_text.kind == "added":
        return format_html("<ins>{}{}</ins>", _hidden(gettext("added:") + " "), part_of_text.text)
    if part_of_text.kind == "moved":
        return format_html('<span class="diff-moved">{}{}</span>', _hidden(gettext("moved:") + " "), part_of_text.text)
    return format_html("{}", part_of_text.text)


@register.simple_tag
def diff_words(parts: Sequence[DiffPart]) -> SafeString:
    """Words of a text with what was removed, added or moved; words of record, so in serif."""
    return format_html('<p class="diff of-record">{}</p>', format_html_join("", "{}", ((_run(run),) for run in parts)))


@register.simple_tag
def diff(old: str, new: str) -> SafeString:
    """A field: the old value, then the new one; the same value twice is printed once."""
    if old == new:
        return format_html("{}", new)
    runs = [_run(DiffPart(kind, text)) for kind, text in (("removed", old), ("added", new)) if text]
    return format_html('<span class="diff">{}</span>', format_html_join(" ", "{}", ((run,) for run in runs)))
