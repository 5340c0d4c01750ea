"""Somebody brought in twice becomes one, the old address leads on, and the merge is taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignedIn
from tests.journeys.deeds import follow, send, status
from tests.journeys.looking import COLOURS, OPTIONS, WIDTHS, wrong_with
from tests.journeys.served import Served
from tests.journeys.test_imports import APPLIED, BATCH, COLUMNS, HANDED_IN, SENT

PEOPLE = {"en": ("wg-5-bg", "wg-5-ch"), "ru": ("wg-5-pl", "wg-5-gb"), "be": ("wg-5-hu", "wg-5-dz")}
LAST_MERGE = "SELECT max(id) FROM exchange_batch WHERE kind = 'merge' AND undoes_id IS NULL"
# Of the others the year alone is known, as of whom is brought in.
MEMBERS = (
    "SELECT person_id FROM bodies_membership JOIN bodies_body ON bodies_body.id = body_id "
    "JOIN directory_person ON directory_person.id = person_id "
    "WHERE bodies_body.code = ? AND length(born) = 10 ORDER BY bodies_membership.id LIMIT 2"
)
FACTS = "SELECT gender || '|' || born || '|' || grade FROM directory_person WHERE id = ?"


def brought_in_again(page: Page, served: Served, person: str, language: str) -> str:
    """Pastes the person as a table of somebody else's has it; the check tells that one is called alike."""
    named = "SELECT family || '\t' || given FROM directory_personname WHERE person_id = ? AND language = ?"
    year = served.value("SELECT substr(born, 1, 4) FROM directory_person WHERE id = ?", person)
    page.goto("/desk/imports/new/?kind=people-csv")
    page.fill("[name=pasted]", f"id\tfamily\tgiven\tborn\n{person}\t{served.value(named, person, language)}\t{year}")
    page.select_option("main [name=language]", language)
    follow(page, HANDED_IN, COLUMNS)
    follow(page, SENT, BATCH)
    expect(page.locator(f"#rows a[href='/desk/people/{person}/']")).to_have_count(1)
    follow(page, APPLIED, BATCH)
    return served.value("SELECT max(id) FROM directory_person")


def is_given(page: Page, served: Served, person: str, code: str) -> None:
    """The person gets one more name and a seat in that body, by the forms."""
    page.goto(f"/desk/names/new/?person={person}")
    page.fill("main [name=language]", "de")
    page.fill("[name=given]", "Zweit")
    page.fill("[name=family]", f"Name{person}")
    assert send(page) == 302
    page.goto(f"/desk/memberships/new/?person={person}&body={served.key('bodies_body', code)}")
    page.select_option("[name=part]", index=1)
    page.fill("[name=since]", "2013-02-01")
    page.fill("[name=until]", "2014-12-31")
    assert send(page) == 302


def offers(page: Page) -> dict[str, dict[str, str]]:
    """For every field in which the two differ the values beside each other, by which of the two has them."""
    choices = page.locator("#differ input[type=radio]").evaluate_all(
        "choices => choices.map(one => [one.name, one.value, one.closest('label').innerText.trim()])"
    )
    found: dict[str, dict[str, str]] = {}
    for name, side, text in choices:
        found.setdefault(name.removeprefix("field_"), {})[side] = text
    return found


def stands(page: Page, address: str) -> None:
    """Opens a record at its own address."""
    assert status(page, address) == 200
    assert page.url.endswith(address)


def has(page: Page, person: str, other: str) -> tuple[int, int, int]:
    """How many names a person has, among them the given one of the other, and how many seats."""
    stands(page, f"/desk/people/{person}/")
    names = page.locator("#names tbody tr:not(.is-proposed)")
    given = names.get_by_text(f"Zweit Name{other}", exact=True)
    return names.count(), given.count(), page.locator("#bodies tbody tr").count()


def leads_on(page: Page, old: str, left: str) -> None:
    """The address of the one that went opens the one that is left, for good."""
    answer = page.goto(old)
    assert answer is not None
    assert page.url.endswith(left)
    asked_first = answer.request.redirected_from
    assert asked_first is not None
    told = asked_first.response()
    assert told is not None
    assert told.status == 308


def taken_back(page: Page, served: Served) -> None:
    """The last merge is taken back from the list of what was brought in."""
    merge = f"/desk/imports/{served.value(LAST_MERGE)}/"
    page.goto("/desk/imports/")
    follow(page, f"main a[href='{merge}']", f"**{merge}")
    follow(page, f"main a[href='{merge}undo/']", f"**{merge}undo/")
    page.fill("[name=reason]", "Two after all")
    assert send(page) == 302


def name_of(served: Served, code: str, language: str) -> str:
    """What a body is called in the language of the run."""
    asked = "SELECT text FROM core_label WHERE kind = 'bodies.body' AND language = ? AND object_id = ?"
    return served.value(asked, language, served.key("bodies_body", code))


def added(page: Page, served: Served, register: str, code: str) -> str:
    """One more record of a register by the form; those whose codes differ in the last part are called the same."""
    page.goto(f"/desk/{register}/new/")
    page.fill("[name=name_en]", f"Circle {code.rpartition('-')[0]}")
    page.fill("[name=code]", code)
    page.select_option("[name=kind]", index=1)
    assert send(page) == 302
    return served.key({"bodies": "bodies_body", "organisations": "directory_organisation"}[register], code)


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["scripts", "none"])
def test_a_person_brought_in_twice_becomes_one_and_two_again(
    signed_in: SignedIn, served: Served, language: str, *, java_script_enabled: bool
) -> None:
    page = signed_in(java_script_enabled=java_script_enabled)
    own, other = PEOPLE[language]
    left = served.values(MEMBERS, own)[java_script_enabled]
    before = served.value(FACTS, left)
    names, _given, seats = has(page, left, left)
    gone = brought_in_again(page, served, left, language)
    is_given(page, served, gone, other)
    page.goto("/desk/imports/")
    follow(page, "main a[href$='/imports/doubles/']", "**/imports/doubles/")
    follow(page, "main a[href*='kind=directory.person']", re.compile(r"/imports/doubles/\?.*kind=directory\.person"))
    pair = f"/desk/merge/directory.person/{left}/{gone}/"
    follow(page, f"main a[href='{pair}']", f"**{pair}")
    beside = offers(page)
    assert set(beside) == {"gender", "born", "country", "grade", "source"}
    assert [set(one) for one in beside.values()] == [{"kept", "gone"}] * len(beside)
    assert all(one["kept"] != one["gone"] for one in beside.values())
    moving = page.locator("#moving").inner_text()
    assert [word for word in (f"Zweit Name{gone}", name_of(served, other, language)) if word not in moving] == []
    page.check("[name=field_grade][value=gone]")
    page.fill("[name=reason]", "One and the same")
    assert send(page) == 302
    assert served.value(FACTS, left) == before.rpartition("|")[0] + "|stated"
    assert has(page, left, gone) == (names + 2, 1, seats + 1)
    leads_on(page, f"/desk/people/{gone}/", f"/desk/people/{left}/")
    taken_back(page, served)
    assert served.value(FACTS, left) == before
    assert has(page, left, gone) == (names, 0, seats)
    assert has(page, gone, gone) == (2, 1, 1)


def test_two_bodies_become_the_other_one_and_two_again(signed_in: SignedIn, served: Served, language: str) -> None:
    page = signed_in()
    codes = [f"twin-{language}-{number}" for number in (1, 2)]
    first, second = (added(page, served, "bodies", code) for code in codes)
    page.goto(f"/desk/bodies/{first}/")
    page.click(".page-actions details > summary")
    one, other = f"/desk/merge/bodies.body/{first}/", f"/desk/merge/bodies.body/{second}/{first}/"
    follow(page, f".page-actions .menu-list a[href='{one}']", f"**{one}")
    page.fill("[name=other]", codes[1])
    page.click(f".picker-list:visible [data-value='#{second}']")
    follow(page, "[data-save]", f"**{one}{second}/")
    follow(page, f"main a[href='{other}']", f"**{other}")
    assert offers(page)["code"] == {"kept": codes[1], "gone": codes[0]}
    page.check("[name=field_code][value=gone]")
    assert send(page) == 302
    leads_on(page, f"/desk/bodies/{first}/", f"/desk/bodies/{second}/")
    assert served.key("bodies_body", codes[0]) == second
    taken_back(page, served)
    for code, key in zip(codes, (first, second), strict=True):
        stands(page, f"/desk/bodies/{key}/")
        assert served.key("bodies_body", code) == key


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_a_merge_passes_axe_and_none_scrolls_sideways(
    signed_in: SignedIn, served: Served, language: str, width: int
) -> None:
    wrong: dict[str, Any] = {}
    stops = _stops(signed_in(), served, f"{language}-{width}")
    for theme, options in (("light", OPTIONS), ("dark", COLOURS)):
        page = signed_in(color_scheme=theme, bypass_csp=True, width=width, height=900)
        for kind, address in stops.items():
            page.goto(address)
            if found := wrong_with(page, options):
                wrong[f"{kind} {theme}"] = found
    assert wrong == {}


def _stops(page: Page, served: Served, name: str) -> dict[str, str]:
    """Three pairs: one that waits, one that is merged, one that was taken apart again."""
    pairs = [[added(page, served, "organisations", f"{name}-{pair}-{one}") for one in "ab"] for pair in range(3)]
    done = []
    for left, gone in pairs[1:]:
        page.goto(f"/desk/merge/directory.organisation/{left}/{gone}/")
        assert send(page) == 302
        done.append(served.value(LAST_MERGE))
    page.goto(f"/desk/imports/{done[1]}/undo/")
    assert send(page) == 302
    (left, gone), (merged, old), _apart = pairs
    return {
        "doubles": "/desk/imports/doubles/?kind=directory.organisation",
        "no doubles": "/desk/imports/doubles/?kind=bodies.body",
        "with": f"/desk/merge/directory.organisation/{left}/",
        "people": "/desk/merge/directory.person/{}/{}/".format(*served.values(MEMBERS, "wg-5-lv")),
        # The later of the two points to the earlier, so they cannot be merged.
        "refused": "/desk/merge/bodies.body/{}/{}/".format(
            *(served.key("bodies_body", code) for code in ("wg-5-lv", "wg-4-lv"))
        ),
        "beside": f"/desk/merge/directory.organisation/{left}/{gone}/",
        "merged": f"/desk/imports/{done[0]}/",
        "left": f"/desk/organisations/{merged}/history/",
        "old history": f"/desk/organisations/{old}/history/",
        "undo": f"/desk/imports/{done[0]}/undo/",
        "taken back": f"/desk/imports/{done[1]}/",
        "taking back": "/desk/imports/{}/".format(
            served.value("SELECT id FROM exchange_batch WHERE undoes_id = ?", done[1])
        ),
        "batches": "/desk/imports/",
    }
