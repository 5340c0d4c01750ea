"""Letters that are due: who has to be told what, by when, and whether it was done."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from interparl.bodies.models.bodies import Body
from interparl.core.fields import LineField
from interparl.core.querysets import RecordQuerySet
from interparl.core.records import PartialDateField, Record
from interparl.core.translated import TranslatedField
from interparl.directory.models import Convocation, Organisation, Parliament


class LetterDueQuerySet(RecordQuerySet["LetterDue"]):
    """Questions about letters that are due."""

    def waiting(self) -> LetterDueQuerySet:
        """Those that are neither sent nor dropped."""
        return self.filter(state=LetterDue.State.DUE)


class LetterDue(Record):
    """A letter that has to go out to a parliament or an organisation: what about, by when, and a draft of its text.

    The text is made when the need arises and may be written over; it leaves by a person's hand alone (design 2.23).
    `settled_on` is the day on which it was sent, or on which it was said that it need not be.
    """

    class About(models.TextChoices):
        """What it tells."""

        CONVOCATION = "convocation", _("our new convocation")
        COMPOSITION = "composition", _("composition of a body")
        SEATS = "seats", _("appointments to an assembly")
        BODY_ENDED = "body-ended", _("end of a body")
        SPEAKER = "speaker", _("congratulations to a new speaker")
        ELECTION = "election", _("their new convocation")

    class State(models.TextChoices):
        """How far it came."""

        DUE = "due", pgettext_lazy("letter", "due")
        SENT = "sent", pgettext_lazy("letter", "sent")
        DROPPED = "dropped", pgettext_lazy("letter", "not needed")

    about = models.CharField(_("about"), max_length=20, choices=About)
    parliament = models.ForeignKey(
        Parliament,
        models.PROTECT,
        verbose_name=_("to the parliament"),
        related_name="letters_due",
        null=True,
        blank=True,
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name=_("to the organisation"),
        related_name="letters_due",
        null=True,
        blank=True,
    )
    body = models.ForeignKey(
        Body, models.PROTECT, verbose_name=_("body"), related_name="letters_due", null=True, blank=True
    )
    convocation = models.ForeignKey(
        Convocation, models.PROTECT, verbose_name=_("convocation"), related_name="letters_due", null=True, blank=True
    )
    due_on = models.DateField(_("due on"))
    text = TranslatedField(_("draft of the text"), blank=True, long=True)
    state = models.CharField(
        pgettext_lazy("letter", "state"), max_length=10, choices=State, default=State.DUE, editable=False
    )
    settled_on = PartialDateField(_("sent or dropped on"), editable=False)
    number = LineField(_("dispatch number"), max_length=60, blank=True)

    objects = LetterDueQuerySet.as_manager()
    own_through = {
        "directory.country": "parliament__country",
        "directory.organisation": "organisation",
        "bodies.body": "body",
    }
    labelled = True
    label_needs = ("parliament", "organisation")
    reads_through = ("parliament", "organisation", "body", "convocation")

    class Meta:
        verbose_name = _("letter due")
        verbose_name_plural = _("letters due")
        ordering = ("due_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(parliament__isnull=True) ^ Q(organisation__isnull=True),
                name="letter_to_one",
                violation_error_message=_("Name either a parliament or an organisation."),
            ),
        )

    @property
    def addressee(self) -> Parliament | Organisation | None:
        """Whom it goes to; None only before it is checked."""
        return self.parliament or self.organisation

    def label_in(self, language: str) -> str:
        """Addressee and subject."""
        name = self.addressee.label_in(language) if self.addressee else ""
        with override(language):
            return f"{name}: {self.get_about_display()}" if name else ""

    def sort_text_in(self, language: str) -> str:
        """By the day on which it is due, then by its label."""
        label = self.label_in(language)
        return f"{self.due_on:%Y-%m-%d} {label}" if label else ""
