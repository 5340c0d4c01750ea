"""Bodies of the demonstration and who sits in them."""

from __future__ import annotations

from typing import Any

from interparl.bodies.models import Body, CompositionRule, Decision, Membership, Part, Partner, Seat, Step
from interparl.config.demo.directory import Directory
from interparl.config.demo.files import read, text
from interparl.core.dates import PartialDate, day_before
from interparl.core.writing import Planned
from interparl.directory.models import Mandate, Office, Person

KINDS = {
    "working group": Body.Kind.WORKING_GROUP,
    "commission": Body.Kind.COMMISSION,
    "delegation": Body.Kind.DELEGATION,
    "occasional delegation": Body.Kind.OCCASIONAL_DELEGATION,
}
# What a rule of composition says in the file as it is kept.
PLAIN = "body_kind family counts least most share age version is_binding since until".split()
ROLES = {"deputy": Membership.Role.DEPUTY_HEAD}
LEFT_ON, CAME_ON = "2015-04-30", "2015-05-06"


class Benches:
    """The members of each chamber in each convocation, dealt out in turn so that the load is even."""

    def __init__(self) -> None:
        self.members: dict[tuple[str, int | str], list[Mandate]] = {}
        self._turn: dict[tuple[str, int | str], int] = {}

    def next(self, chamber: str, convocation: int | str, taken: set[int], sex: str = "") -> Mandate | None:
        """The next member of that chamber, and of that sex if one is told, not in `taken` (ids of Python objects)."""
        bench = self.members.get((chamber, convocation), [])
        for _step in bench:
            turn = self._turn.get((chamber, convocation), 0)
            self._turn[chamber, convocation] = turn + 1
            mandate = bench[turn % len(bench)]
            if id(mandate.person) not in taken and sex in ("", mandate.person.gender):
                return mandate
        return None


class Bodies:
    """The records of bodies as they are planned."""

    def __init__(self, directory: Directory, benches: Benches) -> None:
        self.directory = directory
        self.benches = benches
        self.decisions: dict[str, Decision] = {}
        self.bodies: dict[str, Body] = {}
        self.parts: list[Part] = []
        self.partners: list[Partner] = []
        self.seats: list[Seat] = []
        self.memberships: list[Membership] = []
        self.later: list[Membership] = []
        self.steps: list[Step] = []

    def plan(self) -> list[Planned]:
        """All rows in an order in which each points only to earlier ones."""
        self._decisions()
        for row in read("bodies"):
            self._body(row)
        self._committees()
        self._organs()
        in_order = (
            self.decisions.values(),
            self._ordered_bodies(),
            self.partners,
            self.parts,
            self.seats,
            self.memberships,
            self.later,
            self.steps,
            self._rules(),
            self._offices(),
        )
        return [Planned(record) for group in in_order for record in group]

    def _ordered_bodies(self) -> list[Body]:
        """Bodies after those that they continue or answer; written in three goes, for one row may not point forward."""
        return list(self.bodies.values())

    def _decisions(self) -> None:
        home = read("home")
        organs = {organ["code"]: text(organ["name"]) for organ in home["organs"]}
        for row in home["decisions"]:
            self.decisions[row["code"]] = Decision(
                number=row["number"] or "",
                taken_on=row["day"],
                organ=organs[row["organ"]],
                title=text(row["title"]),
                **self.directory.sources.common(row),
            )

    def _body(self, row: dict[str, Any]) -> None:
        directory = self.directory
        common = directory.sources.common(row)
        is_ours = row["parliament"] == "BY"
        body = Body(
            code=row["code"],
            kind=KINDS[row["kind"]],
            name=text(row["short_name"]),
            official_name=text(row["name"]),
            convocation=directory.convocations.get(row["convocation"]) if is_ours and row["convocation"] else None,
            organisation=directory.organisations[row["organisation"]] if row.get("organisation") else None,
            formed_by=self.decisions[row["decision"]] if row.get("decision") else None,
            ended_by=self.decisions[row["end_decision"]] if row.get("end_decision") else None,
            continues=self.bodies[row["continues"]] if row.get("continues") else None,
            mirror_of=self.bodies[row["mirror_of"]] if row.get("mirror_of") else None,
            since=row.get("since", ""),
            until=row.get("until", ""),
            **common,
        )
        self.bodies[row["code"]] = body
        for code in row.get("countries", ()):
            self.partners.append(Partner(body=body, country=directory.countries[code], **common))
        parts = self._parts(row, body)
        for seat in row.get("seats", ()):
            part, convocation = parts[seat.get("part", "")]
            for _number in range(seat["count"]):
                self._seat(row, body, part, seat, convocation)

    def _parts(self, row: dict[str, Any], body: Body) -> dict[str, tuple[Part, int | str]]:
        """The parts by code; "" is the only part of a body that has one side."""
        found: dict[str, tuple[Part, int | str]] = {}
        rows = row.get("parts") or [row | {"code": "", "decision": row.get("decision")}]
        for one in rows:
            home = one["parliament"] == "BY"
            part = Part(
                body=body,
                parliament=self.directory.parliaments[one["parliament"]],
                convocation=self.directory.convocations.get(one["convocation"])
                if home and one["convocation"]
                else None,
                since=one.get("since", ""),
                until=one.get("until", ""),
                **self.directory.sources.common(one),
            )
            self.parts.append(part)
            convocation = one["convocation"] if home else one["parliament"]
            found[one["code"]] = (part, convocation)
        return found

    def _seat(self, row: dict[str, Any], body: Body, part: Part, seat: dict[str, Any], convocation: int | str) -> None:
        order = sum(1 for other in self.seats if other.body is body) + 1
        held = Seat(
            part=part,
            body=body,
            title=text(seat["title"]),
            kind=seat["kind"],
            chamber=self.directory.chambers.get(seat.get("chamber", "")),
            order=order,
            **self.directory.sources.common(row | {"note": None}),
        )
        self.seats.append(held)
        # Some seats are vacant; who goes to one session is named to the last.
        if (len(self.seats) % 41) == 0 and row["kind"] != "occasional delegation":
            return
        taken = {id(one.person) for one in self.memberships if one.part is part}
        mandate = self.benches.next(seat.get("chamber", ""), convocation, taken, row.get("sex", ""))
        if mandate is None:
            return
        membership = self._membership(part, held, mandate.person, seat["role"], part.since, part.until, row)
        self.memberships.append(membership)
        self._assembly_steps(row, membership)
        if (len(self.memberships) % 23) == 0 and convocation == 5 and seat["role"] == "member":
            self._replace(row, membership, seat, taken | {id(mandate.person)})

    def _membership(
        self, part: Part, seat: Seat, person: Person, role: str, since: str, until: str, row: dict[str, Any]
    ) -> Membership:
        decision = self.decisions[row["decision"]] if row.get("decision") else None
        return Membership(
            body=part.body,
            part=part,
            seat=seat,
            person=person,
            role=ROLES.get(role, role),
            since=_no_earlier(since),
            until=until,
            start_reason=Membership.Start.FORMED,
            end_reason="",
            decision=decision if decision and PartialDate.parse(decision.taken_on).is_exact else None,
            **self.directory.sources.invented(),
        )

    def _assembly_steps(self, row: dict[str, Any], membership: Membership) -> None:
        for step in row.get("steps", ()):
            self.steps.append(
                Step(
                    membership=membership,
                    kind=step["step"],
                    taken_on=step["day"],
                    **self.directory.sources.common(step),
                )
            )

    def _replace(self, row: dict[str, Any], leaving: Membership, seat: dict[str, Any], taken: set[int]) -> None:
        """Somebody leaves in 2015 and somebody else takes the seat some days later."""
        successor = self.benches.next(seat.get("chamber", ""), 5, taken)
        if successor is None or (leaving.until and leaving.until < CAME_ON):
            return
        until, leaving.until = leaving.until, day_before(PartialDate.parse(CAME_ON).earliest).isoformat()  # type: ignore[arg-type]
        leaving.end_reason = Membership.End.REPLACED
        new = self._membership(leaving.part, leaving.seat, successor.person, seat["role"], CAME_ON, until, row)  # type: ignore[arg-type]
        new.replaces = leaving
        new.start_reason = Membership.Start.REPLACEMENT
        self.later.append(new)

    def _rules(self) -> list[CompositionRule]:
        directory = self.directory
        found = []
        for row in read("composition_rules"):
            plain = {name: row[name] for name in PLAIN if name in row}
            found.append(
                CompositionRule(
                    organisation=directory.organisations.get(row.get("organisation", "")),
                    parliament=directory.parliaments.get(row.get("parliament", "")),
                    chamber=directory.chambers.get(row.get("chamber", "")),
                    consequence=text(row.get("consequence")),
                    **plain,
                    **directory.sources.common(row),
                )
            )
        return found

    def _organs(self) -> None:
        """Organs of assemblies in which somebody of ours sits, with the term of their chair and the order."""
        home = self.directory.parliaments[read("home")["parliament"]]
        holders = self._holders()
        for row in read("organs"):
            common = self.directory.sources.common(row)
            body = Body(
                code=row["code"],
                kind=Body.Kind.ORGAN,
                name=text(row["short_name"]),
                official_name=text(row["name"]),
                organisation=self.directory.organisations[row["organisation"]],
                since=row["since"],
                term=row.get("term"),
                rotation=row.get("rotation", ""),
                **common,
            )
            self.bodies[row["code"]] = body
            part = Part(body=body, parliament=home, since=row["since"], **common)
            self.parts.append(part)
            for one in row["members"]:
                person = holders[one["body"], one["place"]]
                values = self.directory.sources.invented() | {name: one[name] for name in ("role", "since", "until")}
                self.memberships.append(Membership(body=body, part=part, person=person, **values))

    def _holders(self) -> dict[tuple[str, int], Person]:
        """Who took a place in a body first, by the body’s code and the number of the place."""
        held = (one for one in self.memberships if one.seat)
        return {(one.body.code, one.seat.order): one.person for one in held if one.seat}

    def _offices(self) -> list[Office]:
        """Offices in assemblies, each held by whoever took that place in the delegation first."""
        holders = self._holders()
        return [
            Office(
                person=holders[row["body"], row["place"]],
                kind=Office.Kind.OTHER,
                title=text(row["title"]),
                organisation=self.directory.organisations[row["organisation"]],
                since=row["since"],
                **self.directory.sources.common(row),
            )
            for row in read("assembly_offices")
        ]

    def _committees(self) -> None:
        directory = self.directory
        for row in read("home")["standing_committees"]:
            chamber = directory.chambers[row["chamber"]]
            common = directory.sources.common(row)
            body = Body(
                code=row["code"],
                kind=Body.Kind.COMMITTEE,
                name=text(row["name"]),
                chamber=chamber,
                convocation=directory.convocations[row["convocation"]],
                since=row["since"],
                until=row.get("until", ""),
                **common,
            )
            self.bodies[row["code"]] = body
            part = Part(
                body=body,
                parliament=chamber.parliament,
                convocation=body.convocation,
                since=row["since"],
                until=row.get("until", ""),
                **common,
            )
            self.parts.append(part)


def _no_earlier(since: str) -> str:
    """A membership begins with its part; where only a bound is known, so it is for the member."""
    return since
