"""Letters that become due: whom they go to, what they say in every language, and marking one as sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils.text import capfirst
from django.utils.translation import override

from interparl.accounts.models import User
from interparl.bodies.models import Body, LetterDue, Membership, Partner, Step
from interparl.bodies.rules.composition import LEADING
from interparl.bodies.rules.letter_texts import Told, letter_text
from interparl.bodies.workflow import letter_workflow, membership_workflow
from interparl.core.actors import Actor, actor_of
from interparl.core.days import today
from interparl.core.formats import write_day, write_partial
from interparl.core.marks import rank
from interparl.core.models import Label, Mark
from interparl.core.records import Record
from interparl.core.translated import DRAFT, languages, text_in, written
from interparl.core.workflow import Asked
from interparl.core.writing import Planned, change
from interparl.directory.models import Convocation, Office, Organisation, Parliament, Person

About = LetterDue.About
Addressee = Parliament | Organisation
# Of these a later one tells something new, so only one that has not gone yet stands for another.
TOLD_AGAIN = frozenset({About.SEATS, About.COMPOSITION})
PERSON = Person.record_kind()
WITHIN = (Mark.PUBLIC, Mark.INTERNAL)


def letters_to(
    addressees: Sequence[Addressee],
    *,
    about: str,
    due_on: date,
    by: User | Actor,
    convocation: Convocation | None = None,
    body: Body | None = None,
    on: date | None = None,
    since: date | None = None,
) -> list[Planned]:
    """Unsaved letters about one subject with a draft in every language; as many queries for one as for a hundred.

    What they tell is told as of `on`, else as of the day on which they are due.

    Who has the same letter (subject, convocation, body) due or sent is left out; with `since`, only where that is due
    on that day or later. What a letter names, `by` may know of; its mark is no lower than that of what it names.
    """
    plan = _Plan(about, due_on, on or due_on, actor_of(by).user, convocation, body)
    written_to = _written_to(addressees, plan, since)
    left = [one for one in addressees if _ref(one) not in written_to]
    if not left:
        return []
    facts = _Facts.of(left, plan)
    return [Planned(_letter(one, plan, facts)) for one in left]


def draft_text(letter: LetterDue, *, by: User) -> None:
    """Writes a draft into a letter that was planned without one; raises Refused."""
    addressee = letter.addressee
    if addressee is None:
        return
    plan = _Plan(letter.about, letter.due_on, min(today(), letter.due_on), by, letter.convocation, letter.body)
    drafted = _letter(addressee, plan, _Facts.of([addressee], plan))
    with change(letter, by=by) as held:
        held.text = drafted.text
        held.mark = max(held.mark, drafted.mark, key=rank)


def untold(body: Body, day: date, reader: User | None) -> list[Membership]:
    """Of those who sit in the body on the day the ones who were appointed and of whom the assembly was not told."""
    steps = Step.objects.filter(_may_know(Step, reader))
    rows = Membership.objects.filter(_may_know(Membership, reader), body=body).on(day)
    found = rows.prefetch_related(Prefetch("steps", steps)).select_related("body").order_by("rank", "pk")
    return [row for row in found if [step.kind for step in row.steps.all()][-1:] == [Step.Kind.APPOINTED]]


@transaction.atomic
def send_letter(
    letter: LetterDue, *, on: date, number: str, told: Iterable[Membership] = (), note: str = "", by: User
) -> None:
    """Marks the letter as sent, and takes the step “notified” for the members of whom it tells, on the same day.

    Raises PermissionDenied or Refused, with nothing written.
    """
    letter.number = number
    asked = Asked(by, on, note)
    letter_workflow.make("send", letter, asked)
    for membership in told:
        membership_workflow.make("notify", membership, asked)


@dataclass(frozen=True)
class _Plan:
    """What all letters of one call are about, and who writes them; nobody for a command of the product."""

    about: str
    due_on: date
    day: date
    reader: User | None
    convocation: Convocation | None
    body: Body | None


def _ref(one: Record) -> tuple[str, int]:
    return one.record_kind(), one.pk


def _may_know(model: type[Record], reader: User | None) -> Q:
    """What may be named in a letter: what its writer may know of."""
    return model.may_read(reader) if reader else Q()


def _keys(addressees: Sequence[Addressee], model: type[Record]) -> list[int]:
    return [one.pk for one in addressees if isinstance(one, model)]


def _written_to(addressees: Sequence[Addressee], plan: _Plan, since: date | None) -> set[tuple[str, int]]:
    """Who of them has the same letter."""
    if any(one is not None and one.pk is None for one in (plan.convocation, plan.body)):
        return set()
    states = [LetterDue.State.DUE] + ([] if plan.about in TOLD_AGAIN else [LetterDue.State.SENT])
    to = Q(parliament__in=_keys(addressees, Parliament)) | Q(organisation__in=_keys(addressees, Organisation))
    same = LetterDue.objects.filter(
        to, about=plan.about, convocation=plan.convocation, body=plan.body, state__in=states
    )
    if since:
        same = same.filter(due_on__gte=since)
    rows = same.values_list("parliament", "organisation")
    return {(Parliament.record_kind(), p) if p else (Organisation.record_kind(), o) for p, o in rows}


@dataclass(frozen=True)
class _Facts:
    """What the letters of one call tell beside what the call says: each is asked for once for all addressees."""

    home: Parliament | None
    seats: dict[int, list[Membership]]
    bodies: dict[int, list[Body]]
    speakers: dict[int, Office]
    names: dict[tuple[str, int], str]

    @classmethod
    def of(cls, addressees: Sequence[Addressee], plan: _Plan) -> _Facts:
        """What is needed for letters to these addressees."""
        home = Parliament.objects.home()
        bodies = _bodies_with(addressees, home, plan) if plan.about in (About.CONVOCATION, About.ELECTION) else {}
        seats = _seats({body.pk for several in bodies.values() for body in several}, plan)
        speakers = _speakers(addressees, plan) if plan.about == About.SPEAKER else {}
        people = {one.person_id for several in seats.values() for one in several}
        people |= {office.person_id for office in speakers.values()}
        labels = Label.objects.filter(kind=PERSON, object_id__in=people)
        names = {(code, key): text for code, key, text in labels.values_list("language", "object_id", "text")}
        return cls(home, seats, bodies, speakers, names)

    def bodies_for(self, one: Addressee, plan: _Plan) -> list[Body]:
        """The bodies that a letter to this addressee names."""
        if plan.body:
            return [plan.body]
        return self.bodies.get(one.country_id, []) if isinstance(one, Parliament) else []

    def name(self, person: int, language: str) -> str:
        """What somebody is called in that language."""
        return self.names.get((language, person), "")

    def people_for(self, bodies: Iterable[Body]) -> list[Membership]:
        """The people that a letter names who sit in these bodies."""
        return [one for body in bodies for one in self.seats.get(body.pk, [])]


def _bodies_with(addressees: Sequence[Addressee], home: Parliament | None, plan: _Plan) -> dict[int, list[Body]]:
    """Our bodies with the countries of these parliaments, by country, unless one is given; no mark above internal."""
    if plan.body or home is None:
        return {}
    countries = {one.country_id for one in addressees if isinstance(one, Parliament)}
    bodies = Body.objects.filter(_may_know(Body, plan.reader), effective_mark__in=WITHIN).on(plan.day)
    links = Partner.objects.filter(_may_know(Partner, plan.reader), country__in=countries)
    links = links.filter(body__in=bodies.ours(home).values("pk")).select_related("body").order_by("body_id")
    found: dict[int, list[Body]] = defaultdict(list)
    for link in links:
        found[link.country_id].append(link.body)
    return found


def _seats(bodies: Collection[int], plan: _Plan) -> dict[int, list[Membership]]:
    """Who of each body is named: all of a composition, those appointed, else those who lead it."""
    if plan.about == About.SEATS and plan.body:
        rows = untold(plan.body, plan.day, plan.reader)
    else:
        keys = [*bodies, *([plan.body.pk] if plan.body and plan.body.pk else [])]
        found = Membership.objects.filter(_may_know(Membership, plan.reader), body__in=keys).on(plan.day)
        if plan.about != About.COMPOSITION:
            found = found.filter(role__in=LEADING)
        rows = list(found.order_by("body_id", "part_id", "rank", "pk"))
    seats: dict[int, list[Membership]] = defaultdict(list)
    for row in rows:
        if row.effective_mark in WITHIN or (plan.body and row.effective_mark == Mark.OFFICIAL):
            seats[row.body_id].append(row)
    return seats


def _speakers(addressees: Sequence[Addressee], plan: _Plan) -> dict[int, Office]:
    """The speaker of each parliament on the day; of two chambers the one who came last."""
    offices = Office.objects.filter(_may_know(Office, plan.reader), kind=Office.Kind.SPEAKER).on(plan.day)
    offices = offices.filter(chamber__parliament__in=_keys(addressees, Parliament), effective_mark__in=WITHIN)
    found = offices.select_related("chamber", "person").order_by("since_earliest", "pk")
    return {office.chamber.parliament_id: office for office in found if office.chamber}


def _letter(one: Addressee, plan: _Plan, facts: _Facts) -> LetterDue:
    bodies = facts.bodies_for(one, plan)
    people = facts.people_for(bodies)
    texts = {code: letter_text(plan.about, _told(one, plan, facts, code), code) for code in languages()}
    return LetterDue(
        about=plan.about,
        parliament=one if isinstance(one, Parliament) else None,
        organisation=one if isinstance(one, Organisation) else None,
        body=plan.body,
        convocation=plan.convocation,
        due_on=plan.due_on,
        text=written(texts, state=DRAFT),
        mark=max((Mark.INTERNAL, *(row.effective_mark for row in people)), key=rank),
    )


def _told(one: Addressee, plan: _Plan, facts: _Facts, language: str) -> Told:
    """What the letter says, in the words of the language."""
    bodies, speaker = facts.bodies_for(one, plan), facts.speakers.get(one.pk)
    people = facts.people_for(bodies)
    with override(language):
        lines = [f"{capfirst(row.get_role_display())}: {facts.name(row.person_id, language)}" for row in people]
        return Told(
            home=text_in(facts.home.name, language) if facts.home else "",
            addressee=text_in(one.name, language),
            to_organisation=isinstance(one, Organisation),
            convocation=text_in(plan.convocation.name, language) if plan.convocation else "",
            body="; ".join(text_in(body.official_name or body.name, language) for body in bodies),
            day=_day(plan, language),
            people=lines,
            speaker=facts.name(speaker.person_id, language) if speaker else "",
            gender=speaker.person.gender if speaker else "",
        )


def _day(plan: _Plan, language: str) -> str:
    """The day that the letter names: the first of a convocation, the last of a body, else its own."""
    if plan.about == About.CONVOCATION:
        return write_partial(plan.convocation.since, language, "full") if plan.convocation else ""
    if plan.about == About.BODY_ENDED:
        return write_partial(plan.body.until, language, "full") if plan.body else ""
    return write_day(plan.day, language, "full")
