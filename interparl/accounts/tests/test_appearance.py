"""What a browser keeps of how pages look: only what is known is taken, and nothing of it reaches a script."""

from __future__ import annotations

from itertools import product

import pytest
from django.http import HttpRequest, HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from interparl.accounts.appearance import KNOWN, appearance_context, keep_appearance, read_appearance, write_appearance
from interparl.accounts.forms import SettingsForm

USUAL = {"theme": "", "text": "", "rows": "", "rail": "", "keys": ""}


@pytest.mark.parametrize(
    ("cookie", "changed"),
    [
        ("", {}),
        ("theme:dark", {"theme": "dark"}),
        (
            "theme:light.text:large.rows:comfortable.rail:folded.keys:off",
            {
                "theme": "light",
                "text": "large",
                "rows": "comfortable",
                "rail": "folded",
                "keys": "off",
            },
        ),
        ("theme:purple.text:large", {"text": "large"}),
        ("text:dark.size:large.keys", {}),
        ('theme:dark" onload="x', {}),
        ("theme:dark.theme:purple", {}),
    ],
)
def test_cookie_gives_only_known_values(cookie: str, changed: dict[str, str]) -> None:
    assert read_appearance(cookie) == USUAL | changed


@given(st.text())
def test_any_cookie_gives_every_key_with_a_known_value(cookie: str) -> None:
    read = read_appearance(cookie)
    assert list(read) == list(KNOWN)
    assert [key for key, value in read.items() if value not in ("", *KNOWN[key])] == []


@pytest.mark.parametrize("values", list(product(*(("", *values) for values in KNOWN.values()))))
def test_appearance_comes_back_from_cookie_and_form(values: tuple[str, ...]) -> None:
    appearance = dict(zip(KNOWN, values, strict=True))
    assert read_appearance(write_appearance(appearance)) == appearance
    typed = {key: value for key, value in SettingsForm.initial_of(appearance, "be").items() if value is not False}
    form = SettingsForm(typed)
    assert form.is_valid()
    assert form.appearance() == appearance
    assert form.cleaned_data["language"] == "be"


def test_cookie_is_kept_for_a_year_out_of_reach_of_scripts() -> None:
    response = HttpResponse()
    keep_appearance(response, USUAL | {"theme": "dark", "keys": "off"})
    cookie = response.cookies["appearance"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
        "theme:dark.keys:off",
        True,
        "Lax",
        31536000,
    )


def test_context_of_a_request_without_user_has_no_settings() -> None:
    assert appearance_context(HttpRequest()) == {"appearance": USUAL, "settings_url": ""}


def test_language_names_are_marked_with_their_language() -> None:
    options = str(SettingsForm()["language"])
    assert [line.strip() for line in options.splitlines() if "<option" in line] == [
        '<option value="en" lang="en">English</option>',
        '<option value="ru" lang="ru">Русский</option>',
        '<option value="be" lang="be">Беларуская</option>',
    ]


@pytest.mark.parametrize("typed", [{"language": "xx"}, {"theme": "purple"}, {"theme": ""}, {"language": ""}])
def test_form_refuses_what_it_does_not_offer(typed: dict[str, str]) -> None:
    form = SettingsForm({"language": "en", "theme": "dark"} | typed)
    assert list(form.errors) == list(typed)
