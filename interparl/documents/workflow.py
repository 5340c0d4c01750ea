"""An edition that was released may be withdrawn, replaced, or declared an error: three things, each with its reason."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.core.history import VERBS
from interparl.core.models.entries import RELEASED as RELEASING
from interparl.core.workflow import Asked, Move, Workflow
from interparl.core.writing import change
from interparl.documents.models import Edition

VERBS.update(
    {
        RELEASING: pgettext_lazy("edition", "released"),
        "edition-withdrawn": pgettext_lazy("edition", "withdrawn"),
        "edition-replaced": pgettext_lazy("edition", "replaced"),
        "edition-error": pgettext_lazy("edition", "published in error"),
    }
)
PERMISSION = "documents.change_edition"
RELEASED, WITHDRAWN = Edition.Standing.RELEASED, Edition.Standing.WITHDRAWN
REPLACED, ERROR = Edition.Standing.REPLACED, Edition.Standing.ERROR


def _settle(edition: Edition, asked: Asked, standing: Edition.Standing) -> None:
    with change(edition, by=asked.by, verb=f"edition-{standing}", note=asked.reason) as held:
        held.standing, held.settled_on = standing, asked.day


edition_workflow: Workflow[Edition] = Workflow(
    state=lambda edition: edition.standing,
    titles={standing.value: standing.label for standing in Edition.Standing},
    moves=(
        Move(
            "withdraw",
            _("Withdraw the edition"),
            frozenset({RELEASED}),
            WITHDRAWN,
            PERMISSION,
            lambda edition, asked: _settle(edition, asked, WITHDRAWN),
            needs_reason=True,
            consequence=_("It no longer counts. It stays readable here, with its number; the public page says that."),
        ),
        Move(
            "replace",
            _("Replaced"),
            frozenset({RELEASED}),
            REPLACED,
            PERMISSION,
            lambda edition, asked: _settle(edition, asked, REPLACED),
            needs_reason=True,
            consequence=_("Another edition or paper stands in its place. It stays readable, with its number."),
        ),
        Move(
            "error",
            _("Published in error"),
            frozenset({RELEASED}),
            ERROR,
            PERMISSION,
            lambda edition, asked: _settle(edition, asked, ERROR),
            needs_reason=True,
            consequence=_(
                "It should never have gone out. It stays here, with its number; its list is no longer public."
            ),
        ),
    ),
)
