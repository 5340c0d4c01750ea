"""Which bodies may be formed anew for a convocation, and be wished for."""

from __future__ import annotations

from django.db.models import Q

from interparl.bodies.models import Body, DraftBody, Part
from interparl.bodies.models.drafts import STANDING
from interparl.core.dates import day_before
from interparl.core.labels import keys_in_order, labels_of
from interparl.core.tables import Reading
from interparl.directory.models import Convocation

# Bodies for one occasion or one sitting are not formed for a convocation.
PASSING = (Body.Kind.OCCASIONAL_DELEGATION,)
# What a department of international relations forms; committees and organs of chambers are others' affair.
USUAL = frozenset(
    {
        Body.Kind.WORKING_GROUP,
        Body.Kind.REGIONAL_GROUP,
        Body.Kind.COMMISSION,
        Body.Kind.DELEGATION,
        Body.Kind.NATIONAL_GROUP,
    }
)


def patterns_for(convocation: Convocation, reading: Reading) -> list[Body]:
    """The bodies from which a draft for the convocation may be made, in the order of their names, with these loaded.

    Those in which the parliament had a part on the last day before it, those that outlive convocations, and those that
    its drafts form already.
    """
    user = reading.user
    first = convocation.since_earliest
    day = day_before(first) if first is not None else reading.day
    parts = Part.objects.visible_to(user).filter(parliament=convocation.parliament_id)
    of_earlier = Q(pk__in=parts.on(day).values("body")) & (Q(convocation__isnull=True) | ~Q(convocation=convocation.pk))
    of_drafts = DraftBody.objects.visible_to(user).filter(draft__convocation=convocation).values("pattern")
    lasting = Q(kind__in=STANDING, pk__in=parts.values("body"))
    known = Body.objects.visible_to(user).filter(of_earlier | lasting | Q(pk__in=of_drafts)).exclude(kind__in=PASSING)
    bodies = known.in_bulk()
    keys = keys_in_order(Body.objects.filter(pk__among=bodies), reading.language)
    reading.labels.update(labels_of([(Body.record_kind(), key) for key in keys], reading.language, user))
    return [bodies[key] for key in keys if key in bodies]
