"""Events on days, for the tests of the calendar."""

from __future__ import annotations

from typing import Any

from django.test import Client

from interparl.accounts.models import User
from interparl.core.days import DEMONSTRATION_DAY
from interparl.core.models import Setting
from interparl.core.translated import written
from interparl.meetings.models import Event
from tests.makers import kept

TODAY = "2015-05-14"


def stands_on(day: str = TODAY) -> None:
    """It is this day."""
    kept(Setting(key=DEMONSTRATION_DAY, value=day))


def an_event(name: str, since: str, until: str = "", **values: Any) -> Event:
    """Talks, unless told, that are confirmed."""
    values = {"kind": "talks", "stage": "confirmed", "zone": "Europe/Minsk"} | values
    return kept(Event(title=written({"en": name}), since=since, until=until, **values))


def page(client: Client, user: User, view: str = "", **query: str) -> Any:
    """A page of the calendar as a user reads it."""
    client.force_login(user)
    return client.get(f"/desk/calendar/{view}", query)


def text_of(answer: Any) -> str:
    """The words of a page."""
    assert answer.status_code == 200
    return str(answer.content.decode())
