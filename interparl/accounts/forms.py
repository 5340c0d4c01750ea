"""Forms of the way in and of one's own settings."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, ReauthenticateForm, ResetPasswordForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import (
    MinimumLengthValidator,
    get_default_password_validators,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.functional import lazystr
from django.utils.text import capfirst
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext_lazy as _

from interparl.accounts.appearance import KNOWN
from interparl.accounts.models import User

CURRENT = {"autocomplete": "current-password"}
NEW = {"autocomplete": "new-password"}


class PasswordHint:
    """Says what a password needs, in the language of the page that shows it."""

    def __str__(self) -> str:
        length = max(
            (rule.min_length for rule in get_default_password_validators() if isinstance(rule, MinimumLengthValidator)),
            default=1,
        )
        return ngettext(
            "At least %(count)d character. No common password, nothing like your name or e-mail address.",
            "At least %(count)d characters. No common password, nothing like your name or e-mail address.",
            length,
        ) % {"count": length}


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """User name or e-mail, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("User name or e-mail")
        login.widget.attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        password.label, password.help_text = _("Password"), ""
        password.widget.attrs = dict(CURRENT)

    def clean_login(self) -> str:
        """The name in the Unicode form in which names are kept."""
        return User.normalize_username(str(super().clean_login()))


class ConfirmPasswordForm(ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password = self.fields["password"]
        password.label, password.help_text = _("Password"), ""
        password.widget.attrs = dict(CURRENT)


class PasswordResetForm(ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The address to which the link for a new password goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = _("E-mail")
        email.widget.attrs = {"type": "email", "autocomplete": "email"}

    def clean_email(self) -> str:
        """Looks only at the address that the account has now, never at one that it had."""
        email = str(self.cleaned_data["email"])
        self.users = list(User.objects.filter(is_active=True, email=email))
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Sends one letter in either case, so that the answer takes as long; returns the address."""
        email = str(self.cleaned_data["email"])
        if self.users:
            super().save(request, **kwargs)
        else:
            get_adapter().send_mail("accounts/email/unknown_account", email, {})
        return email


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=lazystr(PasswordHint()),
        widget=forms.PasswordInput(attrs=NEW),
    )
    password2 = forms.CharField(label=_("New password again"), strip=False, widget=forms.PasswordInput(attrs=NEW))

    def __init__(self, *args: Any, user: User | None, temp_key: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # None when the link was wrong and the form is not shown.
        self.user = user

    def clean_password1(self) -> str:
        """The password, when the rules of the installation allow it."""
        password = str(self.cleaned_data["password1"])
        validate_password(password, self.user)
        return password

    def clean_password2(self) -> str:
        """The password, when it was typed alike twice."""
        again = str(self.cleaned_data["password2"])
        if "password1" in self.cleaned_data and self.cleaned_data["password1"] != again:
            raise ValidationError(_("The two passwords differ."))
        return again

    def save(self) -> None:
        """Sets the password; every other session of the user ends."""
        if self.user is None:
            raise ValueError("a new password needs a user")
        get_adapter().set_password(self.user, self.cleaned_data["password1"])


class PasswordChangeForm(NewPasswordForm):
    """The present password and a new one."""

    oldpassword = forms.CharField(label=_("Present password"), strip=False, widget=forms.PasswordInput(attrs=CURRENT))
    field_order = ("oldpassword", "password1", "password2")

    def clean_oldpassword(self) -> str:
        """The password, when it is the user's."""
        password = str(self.cleaned_data["oldpassword"])
        if self.user is None or not self.user.check_password(password):
            raise ValidationError(_("This is not your password."))
        return password


class LanguageSelect(forms.Select):
    """Languages, each written and marked in itself."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """An option that says which language its word is in."""
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["lang"] = str(value)
        return option


class SettingsForm(forms.Form):
    """How one's own pages speak and look."""

    language = forms.ChoiceField(
        label=_("Language of the pages"),
        choices=[(code, capfirst(get_language_info(code)["name_local"])) for code, _name in settings.LANGUAGES],
        widget=LanguageSelect,
    )
    theme = forms.ChoiceField(
        label=_("Colours"),
        choices=[("system", _("As on this device")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
    )
    text = forms.BooleanField(label=_("Larger text"), required=False)
    rows = forms.BooleanField(label=_("More space between the rows of tables"), required=False)
    rail = forms.BooleanField(label=_("Narrow menu with signs only"), required=False)
    keys = forms.BooleanField(
        label=_("Single-letter keys"),
        help_text=_("One letter without Ctrl or Alt opens a page or starts a step."),
        required=False,
    )

    @staticmethod
    def initial_of(appearance: dict[str, str], language: str) -> dict[str, str | bool]:
        """What stands in the form for what the browser has kept."""
        switches = {key: bool(appearance[key]) for key in ("text", "rows", "rail")}
        return {
            "language": language,
            "theme": appearance["theme"] or "system",
            "keys": not appearance["keys"],
            **switches,
        }

    def appearance(self) -> dict[str, str]:
        """What was chosen, in the words of `appearance.KNOWN`; only of a valid form."""
        chosen = self.cleaned_data
        switched = {key: KNOWN[key][0] if chosen[key] else "" for key in ("text", "rows", "rail")}
        theme = "" if chosen["theme"] == "system" else chosen["theme"]
        return {**switched, "theme": theme, "keys": "" if chosen["keys"] else KNOWN["keys"][0]}
