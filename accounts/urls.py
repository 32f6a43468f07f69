"""A person's own pages, beside allauth's under /account/."""

from allauth.account.views import confirm_login_code, confirm_password_reset_code
from django.urls import include, path

from accounts.http import one_write
from accounts.views import passkeys, second_factor
from accounts.views.devices import devices
from accounts.views.language import language
from accounts.views.leave import leave
from accounts.views.settings import settings

# By the names and paths that allauth knows them under.
second_step = [
    path("", second_factor.overview, name="mfa_index"),
    path("authenticate/", second_factor.authenticate, name="mfa_authenticate"),
    path("reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("totp/activate/", second_factor.app_add, name="mfa_activate_totp"),
    path("totp/deactivate/", second_factor.app_remove, name="mfa_deactivate_totp"),
    path("recovery-codes/", second_factor.codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/generate/", second_factor.codes_new, name="mfa_generate_recovery_codes"),
    path("recovery-codes/download/", second_factor.codes_download, name="mfa_download_recovery_codes"),
    path("webauthn/add/", passkeys.passkey_add, name="mfa_add_webauthn"),
    path("webauthn/reauthenticate/", passkeys.passkey_show, name="mfa_reauthenticate_webauthn"),
    path("webauthn/keys/<int:pk>/edit/", passkeys.passkey_rename, name="mfa_edit_webauthn"),
    path("webauthn/keys/<int:pk>/remove/", passkeys.passkey_remove, name="mfa_remove_webauthn"),
]

# What a code proves and what that ends (accounts/first_proof.py) are one write: both are done, or neither.
codes = [
    path("login/code/confirm/", one_write(confirm_login_code), name="account_confirm_login_code"),
    path("password/reset/confirm/", one_write(confirm_password_reset_code), name="account_confirm_password_reset_code"),
]

urlpatterns = [
    path("settings/", settings, name="settings"),
    path("account/sessions/", devices, name="devices"),
    path("language/", language, name="language"),
    path("leave/", leave, name="leave"),
    path("account/login/passkey/", passkeys.passkey_sign_in, name="mfa_login_webauthn"),
    path("account/2fa/", include(second_step)),
    path("account/", include(codes)),
]
