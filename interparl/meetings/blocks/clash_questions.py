"""What is asked about the clashes of an event, in SQL that both databases read.

A page of an event asks some fifteen short questions at once; to build each anew takes far longer than the answers.
Nothing here asks what the reader may know of: each row comes with its mark in force, and `clash_facts` sees to it.
"""

from __future__ import annotations

from collections import defaultdict, namedtuple
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import connection

from interparl.meetings.models import NOT_ON, Participation

NUMBERS, TEXTS = 5, 8
# SQL cannot write an empty list: there is no such record.
NONE = -1


@dataclass(frozen=True)
class Question:
    """A part of the statement. Its rows become tuples of a key, a mark in force, and these numbers and texts by name.

    `kind` is what the rows are, "" where nobody is kept from them.
    """

    name: str
    kind: str
    source: str
    numbers: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    key: str = "x.id"
    mark: str = "x.effective_mark"

    @cached_property
    def sql(self) -> str:
        """As many columns of the same types as every other part has."""
        numbers = [*self.numbers.values(), *["NULL"] * (NUMBERS - len(self.numbers))]
        texts = [f"CAST({one} AS text)" for one in self.texts.values()] + ["NULL"] * (TEXTS - len(self.texts))
        columns = ", ".join([f"'{self.name}'", self.key, self.mark, *numbers, *texts])
        return f"SELECT {columns} FROM {self.source}"  # noqa: S608  our own words

    @cached_property
    def _row(self) -> Any:
        names = ["key", "mark", *self.numbers, *self.texts]
        made: Any = namedtuple(f"Fact_{self.name}", names)  # type: ignore[misc]  # noqa: PYI024  made at run time
        return made._make

    def row(self, found: Sequence[Any]) -> Any:
        """A row of the answer under its names."""
        texts = 3 + NUMBERS
        return self._row([*found[1 : 3 + len(self.numbers)], *found[texts : texts + len(self.texts)]])


def ask(
    questions: Iterable[Question], keys: Mapping[str, Iterable[int]], values: Mapping[str, Any]
) -> dict[str, list[Any]]:
    """The rows of each question, in one query. `keys` are lists of keys that the questions name in braces."""
    questions = list(questions)
    asked = {question.name: question for question in questions}
    listed = {name: ", ".join(map(str, sorted(several))) or str(NONE) for name, several in keys.items()}
    statement = " UNION ALL ".join([TYPES, *(question.sql for question in questions)]).format_map(listed)
    found: dict[str, list[Any]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        for row in cursor.fetchall():
            found[row[0]].append(asked[row[0]].row(row))
    return found


def _words(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


# No row, but the types of all columns: what stands as NULL in every part has none of its own.
TYPES = "SELECT {} WHERE 1 = 0".format(
    ", ".join(f"CAST(NULL AS {kind})" for kind in ("text", "bigint", "text", *["bigint"] * NUMBERS, *["text"] * TEXTS))
)
_BEGUN = "(x.since_earliest IS NULL OR x.since_earliest <= %(last)s)"
_MEETING = f"{_BEGUN} AND (x.until_latest IS NULL OR x.until_latest >= %(first)s)"
_THEN = "x.begins_at <= %(ends)s AND x.ends_at >= %(begins)s"
_ENDING = "x.until_earliest <= %(near_last)s AND x.until_latest >= %(near_first)s"
# The countries that the event is with, and ours.
_WITH = (
    "(SELECT CAST(%(country)s AS bigint) UNION ALL"
    " SELECT w.country_id FROM meetings_eventpartner w WHERE w.event_id = %(event)s)"
)
_OURS = "(SELECT o.country_id FROM directory_parliament o WHERE o.code = %(home)s)"
_OF_PARLIAMENT = f"JOIN directory_parliament p ON p.id = {{}}.parliament_id AND p.country_id IN {_WITH}"
_OF_CHAMBER = f"JOIN directory_chamber c ON c.id = x.chamber_id {_OF_PARLIAMENT.format('c')}"
_MEMBERS = f"directory_mandate x WHERE x.person_id IN ({{person}}) AND {_MEETING}"
_CHAMBERS = f"(SELECT x.chamber_id FROM {_MEMBERS})"  # noqa: S608  our own words


def _taken(name: str, condition: str) -> Question:
    """Rows of what is taken. Person and resource have an index each: asked for either at once neither would be used."""
    return Question(
        name,
        "",
        f"meetings_occupation x JOIN meetings_event e ON e.id = x.event_id WHERE {condition}",
        {
            "event": "x.event_id",
            "person": "x.person_id",
            "resource": "x.resource_id",
            "where": "x.where_id",
            "is_whole_day": "CASE WHEN x.is_whole_day THEN 1 ELSE 0 END",
        },
        {
            "begins": "x.begins_at",
            "ends": "x.ends_at",
            "zone": "x.zone",
            "place": "x.place",
            "source_kind": "x.source_kind",
            "event_mark": "e.effective_mark",
        },
        key="x.source_id",
        mark="x.mark",
    )


def _related(name: str, source: str, key: str) -> Question:
    """Events of which this is a part, or that are a part of it: in its margins, or held in its programme."""
    return Question(name, "", source, key=key, mark="''")


def _there(condition: str) -> Question:
    """Events that are in the country on these days, or with it where no country is written; parts of one question."""
    return Question(
        "there",
        "meetings.event",
        f"meetings_event x LEFT JOIN bodies_body b ON b.id = x.body_id WHERE {condition}"
        f" AND x.stage NOT IN ({_words(NOT_ON)}) AND x.id <> %(event)s",
        {
            "country": "x.country_id",
            "organisation": "x.organisation_id",
            "where": "x.where_id",
            "body": "x.body_id",
            "is_remote": "CASE WHEN x.is_remote THEN 1 ELSE 0 END",
        },
        {
            "body_kind": "b.kind",
            "body_mark": "b.effective_mark",
            "since": "x.since",
            "until": "x.until",
            "begins": "x.begins_at",
            "ends": "x.ends_at",
            "place": "x.place",
        },
    )


RELATED = (
    _related("margin", "meetings_event x WHERE x.within_id = %(event)s", "x.id"),
    _related("held", "meetings_programmeitem x WHERE x.event_id = %(event)s AND x.talks_id IS NOT NULL", "x.talks_id"),
    _related("holding", "meetings_programmeitem x WHERE x.talks_id = %(event)s", "x.event_id"),
)
PARTIES = (
    Question(
        "part",
        "meetings.participation",
        f"meetings_participation x WHERE x.event_id IN ({{events}})"
        f" AND x.attendance NOT IN ({_words(Participation.AWAY)})",
        {
            "event": "x.event_id",
            "person": "x.person_id",
            "country": "x.country_id",
            "parliament": "x.parliament_id",
            "organisation": "x.organisation_id",
        },
        {"function": "x.function"},
    ),
    Question(
        "partner",
        "meetings.eventpartner",
        "meetings_eventpartner x WHERE x.event_id IN ({events})",
        {"event": "x.event_id", "country": "x.country_id"},
    ),
)
OWN = (_taken("own", "x.event_id = %(event)s"),)
ALWAYS = (
    *RELATED,
    *PARTIES,
    _taken("by_person", f"x.person_id IN ({{person}}) AND {_THEN}"),
    _taken("by_resource", f"x.resource_id IN ({{resource}}) AND {_THEN}"),
    Question(
        "kept",
        "meetings.keptclash",
        "meetings_keptclash x WHERE x.event_id = %(event)s",
        texts={"clash": "x.key", "reason": "x.reason"},
    ),
    # The secret by which a key names another event; it goes to nobody.
    Question("salt", "", "meetings_clashsalt x", texts={"value": "x.value"}, mark="''"),
    Question(
        "booking",
        "",
        "meetings_booking x JOIN meetings_resource r ON r.id = x.resource_id WHERE x.event_id = %(event)s",
        {"item": "x.item_id"},
        {"kind": "r.kind"},
    ),
)
# What could stand in for these resources, and when that is taken.
_RIVALS = "meetings_resource x WHERE x.kind IN (SELECT k.kind FROM meetings_resource k WHERE k.id IN ({wanted}))"
RIVALS = (
    Question(
        "rival",
        "meetings.resource",
        _RIVALS,
        {"person": "x.person_id", "seats": "x.seats"},
        {
            "kind": "x.kind",
            "interprets": "x.interprets",
            "since": "x.since_earliest",
            "until": "x.until_latest",
        },
    ),
    _taken("rival_taken", f"x.resource_id IN (SELECT x.id FROM {_RIVALS}) AND {_THEN}"),  # noqa: S608  our own words
    _taken("rival_person", f"x.person_id IN (SELECT x.person_id FROM {_RIVALS}) AND {_THEN}"),  # noqa: S608  our own words
)
ON_DAYS = (
    Question(
        "mandate",
        "directory.mandate",
        _MEMBERS,
        {"person": "x.person_id", "chamber": "x.chamber_id"},
        {"since": "x.since_earliest", "until": "x.until_latest"},
    ),
    Question(
        "sitting",
        "meetings.sittingday",
        f"meetings_sittingday x WHERE x.day BETWEEN %(first)s AND %(last)s AND x.chamber_id IN {_CHAMBERS}",
        {"chamber": "x.chamber_id"},
        {"day": "x.day", "begins": "x.begins", "ends": "x.ends", "subject": "x.subject"},
    ),
    Question(
        "chamber",
        "directory.chamber",
        "directory_chamber x JOIN directory_parliament p ON p.id = x.parliament_id"
        f" JOIN directory_country l ON l.id = p.country_id WHERE x.id IN {_CHAMBERS}",
        {"country": "l.id"},
        {"short_name": "x.short_name", "capital": "l.capital", "zone": "l.zone"},
    ),
    Question(
        "country",
        "directory.country",
        f"directory_country x WHERE x.id IN {_WITH} OR x.id IN {_OURS}",
        {"is_ours": f"CASE WHEN x.id IN {_OURS} THEN 1 ELSE 0 END"},
        {"code": "x.code"},
    ),
    Question(
        "moved",
        "",
        "tasks_movedday x WHERE x.day BETWEEN %(first)s AND %(last)s",
        {"is_working": "CASE WHEN x.becomes = 'working' THEN 1 ELSE 0 END"},
        {"code": "x.country_code", "day": "x.day", "name": "x.name"},
    ),
    Question(
        "election",
        "directory.election",
        f"directory_election x {_OF_CHAMBER}",
        {"chamber": "x.chamber_id", "country": "p.country_id"},
        {"held_on": "x.held_on"},
    ),
    Question(
        "term",
        "directory.chamberterm",
        f"directory_chamberterm x {_OF_CHAMBER} WHERE {_ENDING}",
        {"chamber": "x.chamber_id", "convocation": "x.convocation_id", "country": "p.country_id"},
        {"until": "x.until", "day": "x.until_earliest"},
    ),
    Question(
        "convocation",
        "directory.convocation",
        f"directory_convocation x {_OF_PARLIAMENT.format('x')} WHERE {_ENDING}",
        {"country": "p.country_id"},
        {"until": "x.until", "day": "x.until_earliest"},
    ),
    # Asked apart, each is looked up in the index of places and ends; asked with "or" all events there are read.
    _there(f"x.where_id = %(where)s AND x.until_latest >= %(first)s AND {_BEGUN}"),
    _there(f"x.where_id = %(where)s AND x.until_latest IS NULL AND {_BEGUN}"),
    _there(f"x.where_id IS NULL AND x.country_id = %(where)s AND {_MEETING}"),
)


def _party(side: str) -> tuple[str, str]:
    """The kind and the key of a party that must not meet another."""
    names = [f"x.{side}{name}_id" for name in ("person", "country", "parliament", "organisation")]
    kinds = " ".join(f"WHEN {name} IS NOT NULL THEN 'directory.{name[2 + len(side) : -3]}'" for name in names)
    return f"CASE {kinds} END", f"COALESCE({', '.join(names)})"


_FIRST, _OTHER = _party(""), _party("other_")
APART = (
    Question(
        "apart",
        "directory.sensitivity",
        f"directory_sensitivity x WHERE {_MEETING}",
        {"first": _FIRST[1], "other": _OTHER[1]},
        {"first_kind": _FIRST[0], "other_kind": _OTHER[0], "grounds": "x.grounds"},
    ),
)
