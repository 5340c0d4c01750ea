"""On the page of a convocation of ours: whether the change to it was made, and the way there."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.accounts.models import User
from interparl.bodies.actions.convocations import PERMISSION, done_by
from interparl.core.blocks import Content, Facts
from interparl.core.formats import write_moment
from interparl.core.hooks import block_on
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Fact
from interparl.directory.models import Convocation


@block_on(Convocation, "turning", gettext_lazy("Change of convocation"), order=10)
def change_of_convocation(convocation: Convocation, reading: Reading) -> Content | None:
    """For who may make it; nothing of other parliaments' convocations, nor as of an earlier day."""
    may = isinstance(reading.user, User) and reading.user.has_perm(PERMISSION)
    if not may or reading.is_past or not convocation.parliament.is_ours:
        return None
    there = reverse("bodies:turn", args=(convocation.pk,))
    batch = done_by(convocation)
    if batch is None:
        return Facts([Fact(_("State"), _("Look at it, and make it"), _("not made yet"), there)])
    made = write_moment(batch.applied_at or batch.at, reading.language)
    words = _("No. %(number)s") % {"number": batch.pk}
    return Facts([Fact(_("State"), words, made, reverse("exchange:batch-show", args=(batch.pk,)))])
