"""Applying from a page: a small import at once, a large one beside the answer, with a file that tells how far it is."""

from __future__ import annotations

import logging
from threading import Thread

from django.core.exceptions import ValidationError
from django.db import connections
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.exchange.actions.applying import apply, refuse_unless_applicable
from interparl.exchange.actions.progress import Teller, held
from interparl.exchange.models import Batch, Row

# So many rows are written while one waits for the page.
AT_ONCE = 400
log = logging.getLogger("interparl.exchange")


def start(batch: Batch, *, by: User) -> int | None:
    """Applies the batch now and returns how many records changed, or begins to and returns None.

    Raises ValidationError when it cannot be applied, or when somebody else applies it at this moment.
    """
    refuse_unless_applicable(batch)
    rows = batch.rows.filter(state__in=(Row.State.READY, Row.State.WAITING))[: AT_ONCE + 1].count()
    if rows <= AT_ONCE:
        with held(batch.pk) as is_mine:
            _refuse_unless(is_mine=is_mine)
            return apply(batch, by=by)
    with held(batch.pk) as is_mine:
        _refuse_unless(is_mine=is_mine)
    teller = Teller(batch.pk, rows)
    Thread(target=_beside, args=(batch, by, get_language() or "en", teller), name=f"import-{batch.pk}").start()
    return None


def _refuse_unless(*, is_mine: bool) -> None:
    if not is_mine:
        raise ValidationError(_("This import is being applied at this moment, by you or somebody else."))


def _beside(batch: Batch, by: User, language: str, teller: Teller) -> None:
    try:
        with override(language), held(batch.pk) as is_mine:
            if is_mine:
                _told(batch, by, teller)
    finally:
        connections.close_all()


def _told(batch: Batch, by: User, teller: Teller) -> None:
    try:
        apply(batch, by=by, tell=teller.more, expect=teller.expect)
    except ValidationError as error:
        teller.fail(list(error.messages))
    except Exception:
        log.exception("Import %s was not applied", batch.pk)
        teller.fail([_("Nothing was written: the program failed. The log of the server says why.")])
    else:
        teller.end()
