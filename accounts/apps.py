from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core import checks
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from allauth.account.signals import authentication_step_completed, email_confirmed
        from allauth.mfa.signals import authenticator_added
        from django.contrib.sessions.models import Session

        from accounts.devices import forget
        from accounts.events import listen
        from accounts.first_proof import end_what_was_before
        from accounts.retention import check_retention
        from accounts.second_step_tries import count_so
        from accounts.sessions import SessionStore, begin_session, end_other_sessions, renew_key
        from accounts.startup import refuse_unsafe

        # Django's own store cannot open what ours seals: `Session.get_decoded()` would say that nothing is in it.
        Session.get_session_store_class = classmethod(lambda cls: SessionStore)  # type: ignore[assignment]
        refuse_unsafe()
        listen()
        count_so()
        checks.register(check_retention)
        email_confirmed.connect(end_what_was_before)
        user_logged_in.connect(begin_session)
        user_logged_out.connect(forget)
        authenticator_added.connect(end_other_sessions)
        authentication_step_completed.connect(renew_key)
