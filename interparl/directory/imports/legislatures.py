"""The legislatures that a list of countries tells of: the parliament, its chambers, their terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from interparl.core.models import Identifier
from interparl.directory.imports.popolo_keys import Keys, digest
from interparl.directory.models import Chamber, ChamberTerm, Parliament
from interparl.exchange.actions import FileObject, Key, Wanted
from interparl.exchange.rules import Finding
from interparl.exchange.rules.mapped import MappedRow
from interparl.language.folding import fold

PARLIAMENT, CHAMBER = "directory.parliament", "directory.chamber"
CONVOCATION, CHAMBER_TERM = "directory.convocation", "directory.chamberterm"


class Legislatures:
    """Turns the legislatures of a country into wanted records.

    A country has one parliament; each legislature of the file is a chamber of it. A parliament that is here already is
    taken, and its chamber of that name; whether another name means another chamber is asked.
    """

    def __init__(self, keys: Keys, language: str) -> None:
        self.keys = keys
        self.language = language
        self.findings: list[Finding] = []
        self.known: dict[Key, int] = {}
        self._parliaments: dict[str, list[Parliament]] = defaultdict(list)
        # Those of today before those that ended.
        for one in sorted(Parliament.objects.select_related("country"), key=lambda one: (bool(one.until), one.pk)):
            self._parliaments[one.country.code].append(one)
        self._chambers: dict[int, list[Chamber]] = defaultdict(list)
        for chamber in Chamber.objects.order_by("pk"):
            self._chambers[chamber.parliament_id].append(chamber)
        self._ours = set(Identifier.objects.of(CHAMBER, keys.scheme("legislature")).values_list("value", flat=True))
        self._made: set[Key] = set()

    def objects(self, row: MappedRow, code: str, country: Key, called: str) -> Iterator[FileObject]:
        """The legislatures of a row and their terms; of a list without lists, the one of the row itself."""
        for within in row.within or ([row] if row.text("legislature") else []):
            name = within.text("legislature") or within.text("legislature_id")
            place = within.place if within is not row else f"{row.place}.legislature"
            if not name:
                self.findings.append(Finding(place, "note", "no_name"))
                continue
            value = f"{code}|{within.text('legislature_id') or fold(name)}"
            chamber = self.keys.key(CHAMBER, "legislature", value)
            parliament, above = self._parliament(code, country, called, name)
            wanted = self._chamber(place, name, chamber, parliament, is_several=len(row.within) > 1)
            yield FileObject(place, "legislature", name, within.raw, (wanted, *above))
            terms = within.within or ([within] if within.text("term") or within.text("term_id") else [])
            for at, term in enumerate(terms):
                spot = term.place if term is not within else f"{place}.term[{at}]"
                yield self._term(term, spot, value, chamber, parliament)

    def _parliament(self, code: str, country: Key, called: str, name: str) -> tuple[Key | int, list[Wanted]]:
        """The country's only parliament of today, else a new one; of several the file tells none, so the first."""
        if held := self._parliaments.get(code):
            return held[0].pk, []
        key = self.keys.key(PARLIAMENT, "parliament", code)
        if key in self._made:
            return key, []
        self._made.add(key)
        once = {"code": code, "name": {self.language: called or name}, "country": country}
        return key, [Wanted(PARLIAMENT, {}, key=key, once=once)]

    def _chamber(self, place: str, name: str, key: Key, parliament: Key | int, *, is_several: bool) -> Wanted:
        values: dict[str, Any] = {"name": {self.language: name}}
        stored = self._chambers.get(parliament, []) if isinstance(parliament, int) else []
        if key[2] not in self._ours and stored:
            same = [one for one in stored if fold(name) in {fold(text["text"]) for text in one.name.values()}]
            if len(same) == 1:
                self.known[key] = same[0].pk
                return Wanted(CHAMBER, {}, key=key)
            words = {
                "parliament": str(same or stored[0].parliament),
                "chambers": ", ".join(map(str, stored)),
                "name": name,
            }
            self.findings.append(Finding(place, "doubtful", "chamber_doubted", words))
        elif key[2] not in self._ours and is_several:
            self.findings.append(Finding(place, "note", "kind_of_chamber_untold", {"name": name}))
        code = f"{key[2].partition('|')[0][:12]}-{digest(key[1] + key[2], 4).upper()}"
        once = {"code": code, "parliament": parliament, "kind": Chamber.Kind.SINGLE}
        return Wanted(CHAMBER, values, key=key, once=once)

    def _term(self, row: MappedRow, place: str, legislature: str, chamber: Key, parliament: Key | int) -> FileObject:
        name = row.text("term") or row.text("term_id")
        value = f"{legislature}|{row.text('term_id') or fold(name)}"
        days = {"since": row.text("since"), "until": row.text("until")}
        convocation = self.keys.key(CONVOCATION, "term", value)
        term = self.keys.key(CHAMBER_TERM, "term", value)
        if held := self._held(chamber, name, days["since"]):
            self.known |= {convocation: held.convocation_id, term: held.pk}
            return FileObject(place, "term", name, row.raw, (Wanted(CONVOCATION, {}, key=convocation),))
        wanted = (
            Wanted(
                CONVOCATION,
                {"name": {self.language: name}, **days},
                key=convocation,
                once={"parliament": parliament},
            ),
            Wanted(CHAMBER_TERM, days, key=term, once={"chamber": chamber, "convocation": convocation}),
        )
        return FileObject(place, "term", name, row.raw, wanted)

    def _held(self, chamber: Key, name: str, since: str) -> ChamberTerm | None:
        """The term of a chamber that was here before: of that name, or begun in that year."""
        key = self.known.get(chamber)
        terms = ChamberTerm.objects.filter(chamber=key).select_related("convocation") if key else ()
        for one in terms:
            names = {fold(text["text"]) for text in one.convocation.name.values()}
            if fold(name) in names or (since and one.since[:4] == since[:4]):
                return one
        return None
