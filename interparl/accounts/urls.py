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
from interparl.accounts.pages import password_change_page, refused_page, settings_page
from interparl.accounts.security import (
    add_app,
    add_passkey,
    confirm_by_code,
    confirm_by_passkey,
    end_device_page,
    end_others_page,
    make_codes,
    passkey_options_page,
    recovery_codes_file,
    recovery_codes_page,
    remove_app,
    remove_passkey,
    second_step,
    security_page,
    sign_in_by_passkey,
)
from interparl.accounts.single_sign_on import from_provider_page, provider_name, to_provider_page

sign_in = LoginView.as_view(
    form_class=SignInForm, template_name="accounts/login.html", extra_context={"provider_name": provider_name}
)
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
    path("login/code/", second_step, name="mfa_authenticate"),
    path("login/passkey/", sign_in_by_passkey, name="mfa_login_webauthn"),
    path("login/passkey/options/", passkey_options_page, name="account_passkey_options"),
    path("login/refused/", refused_page, name="account_refused"),
    path("login/<slug:provider_id>/to/", to_provider_page, name="openid_connect_login"),
    path("login/<slug:provider_id>/from/", from_provider_page, name="openid_connect_callback"),
    path("inactive/", closed, name="account_inactive"),
    path("reauthenticate/", confirm, name="account_reauthenticate"),
    path("reauthenticate/code/", confirm_by_code, name="mfa_reauthenticate"),
    path("reauthenticate/passkey/", confirm_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("security/", security_page, name="mfa_index"),
    path("security/app/add/", add_app, name="mfa_activate_totp"),
    path("security/app/remove/", remove_app, name="mfa_deactivate_totp"),
    path("security/passkeys/add/", add_passkey, name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/remove/", remove_passkey, name="mfa_remove_webauthn"),
    path("security/codes/", recovery_codes_page, name="mfa_view_recovery_codes"),
    path("security/codes/make/", make_codes, name="mfa_generate_recovery_codes"),
    path("security/codes/file/", recovery_codes_file, name="account_recovery_codes_file"),
    path("security/devices/end-others/", end_others_page, name="account_end_others"),
    path("security/devices/<int:key>/end/", end_device_page, name="account_end_device"),
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
