"""Several people at one import at the same time: one wins, the others get one sentence, nothing is written twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections
from django.test import Client
from django.utils.translation import gettext, override

from interparl.accounts.models import User
from interparl.core.models import Entry
from interparl.directory.models import Mandate, Person
from interparl.exchange.actions import Choice, apply, applying, decide, undo, undoing
from interparl.exchange.actions.ordering import order_of
from interparl.exchange.models import Batch, Row
from tests.makers import BY, a_user
from tests.valley import ANNA, SEAT, a_file, applied, looked_at

LANGUAGES = ("en", "ru", "be")
APPLIED = "This import was applied already."
MEANWHILE = "Somebody decided or applied something meanwhile. Look again and apply then."
HELD = "This import is being applied at this moment, by you or somebody else."
MOVED = "Something was changed since the preview. Look at the file anew and apply that."
LATER = "Later imports of the same source have to be taken back first, the last one first."
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.FOLDER = tmp_path


def seat(user: User, language: str = "en") -> Client:
    """A browser of somebody who has signed in."""
    client = Client()
    client.force_login(user)
    client.cookies["language"] = language
    return client


def pressed(client: Client, batch: Batch, deed: str = "apply") -> str:
    """The page that comes of pressing the button."""
    answer = client.post(f"/desk/imports/{batch.pk}/{deed}/", follow=True)
    assert answer.status_code in (200, 422)
    return unescape(answer.content.decode())


def said(sentence: str, language: str) -> str:
    """The sentence in that language, another than in English."""
    with override(language):
        words = gettext(sentence)
    assert (words == sentence) == (language == "en")
    return words


def together(deeds: Sequence[Callable[[], str]]) -> list[str]:
    """What came of doing them at once, each on a thread and a connection of its own."""
    barrier = Barrier(len(deeds))

    def do(deed: Callable[[], str]) -> str:
        try:
            barrier.wait(timeout=20)
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(do, deeds))


def written(batch: Batch) -> int:
    """How many records of the file were written; each has one entry."""
    return Entry.objects.filter(batch=batch.pk).count()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_is_told_once_when_two_people_apply_one_import_after_another(language: str) -> None:
    batch = looked_at()
    assert "records were written" in pressed(seat(a_user()), batch)
    entries = Entry.objects.count()
    assert pressed(seat(a_user(), language), batch).count(said(APPLIED, language)) == 1
    assert (Entry.objects.count(), Person.objects.count()) == (entries, 1)


@pytest.mark.django_db(transaction=True)
def test_one_wins_and_the_others_are_told_when_three_people_apply_one_import_at_once() -> None:
    batch = looked_at()
    clients = [seat(a_user(), language) for language in LANGUAGES]
    pages = together([lambda one=one: pressed(one, batch) for one in clients])  # type: ignore[misc]
    refused = [
        sum(page.count(said(sentence, language)) for sentence in (APPLIED, MEANWHILE, HELD))
        for page, language in zip(pages, LANGUAGES, strict=True)
    ]
    assert (sorted(refused), Person.objects.count(), Mandate.objects.count()) == ([0, 1, 1], 1, 1)
    assert Entry.objects.filter(batch=batch.pk, kind="directory.person").count() == 1
    assert Batch.objects.get(pk=batch.pk).state == "applied"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "changed",
    [{"persons": [ANNA | {"birth_date": "1972"}]}, {"memberships": [SEAT, SEAT | {"role": "chair"}]}],
    ids=["a value", "a further record"],
)
def test_one_wins_when_an_import_is_taken_back_while_the_next_of_its_source_is_applied(changed: dict[str, Any]) -> None:
    first = applied()
    second = looked_at(a_file(**changed))
    backwards, forwards = seat(a_user()), seat(a_user())
    pages = together([lambda: pressed(backwards, first, "undo"), lambda: pressed(forwards, second)])
    states = [Batch.objects.get(pk=one.pk).state for one in (first, second)]
    told = [LATER in pages[0] or "It cannot be taken back" in pages[0], MOVED in pages[1]]
    assert (states, told, Person.objects.count()) in (
        (["applied", "applied"], [True, False], 1),
        (["undone", "previewed"], [False, True], 0),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_written_when_somebody_edits_a_record_between_the_check_and_applying(language: str) -> None:
    applied()
    batch, officer = looked_at(a_file(persons=[ANNA | {"birth_date": "1972"}])), a_user()
    url = f"/desk/people/{Person.objects.get().pk}/edit/"
    values = {"gender": "female", "born": "1971", "mark": "internal", "grade": "stated"}
    assert seat(a_user()).post(url, values).status_code == 302
    assert pressed(seat(officer, language), batch).count(said(MOVED, language)) == 1
    assert (Person.objects.get().born, Batch.objects.get(pk=batch.pk).state, written(batch)) == ("1971", "previewed", 0)
    assert set(batch.rows.values_list("state", flat=True)) <= {"ready", "idle"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_written_when_somebody_decides_a_row_while_another_applies(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, other = looked_at(a_file(memberships=[SEAT | {"end_date": "2011"}])), a_user()
    row = batch.rows.get(state=Row.State.OPEN)

    def meanwhile(of: Batch) -> Any:
        found = order_of(of)
        decide(of, [row.pk], Choice("out"), by=other)
        return found

    monkeypatch.setattr(applying, "order_of", meanwhile)
    assert pressed(seat(a_user(), language), batch).count(said(MEANWHILE, language)) == 1
    assert (written(batch), Batch.objects.get(pk=batch.pk).state) == (0, "previewed")
    monkeypatch.setattr(applying, "order_of", order_of)
    pressed(seat(other), batch)
    assert (Person.objects.count(), Mandate.objects.count(), Batch.objects.get(pk=batch.pk).state) == (1, 0, "applied")


def test_nobody_who_lost_the_right_meanwhile_applies_what_he_has_checked() -> None:
    officer, other = a_user(), a_user()
    client, batch = seat(officer), looked_at()
    Batch.objects.filter(pk=batch.pk).update(user=officer)
    for change in ({"role": "member"}, {"role": "desk_officer", "is_active": False}):
        User.objects.filter(pk=officer.pk).update(**change)
        for deed in ("apply", "discard", "decide", "undo"):
            answer = client.post(f"/desk/imports/{batch.pk}/{deed}/")
            assert (deed, answer.status_code in (302, 403), answer.get("Location", "/accounts/")[:10]) == (
                deed,
                True,
                "/accounts/",
            )
    assert (written(batch), Batch.objects.get(pk=batch.pk).state) == (0, "previewed")
    assert "records were written" in pressed(seat(other), batch)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_sentence_is_said_when_what_is_to_be_applied_was_discarded_meanwhile(language: str) -> None:
    batch = looked_at()
    Batch.objects.filter(pk=batch.pk).delete()
    sentence = said("Somebody discarded this import meanwhile. Nothing was written.", language)
    with override(language), pytest.raises(ValidationError) as refused:
        apply(batch, by=BY)
    assert (refused.value.messages, Entry.objects.count()) == ([sentence], 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_taken_back_when_somebody_points_to_a_record_at_the_last_moment(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, officer = applied(), a_user()
    entries = Entry.objects.count()

    def late(*_said: Any, **_told: Any) -> Batch:
        raise IntegrityError

    monkeypatch.setattr(undoing, "_take_back", late)
    sentence = said("Somebody changed something meanwhile. Nothing was taken back; try again.", language)
    assert sentence in pressed(seat(officer, language), batch, "undo")
    assert (Entry.objects.count(), Batch.objects.get(pk=batch.pk).state) == (entries, "applied")
    monkeypatch.undo()
    undo(batch, by=BY)
    assert Person.objects.count() == 0
