"""Messages are found in code and templates, kept, checked and compiled as `core.messages` promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message as Entry
from django.core.management import CommandError, call_command
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext
from pytest_django.fixtures import Settings

from interparl.core import messages

CODE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext
# Translators: a place at a table
one = _("Seat")
two = ngettext("%(count)s row", "%(count)s rows", 2)
three = pgettext("of a change", "Reason")
four = gettext_lazy("Long "
    "text")
five = _(one)
"""
TEMPLATE = """{% load i18n %}
<p>{% blocktranslate trimmed count n=rows|length context "of a table" %}
     {{ n }} line
   {% plural %}
     {{ n }} lines
  {% endblocktranslate %}
      {% translate "Hello" context "in a letter" as greeting %}{{ _("Yes")|upper }}
 {# it's a remark #}{% translate "After" %}</p>{% alert text=_("It's done") %}{% comment %}
 {% translate "Never" %}{% endcomment %}
"""
OURS = sorted(messages.PACKAGE.glob("*/templates/account/*.html"))
WITH_NAME = "Hello %(name)s"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of catalogues, and one file that speaks."""
    (tmp_path / "same.txt").write_text("# alike\nOK\n")
    (tmp_path / "unused.txt").write_text("")
    (tmp_path / "code.py").write_text(CODE)
    monkeypatch.setattr(messages, "FOLDER", tmp_path)
    monkeypatch.setattr(messages, "own_files", lambda: [(tmp_path / "code.py", "code.py")])
    monkeypatch.setattr(messages, "borrowed_files", list)
    return tmp_path


def said(file: Path, text: str) -> list[tuple[str, messages.Text]]:
    """Context and text of each message in a file with that content."""
    file.write_text(text)
    return [(message.context, message.text) for message in messages.messages_in(file, file.name)]


def translate(language: str, **strings: object) -> None:
    """Writes translations into the stored catalogue by English singular."""
    text = messages.place_of(language).read_text()
    for english, string in strings.items():
        forms = string if isinstance(string, list) else [string]
        heads = ["msgstr"] if isinstance(string, str) else [f"msgstr[{number}]" for number in range(len(forms))]
        empty = "\n".join(f'{head} ""' for head in heads)
        full = "\n".join(f'{head} "{form}"' for head, form in zip(heads, forms, strict=True))
        before, found, after = text.partition(english.replace("_", " "))
        text = before + found + after.replace(empty, full, 1)
    messages.place_of(language).write_text(text)


def test_messages_of_code_are_found_when_they_are_literals(tmp_path: Path) -> None:
    assert said(tmp_path / "code.py", CODE) == [
        ("", "Seat"),
        ("", ("%(count)s row", "%(count)s rows")),
        ("of a change", "Reason"),
        ("", "Long text"),
    ]


def test_words_of_our_code_are_gathered_when_they_are_marked() -> None:
    other_name = re.compile(r"gettext\w* as (?!_\b)\w+")
    assert [path.name for path in messages.PACKAGE.rglob("*.py") if other_name.search(path.read_text())] == []


def test_messages_of_a_template_are_found_when_it_is_indented_anyhow(tmp_path: Path) -> None:
    assert said(tmp_path / "page.html", TEMPLATE) == [
        ("of a table", ("%(n)s line", "%(n)s lines")),
        ("in a letter", "Hello"),
        ("", "Yes"),
        ("", "After"),
        ("", "It's done"),
    ]


def test_a_message_is_kept_once_when_it_is_said_twice(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('_("row")')
    (tmp_path / "b.py").write_text('ngettext("row", "rows", 2)')
    found = messages.gathered([(tmp_path / name, name) for name in ("a.py", "b.py", "a.py")])
    assert [(one.text, one.places) for one in found.values()] == [(("row", "rows"), ["a.py", "b.py"])]


def test_update_keeps_translations_when_the_english_is_the_same(folder: Path) -> None:
    assert messages.update("be") == 4
    translate("be", Seat="Месца", Reason="Прычына")
    assert messages.update("be") == 2
    (folder / "code.py").write_text(CODE.replace('"Seat"', '"Seat at a table"'))
    assert messages.update("be") == 3
    strings = {messages.key_of(entry): entry.string for entry in messages.stored("be") if entry.id}
    assert strings["of a change", "Reason"] == "Прычына"
    assert strings["", "Seat at a table"] == ""
    assert not any(entry.fuzzy for entry in messages.stored("be") if entry.id)


def test_update_changes_nothing_when_the_code_has_not_changed(folder: Path) -> None:
    messages.update("ru")
    before = messages.place_of("ru").read_bytes()
    messages.update("ru")
    assert messages.place_of("ru").read_bytes() == before


def test_faults_are_none_when_all_is_translated(folder: Path) -> None:
    messages.update("ru")
    assert {fault.reason for fault in messages.faults("ru")} == {"not translated"}
    rows = ["%(count)s строка", "%(count)s строки", "%(count)s строк"]
    translate("ru", Seat="Место", Reason="Причина", Long_text="Длинный текст", **{"%(count)s_rows": rows})
    assert messages.faults("ru") == []


def test_faults_name_what_changed_when_the_catalogue_is_old(folder: Path) -> None:
    messages.update("ru")
    (folder / "code.py").write_text('_("Chair")\n_("Seat")')
    found = [(fault.text, fault.reason) for fault in messages.faults("ru") if fault.reason != "not translated"]
    assert found == [
        ("Chair", "missing from the catalogue"),
        ("%(count)s row", "said nowhere any more"),
        ("Long text", "said nowhere any more"),
        ("Reason", "said nowhere any more"),
    ]


@pytest.mark.parametrize(
    ("text", "string", "reason"),
    [
        ("Seat", "", "not translated"),
        ("Seat", "Seat", "the same as in English"),
        ("OK", "OK", ""),
        ("%(a)s, %(b)s", "%(a)s, %(b)s", ""),
        (WITH_NAME, "Прывітанне", "other placeholders than in English"),
        (WITH_NAME, "Прывітанне, %(nazva)s", "other placeholders than in English"),
        (WITH_NAME, "%(name)s, прывітанне, %(name)s", ""),
        ("%(share)s%%", "%(share)s %", "other placeholders than in English"),
        ("{count} seats", "{count} месцаў", ""),
        (("%(n)s row", "%(n)s rows"), ("%(n)s радок", "%(n)s радкі"), "wrong number of plural forms"),
        (
            ("One row", "%(n)s rows"),
            ("Адзін радок", "%(n)s радкі", "%(n)s радкоў"),
            "other placeholders than in English",
        ),
        (("One row", "%(n)s rows"), ("%(n)s радок", "%(n)s радкі", "%(n)s радкоў"), ""),
        (("%(n)s row", "%(n)s rows"), ("%(n)s радок", "%(n)s радкі", ""), "not translated"),
    ],
)
def test_a_translation_is_refused_when_it_does_not_fit(
    text: messages.Text, string: str | tuple[str, ...], reason: str
) -> None:
    assert messages.fault_of(Entry(text, string), text, 3, {"OK"}) == reason


def test_a_fuzzy_translation_is_refused_when_marked_so() -> None:
    assert messages.fault_of(Entry("Seat", "Месца", flags=["fuzzy"]), "Seat", 3, set()) == "marked as fuzzy"


def test_words_of_packages_are_wanted_when_they_have_not_translated_them() -> None:
    known = messages.translated_elsewhere("be")
    assert ("", "This field is required.") in known
    assert ("alt. month", "March") in known
    wanted = messages.wanted("be")
    assert ("", "This field is required.") not in wanted
    assert ("", "Incorrect password.") in wanted


def test_the_list_of_unused_words_names_only_what_packages_say() -> None:
    # Templates that ours replace may still be listed.
    said_there = {text for _context, text in messages.gathered(messages.borrowed_files())}
    replaced = {"Send me a sign-in code", "Sign in with a passkey"}
    assert messages.lines_of("unused.txt") - said_there - replaced == set()


def test_our_template_counts_when_it_stands_in_for_one_of_a_package() -> None:
    places = {place for _file, place in messages.borrowed_files()}
    assert "django/core/validators.py" in places
    assert not {"allauth/templates/" + file.relative_to(file.parents[1]).as_posix() for file in OURS} & places


def test_plurals_follow_our_rule_when_compiled(folder: Path, settings: Settings) -> None:
    messages.update("be")
    rows = ["%(count)s радок", "%(count)s радкі", "%(count)s радкоў"]
    translate("be", Reason="Прычына", **{"%(count)s_rows": rows})
    messages.compile_catalogue("be")
    settings.LOCALE_PATHS = [folder]
    with translation.override("be"):
        shown = [ngettext("%(count)s row", "%(count)s rows", n) % {"count": n} for n in (1, 2, 5, 11, 21, 104)]
        assert shown == ["1 радок", "2 радкі", "5 радкоў", "11 радкоў", "21 радок", "104 радкі"]
        assert pgettext("of a change", "Reason") == "Прычына"
        # Django's own words and plurals are still found beside ours.
        assert gettext("This field is required.") == "Поле трэба запоўніць."
        assert ngettext("%(num)d week", "%(num)d weeks", 5) % {"num": 5} == "5 тыдняў"


def test_the_command_fails_with_a_list_when_something_is_missing(folder: Path) -> None:
    for language in messages.languages():
        messages.update(language)
    with pytest.raises(CommandError) as raised:
        call_command("messages", check=True)
    assert str(raised.value).splitlines()[-1] == "8 faults in the message catalogues"
