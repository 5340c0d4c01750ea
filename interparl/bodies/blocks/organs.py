"""Who chairs an organ, until when by its term, and whose turn follows."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.bodies.models import Body, Membership
from interparl.bodies.rules.composition import LEADING
from interparl.bodies.rules.rotation import last_day_of_term, next_in_turn
from interparl.core.addresses import address, as_of
from interparl.core.blocks import Content, Facts
from interparl.core.formats import write_day, write_partial
from interparl.core.hooks import block_on
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Fact
from interparl.core.translated import text_in
from interparl.directory.models import Country, Person

PERSON = Person.record_kind()


def term_ends(body: Body, chair: Membership) -> date | None:
    """The last day of the chair: as written, else by the term of the organ; None where neither is known."""
    if chair.until_latest:
        return chair.until_latest
    return last_day_of_term(chair.since_earliest, body.term) if body.term and chair.since_earliest else None


@block_on(Body, "chair", gettext_lazy("The chair"), place="side", order=5)
def chair_of(body: Body, reading: Reading) -> Content | None:
    """Of an organ with a term or an order: who chairs it on the day, until when, and whose turn follows."""
    if not body.term and not body.rotation:
        return None
    held = Membership.objects.visible_to(reading.user).filter(body=body, role__in=LEADING).on(reading.day)
    chairs = list(held.select_related("part__parliament__country").order_by("since_earliest", "pk"))
    reading.want({(PERSON, one.person_id) for one in chairs})
    facts = [_chair(body, one, reading) for one in chairs] or [Fact(_("Chair"), _("nobody"))]
    codes = body.rotation.split()
    now = next((one.part.parliament.country.code for one in reversed(chairs)), "")
    countries = Country.objects.visible_to(reading.user).filter(code__in=codes)
    names = {one.code: text_in(one.name, reading.language) for one in countries}
    if following := next_in_turn(codes, now):
        facts.append(Fact(_("Whose turn follows"), names.get(following, following)))
    if codes:
        facts.append(Fact(_("Order"), " – ".join(names.get(code, code) for code in codes)))
    return Facts(facts)


def _chair(body: Body, chair: Membership, reading: Reading) -> Fact:
    ends = term_ends(body, chair)
    words = [_("since %(day)s") % {"day": write_partial(chair.since, reading.language)} if chair.since else ""]
    if ends:
        is_over = ends < reading.day
        sentence = _("the term ended on %(day)s") if is_over else _("the term ends on %(day)s")
        words.append(sentence % {"day": write_day(ends, reading.language)})
    return Fact(
        _("Chair"),
        reading.name(PERSON, chair.person_id),
        second=", ".join(filter(None, words)),
        address=as_of(address((PERSON, chair.person_id)), reading),
        spoken=reading.other_language(PERSON, chair.person_id),
    )
