"""Pieces of web pages as plain text, and moments beside days."""

from __future__ import annotations

import html
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.exchange.rules.moments import read_moment, time_behind
from interparl.exchange.rules.web_text import text_of_page

PIECE = (
    "<p style='x'>Reuni&atilde;o<br>dois</p>\n"
    '<ol start="2"><li>Um</li><li>Dois &amp; tr&ecirc;s</li></ol><p>&nbsp;</p>'
)
READ = "Reunião\ndois\n\n2. Um\n3. Dois & três"


@pytest.mark.parametrize("layers", [0, 1, 2])
def test_a_piece_reads_the_same_however_often_it_is_escaped(layers: int) -> None:
    text = PIECE
    for _layer in range(layers):
        text = html.escape(text, quote=True)
    assert text_of_page(text) == READ


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        ("", ""),
        ("plain", "plain"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("x &amp;atilde; y", "x ã y"),
        ("first\nsecond", "first\nsecond"),
        ("<p>a<p>b", "a\n\nb"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>c", "– a\n– b\n\nc"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\nc"),
        ("<p>a<!-- <p>remark --></p><script>alert(1)</script><b>b</b>", "a\n\nb"),
        ("<div><div>a</div><div></div></div>", "a"),
        ("<p>1 < 2</p>", "1 < 2"),
    ],
)
def test_paragraphs_lines_and_points_are_kept(piece: str, text: str) -> None:
    assert text_of_page(piece) == text


def test_long_pieces_are_read_in_one_go() -> None:
    begun = time.process_time()
    for sign in ("<!--", "<", "&lt;", "<p ", "<p>", "&amp;", "<ol><li>", "&" * 3):
        text_of_page("<p>" + sign * (64 * 1024 // len(sign)))
    assert time.process_time() - begun < 10


@given(st.text(alphabet="<>/&;!-pbrolit =\"'#1a\n", max_size=200))
def test_nothing_breaks_whatever_stands_there(piece: str) -> None:
    assert isinstance(text_of_page(piece), str)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2022-02-15T23:00:00.000Z", "2022-02-15T23:00Z"),
        ("2022-02-15T00:00:00Z", "2022-02-15T00:00Z"),
        ("2025-11-14T10:00+0200", "2025-11-14T10:00+02:00"),
        ("14/11/2025 00:00:00", "2025-11-14"),
        ("14.11.2025 10:30", "2025-11-14T10:30"),
        ("14.11.2025 3:15 PM", "2025-11-14T15:15"),
        ("14.11.2025", "2025-11-14"),
        ("2025", "2025"),
    ],
)
def test_a_moment_keeps_its_time_and_its_offset(text: str, read: str) -> None:
    found = read_moment(text, order="dmy")
    assert found is not None
    assert found.text == read


def test_what_is_no_time_is_none() -> None:
    assert [time_behind(text) for text in ("", "25:00", "2025-11-14 24:10", "2025-11-14 13:00 PM")] == ["", "", "", ""]
    assert read_moment("soon") is None
