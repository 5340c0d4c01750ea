"""What may be typed into the registers of bodies."""

from __future__ import (
    annotations,
)

from collections.abc import (
    Sequence,
)
from typing import (
    Any,
)

from django import (
    forms,
)
from django.core.exceptions import (
    ValidationError,
)
from django.utils.translation import (
    gettext_lazy as _,
)

from interparl.bodies.models import (
    Body,
    Candidate,
    CompositionRule,
    Decision,
    Draft,
    DraftBody,
    DraftPlace,
    LetterDue,
    Membership,
    Part,
    Partner,
    Seat,
    Step,
)
from interparl.core.dates import (
    PartialDate,
)
from interparl.core.fields import (
    check_line,
)
from interparl.core.forms import (
    PARTIAL_HINT,
    RecordForm,
)
from interparl.core.pickers import (
    RecordPickerField,
)
from interparl.core.records import (
    check_partial,
)
from interparl.core.tables import (
    Reading,
)
from interparl.directory.forms import (
    COMMON,
)
from interparl.directory.models import (
    Person,
)


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
            "ended_by",
            "continues",
            "mirror_of",
            "term",
            "rotation",
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
            "ended_by",
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


class CompositionRuleForm(RecordForm[CompositionRule]):
    """A rule of composition."""

    class Meta:
        model = CompositionRule
        fields = [
            "family",
            "organisation",
            "parliament",
            "body_kind",
            "body",
            "counts",
            "least",
            "most",
            "share",
            "chamber",
            "age",
            "language",
            "organ",
            "from_size",
            "version",
            "is_binding",
            "consequence",
            "since",
            "until",
            *COMMON,
        ]


class LetterDueForm(RecordForm[LetterDue]):
    """A letter that is due."""

    class Meta:
        model = LetterDue
        fields = ["about", "parliament", "organisation", "body", "convocation", "due_on", "number", "text", *COMMON]


class SendForm(forms.Form):
    """On which day a letter was sent, under which number, and of whom it told."""

    on = forms.DateField(label=_("Sent on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    number = forms.CharField(label=_("Dispatch number"), max_length=60, required=False, validators=[check_line])
    reason = forms.CharField(label=_("Remark"), required=False, max_length=500)

    def __init__(self, *args: Any, told: Sequence[tuple[Membership, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if told:
            choices = [(str(membership.pk), name) for membership, name in told]
            self.fields["told"] = forms.MultipleChoiceField(
                label=_("Note as notified to the assembly on that day"),
                choices=choices,
                required=False,
                initial=[key for key, _name in choices],
                widget=forms.CheckboxSelectMultiple,
            )
        for name, field in self.fields.items():
            if name != "told":
                field.widget.attrs.setdefault("class", "field")


class DueForm(forms.Form):
    """By which day a letter has to go."""

    due_on = forms.DateField(
        label=_("Due on"),
        widget=forms.DateInput(attrs={"type": "date", "class": "field field-date"}, format="%Y-%m-%d"),
    )


class DraftForm(RecordForm[Draft]):
    """A draft."""

    class Meta:
        model = Draft
        fields = ["name", "convocation", *COMMON]


class DraftBodyForm(RecordForm[DraftBody]):
    """A body of a draft."""

    class Meta:
        model = DraftBody
        fields = ["draft", "pattern", *COMMON]


class DraftPlaceForm(RecordForm[DraftPlace]):
    """A place of a drafted body."""

    class Meta:
        model = DraftPlace
        fields = ["drafted", "title", "kind", "chamber", "role", "order", "person", "by_hand", *COMMON]


class CandidateForm(RecordForm[Candidate]):
    """A wish for a body."""

    class Meta:
        model = Candidate
        fields = ["convocation", "person", "body", "rank", "would_lead", *COMMON]


class FollowForm(forms.Form):
    """By which day the letters have to go that follow from a change on the other side, and a remark."""

    due_on = forms.DateField(
        label=_("Letters are due on"),
        widget=forms.DateInput(attrs={"type": "date", "class": "field field-date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=500,
        help_text=_("Kept in the history."),
        widget=forms.TextInput(attrs={"class": "field"}),
    )


class OrganisationEndForm(forms.Form):
    """On which day an organisation ended, by which decision of ours that was drawn, and why."""

    until = forms.CharField(
        label=_("Last day that still counts"),
        help_text=PARTIAL_HINT,
        max_length=24,
        validators=[check_partial],
        widget=forms.TextInput(attrs={"class": "field field-date"}),
    )
    decision = RecordPickerField(model=Decision, label=_("By decision"), required=False)
    note = forms.CharField(label=_("Reason"), max_length=500, widget=forms.TextInput(attrs={"class": "field"}))

    def __init__(self, *args: Any, reading: Reading, is_written: bool, is_look: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Its own end is written already: only what hangs on it is left.
        self.fields["until"].disabled = is_written
        self.fields["note"].required = not is_look
        field = self.fields["decision"]
        if isinstance(field, RecordPickerField):
            field.reading = reading
        field.widget.attrs.setdefault("class", "field")

    def clean_until(self) -> PartialDate:
        """A day that has an end, so that it can be said what goes on after it."""
        last = PartialDate.parse(self.cleaned_data["until"])
        if last.latest is None:
            raise ValidationError(_("Write the last day, or the month or year in which it lies."))
        return last


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
