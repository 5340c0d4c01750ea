"""Fifty rows of a check as markup, written by code as those of every other list are (design 8.18)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from markupsafe import escape

from interparl.core.templatetags.ui_ways import diff
from interparl.exchange.pages.rows import Candidate, Change, RowLine

UNDECIDED = "undecided"


def rows_markup(lines: Iterable[RowLine], *, may_decide: bool) -> SafeString:
    """The rows of the table; with boxes to tick and a choice for each where the reader decides."""
    write = _writer(may_decide=may_decide)
    return SafeString("".join(map(write, lines)))


def _writer(*, may_decide: bool) -> Callable[[RowLine], str]:
    """Writes a row; the words that all rows share are looked up once."""
    kind, place, record_link = (escape(words) for words in (_("Kind in the file"), _("Place"), _("Its record")))
    why, choice = _why_writer(), _choice_writer()

    def write(line: RowLine) -> str:
        name = f"<bdi>{escape(line.name)}</bdi>"
        if line.own_url:
            name = f'<a href="{escape(line.own_url)}">{name}</a>'
            if line.url:
                name += f' <a class="second" href="{escape(line.url)}">{record_link}</a>'
        tick, decision = (_tick(line), choice(line)) if may_decide else ("", "")
        of_kind = f' data-label="{kind}"' if line.record else ""
        at = escape(line.row.place)
        stands = f' data-label="{place}"><code dir="ltr">{at}</code>' if at else ">"
        return (
            f'<tr role="row">{tick}<th role="rowheader" scope="row">{name}</th>'
            f'<td role="cell"{of_kind}>{escape(line.record)}</td><td role="cell">{escape(line.signs)}</td>'
            f'<td role="cell" class="why">{why(line)}</td>{decision}<td role="cell"{stands}</td></tr>'
        )

    return write


def _tick(line: RowLine) -> str:
    if not line.choices:
        return '<td class="check" role="cell"></td>'
    box = f'<input type="checkbox" name="row" value="{line.row.pk}" aria-label="{escape(line.name)}">'
    return f'<td class="check" role="cell">{box}</td>'


def _why_writer() -> Callable[[RowLine], str]:
    """Writes what changes, what is asked, the reasons, and the records that look alike."""
    here, in_file = escape(_("here")), escape(_("in the file"))

    def asked(change: Change) -> str:
        before, after = (escape(value or "–") for value in (change.before, change.after))
        sides = f'{here} <b dir="auto">{before}</b>, {in_file} <b dir="auto">{after}</b>'
        return f"<div>{escape(change.label)}: {sides}</div>"

    def write(line: RowLine) -> str:
        parts = [f"<div>{escape(one.label)}: {diff(one.before, one.after)}</div>" for one in line.changes]
        parts += map(asked, line.asked)
        parts += [f'<div dir="auto">{escape(text)}</div>' for _tone, text in line.reasons]
        parts += map(_candidate, line.candidates)
        return "".join(parts)

    return write


def _candidate(one: Candidate) -> str:
    agrees = f" ({escape(one.agrees)})" if one.agrees else ""
    return f'<div><a href="{escape(one.url)}"><bdi>{escape(one.name)}</bdi></a>{agrees}</div>'


def _choice_writer() -> Callable[[RowLine], str]:
    """Writes the cell in which a row is decided."""
    label, undecided = escape(_("Decision")), escape(_("undecided"))

    def write(line: RowLine) -> str:
        if not line.choices:
            said = f' class="decision" data-label="{label}">{escape(line.decided)}' if line.decided else ">"
            return f'<td role="cell"{said}</td>'
        options = [_option("", line.decided if line.decision else undecided)]
        options += [_option(value, words) for value, words in line.choices if value != line.decision]
        if line.decision:
            options.append(_option(UNDECIDED, undecided))
        about = f'name="row-{line.row.pk}" aria-label="{label}: {escape(line.name)}"'
        select = f'<select class="field" {about}>{"".join(options)}</select>'
        return f'<td role="cell" class="decision" data-label="{label}">{select}</td>'

    return write


def _option(value: str, words: str) -> str:
    return f'<option value="{escape(value)}">{escape(words)}</option>'
