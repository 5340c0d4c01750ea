"""What may be typed into the registers of the directory."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.core.forms import RecordForm
from interparl.core.writing import Refused
from interparl.directory.models import (
    Affiliation,
    Chamber,
    ChamberTerm,
    Constituency,
    ContactPoint,
    Convocation,
    Country,
    Election,
    Erasure,
    Faction,
    Mandate,
    Office,
    Organisation,
    Parliament,
    Person,
    PersonName,
    Portfolio,
    Rank,
    Relation,
    RetentionHold,
    RetentionRule,
    Sensitivity,
    Status,
)
from interparl.directory.models.sensitivities import FIRST, OTHER

COMMON = ["note", "mark", "grade", "source"]


class CountryForm(RecordForm[Country]):
    """A country."""

    class Meta:
        model = Country
        fields = [
            "name",
            "official_name",
            "code",
            "alpha3",
            "numeric",
            "region",
            "capital",
            "zone",
            "footnote",
            *COMMON,
        ]


class ParliamentForm(RecordForm[Parliament]):
    """A parliament."""

    class Meta:
        model = Parliament
        fields = ["country", "name", "short_name", "code", "since", "until", *COMMON]


class ChamberForm(RecordForm[Chamber]):
    """A chamber."""

    class Meta:
        model = Chamber
        fields = ["parliament", "name", "short_name", "code", "kind", "seats", "since", "until", *COMMON]


class ConvocationForm(RecordForm[Convocation]):
    """A convocation."""

    class Meta:
        model = Convocation
        fields = ["parliament", "number", "name", "since", "until", *COMMON]


class ChamberTermForm(RecordForm[ChamberTerm]):
    """A chamber's days in a convocation."""

    class Meta:
        model = ChamberTerm
        fields = ["convocation", "chamber", "since", "until", *COMMON]


class ElectionForm(RecordForm[Election]):
    """An election."""

    class Meta:
        model = Election
        fields = ["chamber", "convocation", "held_on", *COMMON]


class OrganisationForm(RecordForm[Organisation]):
    """An organisation."""

    class Meta:
        model = Organisation
        fields = [
            "name",
            "short_name",
            "acronym",
            "code",
            "kind",
            "parent",
            "seat",
            "since",
            "until",
            "done",
            "footnote",
            *COMMON,
        ]


class RankForm(RecordForm[Rank]):
    """A rank of importance."""

    class Meta:
        model = Rank
        fields = ["organisation", "importance", "order", "since", "until", *COMMON]


class StatusForm(RecordForm[Status]):
    """A status in an organisation."""

    class Meta:
        model = Status
        fields = ["organisation", "parliament", "status", "is_world", "since", "until", *COMMON]


class RelationForm(RecordForm[Relation]):
    """A relation."""

    class Meta:
        model = Relation
        fields = ["parliament", "organisation", "kind", "since", "until", "basis", *COMMON]


class SensitivityForm(RecordForm[Sensitivity]):
    """Parties that must not meet."""

    class Meta:
        model = Sensitivity
        fields = [*FIRST, *OTHER, "grounds", "since", "until", *COMMON]


class PersonForm(RecordForm[Person]):
    """A person; names are added on the person's page."""

    class Meta:
        model = Person
        fields = ["gender", "born", "died", "country", "speaks", *COMMON]


class PersonNameForm(RecordForm[PersonName]):
    """A name of a person."""

    class Meta:
        model = PersonName
        fields = [
            "person",
            "language",
            "script",
            "kind",
            "is_preferred",
            "prefix",
            "given",
            "patronymic",
            "family",
            "suffix",
            "text",
            "since",
            "until",
            *COMMON,
        ]


class ConstituencyForm(RecordForm[Constituency]):
    """A constituency."""

    class Meta:
        model = Constituency
        fields = ["chamber", "name", "number", *COMMON]


class MandateForm(RecordForm[Mandate]):
    """A mandate."""

    class Meta:
        model = Mandate
        fields = [
            "person",
            "chamber",
            "convocation",
            "constituency",
            "since",
            "start_reason",
            "until",
            "end_reason",
            *COMMON,
        ]


class OfficeForm(RecordForm[Office]):
    """An office."""

    class Meta:
        model = Office
        fields = ["person", "kind", "title", "chamber", "organisation", "country", "since", "until", *COMMON]


class FactionForm(RecordForm[Faction]):
    """A faction."""

    class Meta:
        model = Faction
        fields = ["chamber", "name", "short_name", "since", "until", *COMMON]


class AffiliationForm(RecordForm[Affiliation]):
    """An affiliation."""

    class Meta:
        model = Affiliation
        fields = ["person", "faction", "role", "since", "until", *COMMON]


class ContactPointForm(RecordForm[ContactPoint]):
    """A contact point."""

    class Meta:
        model = ContactPoint
        fields = ["person", "organisation", "chamber", "kind", "value", "since", "until", *COMMON]


class PortfolioForm(RecordForm[Portfolio]):
    """A portfolio."""

    class Meta:
        model = Portfolio
        fields = [
            "user",
            "deputy",
            "deputy_since",
            "deputy_until",
            "country",
            "organisation",
            "since",
            "until",
            *COMMON,
        ]


class RetentionRuleForm(RecordForm[RetentionRule]):
    """A rule of keeping."""

    class Meta:
        model = RetentionRule
        fields = ["title", "applies_to", "event", "years", "deed", "basis", *COMMON]


class RetentionHoldForm(RecordForm[RetentionHold]):
    """A hold on erasure."""

    class Meta:
        model = RetentionHold
        fields = ["person", "grounds", "since", "until", *COMMON]


class ErasureForm(RecordForm[Erasure]):
    """An erasure in preparation: by a rule, or by the basis and the reason of a request."""

    class Meta:
        model = Erasure
        fields = ["person", "deed", "rule", "basis", "grounds", *COMMON]


class RefuseErasureForm(forms.Form):
    """Why an erasure is refused."""

    reason = forms.CharField(
        label=pgettext_lazy("of a change", "Reason"),
        max_length=500,
        widget=forms.TextInput(attrs={"class": "field"}),
    )


class ConfirmErasureForm(forms.Form):
    """The number of the erasure, typed, and which list was seen."""

    number = forms.CharField(
        label=_("Number of the erasure"),
        max_length=20,
        help_text=_("Type it, so that nothing is erased by a slip."),
        widget=forms.TextInput(attrs={"class": "field field-date", "autocomplete": "off", "inputmode": "numeric"}),
    )
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def refuse(self, refusal: Refused) -> None:
        """Shows why it was refused: at the number when that is wrong, else on top."""
        by_field: dict[str, list[str]] = refusal.message_dict if hasattr(refusal, "error_dict") else {}
        for name, texts in by_field.items():
            self.add_error(name if name in self.fields else None, texts)
        if not by_field:
            self.add_error(None, list(refusal.messages))
