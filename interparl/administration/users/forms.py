"""Forms of accounts and of deputising. What they say is done by `actions.accounts`, never by the form."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.accounts.models import User
from interparl.accounts.roles import ROLES
from interparl.administration.actions.accounts import may_lend
from interparl.core.listing import in_order
from interparl.core.pages import every_record_pages
from interparl.core.pickers import RecordPickerField
from interparl.core.tables import Reading
from interparl.core.writing import Refused
from interparl.directory.models import Person

F = TypeVar("F", bound=forms.Form)
FIELD = {"class": "field"}
DAY = {"type": "date", "class": "field field-date"}
ROLE_CHOICES = [(role.key, role.title) for role in ROLES.values()]


def show_refusal(form: forms.Form, refusal: Refused) -> None:
    """Shows why a deed was refused, each message at its field or on top."""
    for name, errors in refusal.update_error_dict({}).items():
        form.add_error(name if name in form.fields else None, errors)


def reason_field() -> forms.CharField:
    """A reason that must be given."""
    return forms.CharField(
        label=pgettext_lazy("of a change", "Reason"),
        max_length=500,
        help_text=_("Kept in the history."),
        widget=forms.TextInput(attrs=FIELD),
    )


class AccountForm(forms.Form):
    """What an account says of its owner."""

    name = forms.CharField(
        label=pgettext_lazy("of a person", "name"), max_length=200, widget=forms.TextInput(attrs=FIELD)
    )
    email = forms.EmailField(label=_("e-mail"), max_length=254, widget=forms.EmailInput(attrs=FIELD))
    person = RecordPickerField(
        model=Person,
        label=_("person"),
        required=False,
        help_text=_("Who he is in the register of people: a member's mandate and seats count by this."),
    )

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        person.widget.attrs.setdefault("class", "field")
        if isinstance(person, RecordPickerField):
            person.reading = reading

    def clean_email(self) -> str:
        """In small letters, as addresses are kept."""
        return str(self.cleaned_data["email"]).lower()


class NewAccountForm(AccountForm):
    """A new account; nobody but its owner ever knows its password."""

    username = forms.CharField(
        label=_("user name"),
        max_length=150,
        help_text=_("Letters, digits and @ . + - _. It is not changed later."),
        widget=forms.TextInput(attrs=FIELD | {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(label=_("role"), choices=[("", "—"), *ROLE_CHOICES], widget=forms.Select(attrs=FIELD))
    invite = forms.BooleanField(label=_("Send the link for a password now"), required=False, initial=True)
    field_order = ("username", "name", "email", "role", "person", "invite")

    def clean_username(self) -> str:
        """In the Unicode form in which names are kept."""
        return User.normalize_username(str(self.cleaned_data["username"]))


class ReasonForm(forms.Form):
    """Why something is done to an account."""

    reason = reason_field()


class RoleForm(ReasonForm):
    """Another role, and why."""

    role = forms.ChoiceField(label=_("role"), choices=ROLE_CHOICES, widget=forms.Select(attrs=FIELD))
    field_order = ("role", "reason")


class DaysForm(forms.Form):
    """From when to when somebody acts."""

    since = forms.DateField(label=_("from"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    until = forms.DateField(
        label=_("to"),
        help_text=_("The last day that still counts."),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )


class ActingForm(DaysForm):
    """Who is away, who acts, from when to when. Only those are offered whose rights the reader may hand on."""

    user = forms.ModelChoiceField(queryset=User.objects.none(), label=_("who is away"))
    deputy = forms.ModelChoiceField(queryset=User.objects.none(), label=_("who acts"))
    field_order = ("user", "deputy", "since", "until")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True).order_by(in_order(User, "name"), in_order(User, "username"))
        lent = [one.pk for one in people if may_lend(by, one)]
        for name, found in (("user", people.filter(pk__in=lent)), ("deputy", people.exclude(pk=by.pk))):
            field: Any = self.fields[name]
            field.queryset = found
            field.empty_label = "—"
            field.widget.attrs["class"] = "field"


class LastDayForm(ReasonForm):
    """The last day on which somebody acts, and why it ends."""

    last_day = forms.DateField(
        label=_("Last day that still counts"),
        help_text=_("Yesterday ends the rights at once."),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )
    field_order = ("last_day", "reason")


class AskForm(forms.Form):
    """One record: pasted address, or its kind and number."""

    what = forms.CharField(
        label=_("Address or number of a record"), max_length=500, widget=forms.TextInput(attrs=FIELD)
    )
    kind = forms.ChoiceField(label=_("Kind, beside a number"), required=False, widget=forms.Select(attrs=FIELD))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, pages.model._meta.verbose_name) for kind, pages in every_record_pages.items()]
        self.fields["kind"].choices = [("", "—"), *kinds]  # type: ignore[attr-defined]
