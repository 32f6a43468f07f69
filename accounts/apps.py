from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.core import checks


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts.retention import check_retention
        from accounts.sessions import begin_session

        checks.register(check_retention)
        user_logged_in.connect(begin_session)
