"""One page of every kind, with the demonstration's data on it."""

from __future__ import annotations

from tests.journeys.served import Served

LISTS = (
    "countries",
    "parliaments",
    "people",
    "organisations",
    "bodies",
    "decisions",
    "relations",
    "sources",
    "memberships",
    "sections",
    "letters",
    "drafts",
    "wishes",
    "rules",
    "documents",
)


def desk_places(served: Served) -> dict[str, str]:
    """The address of a page of the desk by its kind."""
    found = {
        "home": "",
        "new": "new/",
        "note of talks": "events/note/",
        "search": "find/?q=armen",
        "nothing found": "find/?q=qqqqq",
        "filtered list": "bodies/?kind=commission",
        "empty list": "bodies/?q=qqqqq",
        "translations": "translations/be/",
        "public numbers": "public-numbers/",
        "load": "load/",
        "load by chamber": "load/?by=chamber",
        "activity": "activity/",
        "month": "calendar/?day=2015-05-14",
        "week": "calendar/week/?day=2015-05-14",
        "day": "calendar/day/?day=2015-05-14",
        "year": "calendar/year/?day=2015-05-14",
        "days as a list": "calendar/list/?day=2015-05-14",
        "board": "calendar/board/?day=2015-05-14",
        "Monday sheet": "calendar/monday/?day=2015-05-14",
        **{f"list of {name}": f"{name}/" for name in LISTS},
        **_records(served),
        **_pages_of_a_record(served),
    }
    return {kind: f"/desk/{address}" for kind, address in found.items()} | {"settings": "/accounts/settings/"}


def _records(served: Served) -> dict[str, str]:
    group = served.key("bodies_body", "wg-5-lv")
    person = served.value("SELECT person_id FROM bodies_membership WHERE body_id = ? ORDER BY id", group)
    convocation = served.value("SELECT id FROM directory_convocation WHERE number = 5")
    decision = served.value("SELECT id FROM bodies_decision ORDER BY id")
    return {
        "country": f"countries/{served.key('directory_country', 'AM')}/",
        "parliament": f"parliaments/{served.key('directory_parliament', 'BY')}/",
        "chamber": f"chambers/{served.key('directory_chamber', 'BY-LC01')}/",
        "convocation": f"convocations/{convocation}/",
        "organisation": f"organisations/{served.key('directory_organisation', 'osce-pa')}/",
        "person": f"people/{person}/",
        "decision": f"decisions/{decision}/",
        "body": f"bodies/{group}/",
        "commission": f"bodies/{served.key('bodies_body', 'commission-am')}/",
        "body on another day": f"bodies/{served.key('bodies_body', 'delegation-5-union-pa')}/?on=2015-05-06",
        "new name": f"names/new/?person={person}",
        "new membership": f"memberships/new/?body={group}",
    }


def _pages_of_a_record(served: Served) -> dict[str, str]:
    country = served.key("directory_country", "AM")
    told = "SELECT id FROM core_entry WHERE kind = 'directory.country' AND object_id = ? ORDER BY id"
    entry = served.value(told, country)
    relation = served.value("SELECT id FROM directory_relation ORDER BY id")
    body = served.key("bodies_body", "wg-5-lv")
    seat = served.value("SELECT id FROM bodies_membership WHERE body_id = ? ORDER BY id", body)
    return {
        "country form": f"countries/{country}/edit/",
        "country history": f"countries/{country}/history/",
        "revert": f"countries/{country}/history/{entry}/revert/",
        "publish": f"countries/{country}/publish/",
        "body form": f"bodies/{body}/edit/",
        "end": f"relations/{relation}/end/",
        "membership form": f"memberships/{seat}/edit/",
        "replace": f"memberships/{seat}/replace/",
        "release of a list": f"bodies/{body}/editions/new/",
        "handover of a body": f"handover/bodies.body/{body}/",
        "handover of a country": f"handover/directory.country/{country}/",
        "new letter": "letters/new/",
        "letter to an assembly": f"bodies/{served.key('bodies_body', 'delegation-5-osce-pa')}/letter/",
        "other side": f"countries/{country}/changed/",
        "end of an organisation": f"organisations/{served.key('directory_organisation', 'osce-pa')}/end/",
    }


def public_places(language: str) -> dict[str, str]:
    """The address of a page of the portal by its kind."""
    found = {
        "overview": "",
        "how we count": "how-we-count/",
        "data": "data/",
        "list": "lists/working-groups/",
        "body": "bodies/wg-5-lv/",
        "country": "countries/AM/",
        "organisation": "organisations/osce-pa/",
        "events": "lists/events/",
        "talks": "lists/talks-with-diplomats/",
        "contrast": "?contrast=white-on-black&size=3",
    }
    return {kind: f"/{language}/{address}" for kind, address in found.items()}


def public_events(served: Served, language: str) -> dict[str, str]:
    """The public pages of an event that is over, with its results, and of one that is to come."""
    told = "SELECT event_id FROM meetings_outcome WHERE effective_mark = 'public' ORDER BY event_id"
    over = f"SELECT id FROM meetings_event WHERE id IN ({told}) AND since < '2014-06-01'"  # noqa: S608  said above
    to_come = (
        "SELECT id FROM meetings_event WHERE effective_mark = 'public' AND effective_published_on <= '2014-06-01'"
        " AND since > '2014-06-01' AND stage NOT IN ('declined', 'refused') ORDER BY since"
    )
    found = {"event that is over": over, "event to come": to_come}
    return {kind: f"/{language}/events/{served.value(question)}/" for kind, question in found.items()}
