"""What the demonstration has beside when it stands on a later day: the members of the next convocation, invented."""

from __future__ import annotations

from interparl.config.demo.directory import Directory
from interparl.config.demo.files import read
from interparl.config.demo.people import People
from interparl.core.writing import Planned
from interparl.directory.models import Mandate, Person

LAST, NEXT = 5, 6
# Two members of five sit in the next convocation too.
GROUP_OF, COME_AGAIN = 5, (1, 4)


def next_is_elected(day: str) -> bool:
    """Whether the members of the next convocation are known on that day."""
    return any(row["day"] <= day for row in read("home")["elections"] if row["convocation"] == NEXT)


def members_of_the_next(directory: Directory, people: People, last: dict[str, list[Person]]) -> list[Planned]:
    """People, names and mandates of the next convocation; `last`: by chamber who sat in the one before, by seat."""
    known = len(people.people), len(people.names)
    mandates = []
    for code, sat in last.items():
        term = directory.terms[code, NEXT]
        for seat, before in enumerate(sat):
            again = seat % GROUP_OF in COME_AGAIN
            mandate = Mandate(
                person=before if again else people.person(people.home_blocks()),
                chamber=directory.chambers[code],
                convocation=directory.convocations[NEXT],
                since=term.since,
                until=term.until,
                start_reason=Mandate.Start.ELECTION,
                **directory.sources.invented() | {"published_on": term.since},
            )
            mandates.append(mandate)
    return [Planned(row) for row in (*people.people[known[0] :], *people.names[known[1] :], *mandates)]
