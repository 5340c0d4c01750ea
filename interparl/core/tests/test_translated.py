"""Texts in several languages: what is shown, and what becomes of translations when their source changes."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from interparl.core.translated import (
    DRAFT,
    MISSING,
    OUTDATED,
    REVIEWED,
    Shown,
    TranslatedField,
    rewritten,
    shown,
    source_language,
    state_of,
    text_in,
    texts_of,
    written,
)

BOTH = written({"en": "Group", "ru": "Группа"})


def states(stored: Any) -> dict[str, str]:
    """The states of a stored text by language."""
    return {code: state_of(stored, code) for code in ("en", "ru", "be")}


def test_the_first_text_is_the_source_when_nothing_else_is_said() -> None:
    assert source_language(BOTH) == "en"
    assert source_language(written({"en": "Group", "be": "Група"}, source="be")) == "be"
    assert source_language(written({"en": "Group"}, source="be")) == "en"
    assert (written({}), written({"en": ""}), source_language({})) == ({}, {}, None)


def test_a_translation_is_outdated_when_its_source_changes() -> None:
    after = rewritten(BOTH, {"en": "Working group", "ru": "Группа"})
    assert states(after) == {"en": REVIEWED, "ru": OUTDATED, "be": MISSING}


def test_an_outdated_translation_stays_so_when_the_source_changes_back_or_again() -> None:
    once = rewritten(BOTH, {"en": "Working group", "ru": "Группа"})
    assert states(rewritten(once, {"en": "Another group", "ru": "Группа"}))["ru"] == OUTDATED


def test_a_translation_is_reviewed_when_it_is_written_anew_with_the_source() -> None:
    after = rewritten(BOTH, {"en": "Working group", "ru": "Рабочая группа"})
    assert states(after) == {"en": REVIEWED, "ru": REVIEWED, "be": MISSING}
    again = rewritten(after, {"en": "Working group", "ru": "Рабочая группа", "be": "Рабочая група"})
    assert states(again) == {"en": REVIEWED, "ru": REVIEWED, "be": REVIEWED}


def test_the_source_stays_as_it_is_when_only_a_translation_changes() -> None:
    after = rewritten(BOTH, {"en": "Group", "ru": "Объединение"})
    assert (after["en"], states(after)["ru"]) == (BOTH["en"], REVIEWED)


def test_a_draft_stays_a_draft_when_the_source_changes() -> None:
    before = rewritten(BOTH, {"en": "Group", "ru": "Группа", "be": "Група"}, {"be": DRAFT})
    after = rewritten(before, {"en": "Working group", "ru": "Группа", "be": "Група"})
    assert states(after) == {"en": REVIEWED, "ru": OUTDATED, "be": DRAFT}


def test_another_language_becomes_the_source_when_the_source_is_taken_away() -> None:
    after = rewritten(BOTH, {"en": "", "ru": "Группа"})
    assert (list(after), source_language(after)) == (["ru"], "ru")
    assert rewritten(BOTH, {"en": "", "ru": ""}) == {}


def test_a_stated_state_counts_when_it_is_given() -> None:
    after = rewritten(BOTH, {"en": "Working group", "ru": "Группа"}, {"ru": REVIEWED})
    assert states(after)["ru"] == REVIEWED
    assert rewritten(after, {"en": "Working group", "ru": "Группа"}) == after


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("ru", Shown("Группа", "ru", False)), ("en", Shown("Group", "en", False)), ("be", Shown("Group", "en", True))],
)
def test_another_language_is_shown_and_named_when_the_one_asked_for_is_missing(asked: str, expected: Shown) -> None:
    assert shown(BOTH, asked) == expected
    with override(asked):
        assert shown(BOTH) == expected


def test_nothing_is_shown_when_there_is_no_text() -> None:
    assert shown(None, "be") == shown({}, "be") == Shown("", "be", False)
    assert text_in({"uk": {"text": "Група", "state": REVIEWED, "of": ""}}, "be") == "Група"


@pytest.mark.parametrize(
    "value",
    [
        {"en": "Group"},
        {"en": {"text": "Group"}},
        {"en": {"text": 5, "state": "reviewed", "of": ""}},
        ["Group"],
        "Group",
    ],
)
def test_a_value_is_refused_when_it_is_no_text_in_languages(value: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        TranslatedField().validate(value, None)
    assert refusal.value.code == "shape"


@pytest.mark.parametrize(("text", "code"), [("a\u202eb", "hidden"), ("a\u200bb", "hidden"), ("<b>", "markup")])
def test_a_short_text_is_refused_when_it_hides_something(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        TranslatedField().validate(written({"en": text}), None)
    assert refusal.value.code == code


def test_a_long_text_may_have_lines_and_signs_when_it_is_written() -> None:
    TranslatedField(long=True).validate(written({"en": "One < two\nlines"}), None)


def test_texts_come_in_the_order_of_the_installation_when_the_database_keeps_another() -> None:
    stored = written({"uk": "Група", "be": "Група", "ru": "Группа", "en": "Group"})
    assert list(texts_of(stored).items()) == [("en", "Group"), ("ru", "Группа"), ("be", "Група"), ("uk", "Група")]
    assert texts_of(None) == texts_of({}) == {}
