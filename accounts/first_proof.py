"""When a code proves an e-mail that was not proven, its owner may be another than whoever signed up with it.

Whoever that was chose the password, and would keep it: so it goes, with all else that lets them in.
"""

import secrets
from functools import partial
from typing import Any

from allauth.account.internal.flows.password_reset_by_code import PasswordResetVerificationProcess
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from accounts.events import tell
from accounts.models import User
from accounts.sessions import end_half_sign_ins_of, end_sessions_of

# Where a code is typed in the browser in which the password was, a moment before, or in which someone is signed in.
PROVEN_BY_THEMSELVES = "account_email_verification_sent"


@transaction.atomic
def end_what_was_before(sender: Any, request: HttpRequest, email_address: EmailAddress, **kwargs: Any) -> None:
    """The password becomes one that nobody knows: without any, no fresh sign-in would be asked for (accounts/fresh.py)."""
    if request.resolver_match and request.resolver_match.url_name == PROVEN_BY_THEMSELVES:
        return
    user = User.objects.select_for_update().get(pk=email_address.user_id)
    user.set_password(secrets.token_urlsafe(32))
    user.save(update_fields=["password"])
    user.authenticator_set.all().delete()
    end_sessions_of(user)
    end_half_sign_ins_of(user, but=request.session.session_key)
    transaction.on_commit(partial(tell, "end what was before the proof", "done", user))
    request.META[__name__] = email_address.email


def pick_password_first(request: HttpRequest, user: User) -> HttpResponse | None:
    """Instead of coming in by the code that did this; the code counts as the one for a new password."""
    email = request.META.get(__name__)
    if email is None:
        return None
    clear_login(request)
    state = PasswordResetVerificationProcess.initial_state(user, email) | {"code_confirmed": True}
    PasswordResetVerificationProcess(request, state, user).persist()
    messages.info(request, gettext("We know now that this e-mail is yours. A password from before no longer works."))
    return redirect("account_complete_password_reset")
