"""The way from a chamber's page to its people as a file."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.core.addresses import as_of
from interparl.core.blocks import Content, Facts
from interparl.core.hooks import block_on
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Fact
from interparl.directory.models import Chamber


@block_on(Chamber, "take-out", gettext_lazy("Take out"), place="side", order=90, is_printed=False)
def take_out(chamber: Chamber, reading: Reading) -> Content | None:
    """Where everybody who sat there is taken out; on the day that is read."""
    query = urlencode({"format": "popolo", "chamber": chamber.code})
    return Facts(
        [
            Fact(
                "Popolo JSON",
                _("its people and their seats"),
                address=as_of(f"{reverse('directory:take-out')}?{query}", reading),
            )
        ]
    )
