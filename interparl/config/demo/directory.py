"""The directory of the demonstration: countries of CLDR, parliaments, organisations, relations, convocations."""

from __future__ import annotations

from typing import Any

from babel import Locale
from babel.core import get_global

from interparl.config.demo.files import PUBLISHED_ON, Sources, read, text
from interparl.core.models import Grade, Mark, Source
from interparl.core.translated import languages, written
from interparl.core.writing import Planned
from interparl.directory.models import (
    Chamber,
    ChamberTerm,
    Convocation,
    Country,
    Election,
    Organisation,
    Parliament,
    Rank,
    Relation,
    Status,
)


class Directory:
    """The records of the directory as they are planned, by the codes of the files."""

    def __init__(self) -> None:
        self.sources = Sources()
        self.countries: dict[str, Country] = {}
        self.parliaments: dict[str, Parliament] = {}
        self.chambers: dict[str, Chamber] = {}
        self.convocations: dict[int, Convocation] = {}
        self.organisations: dict[str, Organisation] = {}
        self.terms: dict[tuple[str, int], ChamberTerm] = {}

    def plan(self) -> list[Planned]:
        """All rows in an order in which each points only to earlier ones."""
        rows = [*self._sources(), *self._countries(), *self._parliaments(), *self._home()]
        return [Planned(record) for record in (*rows, *self._organisations(), *self._relations())]

    def _sources(self) -> list[Any]:
        for row in read("sources"):
            self.sources.records[row["key"]] = Source(
                key=row["key"],
                title=text(row["title"]),
                url=row["url"] or "",
                read_on=row["read_on"],
                licence=row["licence"] or "",
                mark=Mark.PUBLIC,
                published_on=PUBLISHED_ON,
            )
        return list(self.sources.records.values())

    def _countries(self) -> list[Any]:
        facts = read("countries")
        numbers = get_global("territory_aliases")
        names = {code: Locale.parse(code).territories for code in languages()}
        for code, region in facts["regions"].items():
            capital = facts["capitals"].get(code, {})
            self.countries[code] = Country(
                code=code,
                alpha3=_alias(numbers, code, 3, is_digits=False),
                numeric=_alias(numbers, code, 3, is_digits=True),
                name=written({language: names[language].get(code, "") for language in languages()}),
                region=region or "",
                capital=text(capital.get("name")),
                zone=capital.get("zone", ""),
                footnote=text(facts["footnotes"].get(code)),
                mark=Mark.PUBLIC,
                published_on=PUBLISHED_ON,
                grade=Grade.STATED,
                source=self.sources.records["cldr"],
            )
        return list(self.countries.values())

    def _parliaments(self) -> list[Any]:
        chambers = []
        for row in read("parliaments"):
            common = self.sources.common(row)
            parliament = Parliament(
                code=row["code"],
                country=self.countries[row["country"]],
                name=text(row["name"]),
                short_name=text(row["short_name"]),
                since=row.get("since", ""),
                until=row.get("until", ""),
                **common,
            )
            self.parliaments[row["code"]] = parliament
            for part in row["chambers"]:
                chamber = Chamber(
                    code=part["code"],
                    parliament=parliament,
                    kind=part["kind"],
                    name=text(part["name"]),
                    short_name=text(part.get("short_name")),
                    seats=part.get("seats"),
                    until=row.get("until", ""),
                    **common,
                )
                self.chambers[part["code"]] = chamber
                chambers.append(chamber)
        return [*self.parliaments.values(), *chambers]

    def _home(self) -> list[Any]:
        home = read("home")
        for row in home["convocations"]:
            self.convocations[row["number"]] = Convocation(
                parliament=self.parliaments[row["parliament"]],
                number=row["number"],
                name=text(row["name"]),
                since=row["since"],
                until=row.get("until", ""),
                **self.sources.common(row),
            )
        for row in home["terms"]:
            self.terms[row["chamber"], row["convocation"]] = ChamberTerm(
                chamber=self.chambers[row["chamber"]],
                convocation=self.convocations[row["convocation"]],
                since=row["since"],
                until=row.get("until", ""),
                **self.sources.common(row),
            )
        elections = [
            Election(
                chamber=self.chambers[row["chamber"]],
                convocation=self.convocations[row["convocation"]],
                held_on=row["day"],
                **self.sources.common(row),
            )
            for row in home["elections"]
        ]
        return [*self.convocations.values(), *self.terms.values(), *elections]

    def _organisations(self) -> list[Any]:
        further: list[Any] = []
        for row in read("organisations"):
            organisation = Organisation(
                code=row["code"],
                kind=row["kind"],
                name=text(row["name"]),
                short_name=text(row.get("short_name")),
                acronym=text(row.get("acronym")),
                seat=text(row.get("seat")),
                done=text(row.get("done")),
                footnote=text(row.get("footnote")),
                parent=self.organisations.get(row.get("parent", "")),
                since=row.get("since", ""),
                until=row.get("until", ""),
                **self.sources.common(row),
            )
            self.organisations[row["code"]] = organisation
            further += [self._rank(organisation, one) for one in row.get("rank", ())]
            further += [
                self._status(organisation, one, is_counted=row.get("full_membership", False))
                for one in row.get("statuses", ())
            ]
        ranks = [one for one in further if isinstance(one, Rank)]
        statuses = [one for one in further if isinstance(one, Status)]
        return [*self.organisations.values(), *ranks, *statuses]

    def _rank(self, organisation: Organisation, row: dict[str, Any]) -> Rank:
        return Rank(
            organisation=organisation,
            importance=Rank.Importance.MOST,
            order=row["order"],
            since=row.get("since", ""),
            until=row.get("until", ""),
            **self.sources.common(row),
        )

    def _status(self, organisation: Organisation, row: dict[str, Any], *, is_counted: bool) -> Status:
        return Status(
            organisation=organisation,
            parliament=self.parliaments[row["parliament"]],
            status=row["status"],
            is_world=is_counted and row["status"] == Status.Kind.MEMBER,
            since=row.get("since", ""),
            until=row.get("until", ""),
            **self.sources.common(row),
        )

    def _relations(self) -> list[Any]:
        return [
            Relation(
                parliament=self.parliaments[row["parliament"]],
                kind=row["kind"],
                since=row.get("since", ""),
                until=row.get("until", ""),
                basis=text(row.get("basis")),
                **self.sources.common(row),
            )
            for row in read("relations")
        ]


def _alias(aliases: Any, code: str, length: int, *, is_digits: bool) -> str:
    """The three-letter or numeric code of a territory, from the aliases of CLDR; "" when there is none."""
    return next(
        (
            alias
            for alias, codes in sorted(aliases.items())
            if codes == [code] and len(alias) == length and alias.isdigit() == is_digits
        ),
        "",
    )
