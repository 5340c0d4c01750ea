"""Proposing a draft: by the solver or first come first served, at once where it is small, else beside the answer.

Only what was reached is written; why nothing was stands in a file beside the database, as keys and not as words, so
that each reader is told what he may know of.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from threading import Event, Thread

from django.core.exceptions import ValidationError
from django.db import connections, transaction
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.bodies.models import Draft, DraftPlace
from interparl.bodies.models.drafts import SETTLED
from interparl.bodies.models.questions import Question, drafted_day, question_of
from interparl.bodies.rules.choosing import first_come
from interparl.bodies.rules.drafting import Answer, Condition, Ground, Placement, Proposal
from interparl.bodies.rules.solving import LIMIT, is_installed, solve
from interparl.core.days import today
from interparl.core.history import VERBS
from interparl.core.writing import Planned, Refused, change_many
from interparl.exchange.actions.progress import Teller, held, progress_of

VERBS.update({"proposed": pgettext_lazy("draft", "proposed")})
OF_DRAFTS = "drafts"
# So many pairs of a person and a body are thought about while one waits for the page.
AT_ONCE = 600
LONGEST_START = 5.0
FAILED, MEANWHILE, SMALLEST = "failed", "meanwhile", "smallest"
CHANGED = _("Somebody changed the draft meanwhile. Nothing was written; propose again.")
CHOOSE = _("Choose how it is to be proposed.")
NO_SOLVER = _("The solver is not installed here. Everything else works without it.")
UNDER_WAY = _("A proposal for this draft is being made at this moment.")
log = logging.getLogger("interparl.bodies")


@dataclass(frozen=True)
class Outcome:
    """Why the last proposal wrote nothing: no draft, none found, changed meanwhile or failed; with the conditions."""

    answer: str
    conditions: Sequence[Condition] = field(default=())
    is_smallest: bool = False


def is_at_work(draft: Draft) -> bool:
    """Whether a proposal is being made."""
    found = progress_of(draft.pk, OF_DRAFTS)
    return found is not None and found.is_running


def outcome_of(draft: Draft) -> Outcome | None:
    """Why the last proposal wrote nothing; None when it wrote, or there was none."""
    found = progress_of(draft.pk, OF_DRAFTS)
    if found is None or found.is_running:
        return None
    answer, *rest = found.failed or [FAILED]
    conditions = [one for text in rest if text != SMALLEST for one in _read(text)]
    return Outcome(answer, conditions, SMALLEST in rest)


def _read(text: str) -> Iterable[Condition]:
    with suppress(ValueError, TypeError):
        ground, rules, body, person = json.loads(text)
        yield Condition(Ground(ground), tuple(rules), body, person)


def _told(proposal: Proposal) -> list[str]:
    conditions = [json.dumps([one.ground, one.rules, one.body, one.person]) for one in proposal.impossible]
    return [proposal.answer, *([SMALLEST] if proposal.is_smallest else []), *conditions]


def start(draft: Draft, method: str, *, by: User) -> bool:
    """Proposes now and returns True, or begins to and returns False. Raises Refused when it cannot be begun."""
    if not draft.is_open:
        raise Refused([str(SETTLED)])
    if method not in Draft.Method.values:
        raise Refused([str(CHOOSE)])
    if method == Draft.Method.SOLVER and not is_installed():
        raise Refused([str(NO_SOLVER)])
    with held(draft.pk, OF_DRAFTS) as is_mine:
        if not is_mine:
            raise Refused([str(UNDER_WAY)])
        question = question_of(draft, _day(draft), by)
        if len(question.people) * len(question.bodies) <= AT_ONCE:
            _propose_and_tell(question, method, by)
            return True
    begun = Event()
    given = (question, method, by, get_language() or "en", begun)
    Thread(target=_beside, args=given, name=f"draft-{draft.pk}").start()
    # The page that follows asks whether it is under way.
    begun.wait(LONGEST_START)
    return False


def _day(draft: Draft) -> date:
    return drafted_day(draft.convocation, today())


def _beside(question: Question, method: str, by: User, language: str, begun: Event) -> None:
    try:
        with override(language), held(question.draft.pk, OF_DRAFTS) as is_mine:
            if is_mine:
                _propose_and_tell(question, method, by, begun)
    finally:
        begun.set()
        connections.close_all()


def _propose_and_tell(question: Question, method: str, by: User, begun: Event | None = None) -> None:
    teller = Teller(question.draft.pk, 0, OF_DRAFTS)
    if begun is not None:
        begun.set()
    try:
        proposal = propose(question, method, by=by)
    except ValidationError:
        teller.fail([MEANWHILE])
    except Exception:
        log.exception("No draft was proposed for %s", question.draft.pk)
        teller.fail([FAILED])
    else:
        if proposal.answer == Answer.FOUND:
            teller.end()
        else:
            teller.fail(_told(proposal))


def propose(question: Question, method: str, *, by: User, limit: float = LIMIT) -> Proposal:
    """Makes a draft anew, but for who was placed by hand, and writes it if there is one.

    Raises SolverMissing without OR-tools, Refused when the draft was changed since the question was asked.
    """
    is_solved = method == Draft.Method.SOLVER
    proposal = solve(question.drafting, limit=limit) if is_solved else first_come(question.drafting)
    if proposal.answer == Answer.FOUND:
        with transaction.atomic():
            _refuse_if_changed(question)
            values = {"method": method, "bound": proposal.bound}
            rows = [Planned(question.draft, values), *_filled(question, proposal)]
            change_many(rows, by=by, verb="proposed")
    return proposal


def _refuse_if_changed(question: Question) -> None:
    draft = Draft.objects.select_for_update().get(pk=question.draft.pk)
    asked = {one.pk: (one.person_id, one.by_hand) for several in question.places.values() for one in several}
    rows = DraftPlace.objects.select_for_update().filter(drafted__in=question.places)
    now = {pk: (person, by_hand) for pk, person, by_hand in rows.values_list("pk", "person", "by_hand")}
    if not draft.is_open or any(now.get(pk) != had for pk, had in asked.items()):
        raise Refused([str(CHANGED)])


def _filled(question: Question, proposal: Proposal) -> list[Planned]:
    """Each place with whom the proposal gives it, where that is somebody else than now."""
    by_body: dict[int, list[Placement]] = {}
    for one in proposal.placements:
        by_body.setdefault(one.body, []).append(one)
    planned = []
    for drafted in question.bodies:
        full = question.full(drafted)
        given = assigned(question, full, by_body.get(drafted.pattern_id, ()))
        planned += [
            Planned(place, {"person_id": given.get(place.pk)})
            for place in full
            if given.get(place.pk) != place.person_id
        ]
    return planned


def _keeps(question: Question, place: DraftPlace, person: int, heads: Collection[int]) -> bool:
    return place.leads == (person in heads) and question.suits(place, person)


def assigned(question: Question, full: Sequence[DraftPlace], placements: Sequence[Placement]) -> dict[int, int]:
    """Which place each person of a body gets: who leads it, who has one already, then places kept for his chamber."""
    heads = {one.person for one in placements if one.is_head}
    waiting = dict.fromkeys(one.person for one in placements)
    found: dict[int, int] = {}

    def take(place: DraftPlace, person: int) -> None:
        found[place.pk] = person
        del waiting[person]

    for place in full:
        person = place.person_id
        if person in waiting and (place.by_hand or _keeps(question, place, person, heads)):
            take(place, person)
    ways: tuple[Callable[[DraftPlace, int], bool], ...] = (
        lambda place, person: place.leads and person in heads,
        lambda place, person: not place.leads and place.chamber_id is not None and question.suits(place, person),
        lambda place, person: not place.leads and place.chamber_id is None,
        lambda place, person: not place.leads,
        lambda place, person: True,
    )
    for is_wanted in ways:
        for place in full:
            if place.pk not in found and (person := next((one for one in waiting if is_wanted(place, one)), None)):
                take(place, person)
    return found
