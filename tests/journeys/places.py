"""One page of every kind, with the demonstration's data on it."""

from __future__ import annotations

from tests.journeys.served import Served


def desk_places(served: Served) -> dict[str, str]:
    """The address of a page of the desk by its kind."""
    country = served.key("directory_country", "AM")
    group = served.key("bodies_body", "wg-5-lv")
    delegation = served.key("bodies_body", "delegation-5-union-pa")
    person = served.value("SELECT person_id FROM bodies_membership WHERE body_id = ? ORDER BY id", group)
    seat = served.value("SELECT id FROM bodies_membership WHERE body_id = ? ORDER BY id", delegation)
    told = "SELECT id FROM core_entry WHERE kind = 'directory.country' AND object_id = ? ORDER BY id"
    entry = served.value(told, country)
    convocation = served.value("SELECT id FROM directory_convocation WHERE number = 5")
    decision = served.value("SELECT id FROM bodies_decision ORDER BY id")
    records = {
        "parliament": f"parliaments/{served.key('directory_parliament', 'BY')}/",
        "chamber": f"chambers/{served.key('directory_chamber', 'BY-LC01')}/",
        "convocation": f"convocations/{convocation}/",
        "organisation": f"organisations/{served.key('directory_organisation', 'osce-pa')}/",
        "decision": f"decisions/{decision}/",
        "commission": f"bodies/{served.key('bodies_body', 'commission-am')}/",
    }
    lists = ("countries", "parliaments", "people", "organisations", "bodies", "decisions", "relations", "sources",
             "memberships", "sections")  # fmt: skip
    found = {
        "home": "",
        "new": "new/",
        "search": "find/?q=armen",
        "nothing found": "find/?q=qqqqq",
        "country": f"countries/{country}/",
        "country form": f"countries/{country}/edit/",
        "country history": f"countries/{country}/history/",
        "revert": f"countries/{country}/history/{entry}/revert/",
        "publish": f"countries/{country}/publish/",
        "body": f"bodies/{group}/",
        "body form": f"bodies/{group}/edit/",
        "body on another day": f"bodies/{delegation}/?on=2015-05-06",
        "person": f"people/{person}/",
        "new name": f"names/new/?person={person}",
        "new membership": f"memberships/new/?body={group}",
        "replace": f"memberships/{seat}/replace/",
        "filtered list": "bodies/?kind=commission",
        "empty list": "bodies/?q=qqqqq",
        "translations": "translations/be/",
        "public numbers": "public-numbers/",
        **records,
        **{f"list of {name}": f"{name}/" for name in lists},
    }
    return {kind: f"/desk/{address}" for kind, address in found.items()} | {"settings": "/accounts/settings/"}


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
        "contrast": "?contrast=white-on-black&size=3",
    }
    return {kind: f"/{language}/{address}" for kind, address in found.items()}
