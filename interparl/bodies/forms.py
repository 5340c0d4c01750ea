"""What may be typed into the registers of bodies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from interparl.bodies.models import Body, Decision, Membership, Part, Partner, Seat, Step
from interparl.core.forms import PARTIAL_HINT, RecordForm
from interparl.core.pickers import RecordPickerField
from interparl.core.records import check_partial
from interparl.core.tables import Reading
from interparl.directory.forms import COMMON
from interparl.directory.models import Person


class BodyForm(RecordForm[Body]):
    """A body."""

    class Meta:
        model = Body
        fields = [
            "name",
            "official_name",
            "code",
            "kind",
            "convocation",
            "chamber",
            "organisation",
            "since",
            "until",
            "formed_by",
            "continues",
            "mirror_of",
            *COMMON,
        ]


class DecisionForm(RecordForm[Decision]):
    """A decision."""

    class Meta:
        model = Decision
        fields = ["number", "taken_on", "organ", "title", *COMMON]


class PartnerForm(RecordForm[Partner]):
    """A partner of a body."""

    class Meta:
        model = Partner
        fields = ["body", "country", "parliament", *COMMON]


class PartForm(RecordForm[Part]):
    """A part of a body."""

    class Meta:
        model = Part
        fields = ["body", "parliament", "convocation", "since", "until", *COMMON]


class SeatForm(RecordForm[Seat]):
    """A seat."""

    class Meta:
        model = Seat
        fields = ["body", "part", "title", "kind", "chamber", "order", *COMMON]


class MembershipForm(RecordForm[Membership]):
    """A membership."""

    class Meta:
        model = Membership
        fields = [
            "body",
            "part",
            "seat",
            "person",
            "role",
            "since",
            "start_reason",
            "until",
            "end_reason",
            "decision",
            "replaces",
            *COMMON,
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (body := self._body()) is None:
            return
        for name in ("part", "seat", "replaces"):
            field = self.fields[name]
            if isinstance(field, RecordPickerField):
                field.narrow(body=body)

    def _body(self) -> Any:
        """The body whose parts and seats are offered: the one that was sent, else the one that is known."""
        if not self.is_bound:
            known = self.instance.body_id or self.initial.get("body")
            # In an address anything may stand.
            return known if isinstance(known, int) else None
        try:
            return self.fields["body"].clean(self["body"].data)
        except ValidationError:
            return None


class StepForm(RecordForm[Step]):
    """A step of a seat in an assembly."""

    class Meta:
        model = Step
        fields = ["membership", "kind", "taken_on", *COMMON]


class ReplaceForm(forms.Form):
    """Who takes the place, from which day, by which decision."""

    person = RecordPickerField(model=Person, label=_("New member"))
    since = forms.CharField(label=_("From"), max_length=24, validators=[check_partial], help_text=PARTIAL_HINT)
    decision = RecordPickerField(model=Decision, label=_("By decision"), required=False)
    note = forms.CharField(label=_("Reason"), max_length=500, required=False)

    def __init__(self, *args: Any, reading: Reading, leaving: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leaving = leaving
        for name in ("person", "decision"):
            field = self.fields[name]
            if isinstance(field, RecordPickerField):
                field.reading = reading
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "field")

    def clean_person(self) -> Person:
        """Somebody else than the one who leaves."""
        person: Person = self.cleaned_data["person"]
        if person == self.leaving:
            raise ValidationError(_("This is the member who leaves. Choose somebody else."))
        return person
