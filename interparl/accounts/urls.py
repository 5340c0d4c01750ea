"""The way in: of allauth's addresses only those that are shown, under allauth's names because it asks for them.

Templates are ours by name, not by covering allauth's: which of two templates of one name wins depends on the order of
the installed apps. No address to sign up, none to manage e-mail addresses.
"""

from allauth.account.views import (
    AccountInactiveView,
    LoginView,
    LogoutView,
    PasswordResetDoneView,
    PasswordResetFromKeyDoneView,
    PasswordResetFromKeyView,
    PasswordResetView,
    ReauthenticateView,
)
from django.urls import path, re_path

from interparl.accounts.forms import ConfirmPasswordForm, NewPasswordForm, PasswordResetForm, SignInForm
from interparl.accounts.pages import password_change_page, settings_page

sign_in = LoginView.as_view(form_class=SignInForm, template_name="accounts/login.html")
sign_out = LogoutView.as_view(template_name="accounts/logout.html")
closed = AccountInactiveView.as_view(template_name="accounts/account_inactive.html")
confirm = ReauthenticateView.as_view(form_class=ConfirmPasswordForm, template_name="accounts/reauthenticate.html")
reset = PasswordResetView.as_view(form_class=PasswordResetForm, template_name="accounts/password_reset.html")
reset_asked = PasswordResetDoneView.as_view(template_name="accounts/password_reset_done.html")
new_password = PasswordResetFromKeyView.as_view(
    form_class=NewPasswordForm, template_name="accounts/password_reset_from_key.html"
)
reset_done = PasswordResetFromKeyDoneView.as_view(template_name="accounts/password_reset_from_key_done.html")

urlpatterns = [
    path("login/", sign_in, name="account_login"),
    path("logout/", sign_out, name="account_logout"),
    path("inactive/", closed, name="account_inactive"),
    path("reauthenticate/", confirm, name="account_reauthenticate"),
    path("settings/", settings_page, name="account_settings"),
    path("password/change/", password_change_page, name="account_change_password"),
    path("password/reset/", reset, name="account_reset_password"),
    path("password/reset/done/", reset_asked, name="account_reset_password_done"),
    path("password/reset/key/done/", reset_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        new_password,
        name="account_reset_password_from_key",
    ),
]
