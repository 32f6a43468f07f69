"""How allauth's second factors meet our people, our words and our keys."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.factor_seal import open_secret, seal_secret


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        "add_email_blocked": _("Take away your second step first. Then change your e-mail."),
        "cannot_delete_authenticator": _("This stays for now."),
        "cannot_generate_recovery_codes": _("First set up an app or a passkey."),
        "incorrect_code": _("That code does not fit. Type the newest one."),
        "unverified_email": _("First check your e-mail. We sent a code to it."),
    }

    def encrypt(self, text: str) -> str:
        return seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        return open_secret(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What an app shows beside the code: as neutral as the title of a tab."""
        return gettext("Notes")

    def build_totp_svg(self, url: str) -> str:
        """Nothing: the page draws the code itself, see accounts/qr.py."""
        return ""

    def generate_authenticator_name(self, user: AbstractBaseUser, kind: Authenticator.Type) -> str:
        return gettext("My passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": gettext("Notes")}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": entity["name"]}
