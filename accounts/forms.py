"""The forms of people: signing up and in, passwords, e-mail. All in our voice, for allauth's views."""

from typing import Any

from allauth.account import fields as allauth_fields
from allauth.account import forms as allauth_forms
from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import password_validators_help_texts
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts.backends import PersonBackend
from accounts.same_work import make_as_if, people_called
from accounts.sessions import stay_signed_in
from accounts.text import validate_storable
from accounts.zones import zone_names

LONGEST_EMAIL = 254  # as long as the column


class Uncut(forms.Field):
    """Told its most, a browser cuts what is pasted or dictated, and says nothing: what is too long is refused in words,
    with all of it there.
    """

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs: dict[str, Any] = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class Storable(Uncut):
    """Asks first, and alone, whether the text can be kept at all."""

    def run_validators(self, value: Any) -> None:
        validate_storable(value)
        super().run_validators(value)


class EmailField(Storable, allauth_fields.EmailField):
    default_error_messages = {
        "required": _("Write your e-mail."),
        "invalid": _("This does not look like an e-mail. It needs a name, an @ and a place, like ana@example.com."),
        "max_length": _("This is too long for an e-mail. Look at it again."),
    }

    def __init__(self, *, autocomplete: str = "email", **kwargs: Any) -> None:
        widget = forms.EmailInput(attrs={"autocomplete": autocomplete})
        super().__init__(**({"label": _("E-mail"), "widget": widget, "max_length": LONGEST_EMAIL} | kwargs))


class PasswordField(Storable, allauth_fields.PasswordField):
    default_error_messages = {"required": _("Write your password.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"label": _("Password"), "autocomplete": "current-password"} | kwargs))
        del self.widget.attrs["placeholder"]


class NewPasswordField(Storable, allauth_fields.SetPasswordField):
    """Checked against the person it is for; says beforehand what it takes."""

    default_error_messages = {"required": _("Pick a password.")}

    def __init__(self, **kwargs: Any) -> None:
        help_text = lazy(lambda: " ".join(password_validators_help_texts()), str)()
        super().__init__(**({"label": _("New password"), "help_text": help_text} | kwargs))
        del self.widget.attrs["placeholder"]


class CodeField(Storable, forms.CharField):
    default_error_messages = {
        "required": _("Type the code from the mail."),
        "max_length": _("This is too long for a code. Type the one from the mail."),
    }

    def __init__(self) -> None:
        attrs = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        super().__init__(
            label=_("Code"), max_length=40, widget=forms.TextInput(attrs=attrs | {"class": "input--short"})
        )


class SignupForm(allauth_forms.SignupForm):
    """An e-mail and a password; the browser adds its time zone."""

    time_zone = forms.Field(required=False, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = EmailField(autocomplete="username")
        # Without the check against the person: the form does that itself, when the e-mail is known.
        help_text = NewPasswordField().help_text
        self.fields["password1"] = PasswordField(
            autocomplete="new-password", help_text=help_text, error_messages=NewPasswordField.default_error_messages
        )

    def clean_time_zone(self) -> str:
        named: str = self.cleaned_data["time_zone"]
        return named if named in zone_names() else settings.DEFAULT_PERSON_TIME_ZONE

    def try_save(self, request: HttpRequest) -> tuple[AbstractBaseUser | None, HttpResponseBase | None]:
        """The new person, or an answer that looks and takes the same when the e-mail has a journal already."""
        # Nothing that was ticked at a sign-in before, and not gone on with, is theirs.
        stay_signed_in(request, on_this_phone=False)
        # Each sends one mail, to whoever's address it is: not without end.
        if not ratelimit.consume(request, action="signup_mail", key=self.cleaned_data["email"].lower()):
            return None, ratelimit.respond_429(request)
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    return self.make(request), None
            except IntegrityError:  # a second tap came first
                self.account_already_exists = True
        make_as_if(self.cleaned_data, lambda: self.make(request))
        answer: tuple[None, HttpResponseBase] = super().try_save(request)
        return answer

    def make(self, request: HttpRequest) -> AbstractBaseUser:
        known, self.account_already_exists = self.account_already_exists, False
        try:
            return self.save(request)
        finally:
            self.account_already_exists = known


class OwnPhoneField(forms.BooleanField):
    """Off by default: who leaves it off is signed out when the browser closes."""

    def __init__(self) -> None:
        help_text = _("Stay signed in here. Leave it off on a phone that others use.")
        super().__init__(label=_("This is my own phone"), help_text=help_text, required=False)


class LoginForm(allauth_forms.LoginForm):
    password = PasswordField()
    remember = OwnPhoneField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = EmailField(autocomplete="username")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()  # type: ignore[no-untyped-call]
        if not self.errors:
            stay_signed_in(self.request, cleaned["remember"])
        return cleaned


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    email = EmailField(autocomplete="username")

    def clean_email(self) -> str:
        """Whoever may not sign in gets no code either."""
        email: str = self.cleaned_data["email"]
        self.users = [user for user in people_called(email) if PersonBackend().user_can_authenticate(user)]
        return email


class NewPasswordForm(allauth_forms.ResetPasswordKeyForm):
    """One field: it can be shown, so it need not be typed twice."""

    password1 = NewPasswordField()
    password2 = None  # type: ignore[assignment]


class SetPasswordForm(allauth_forms.SetPasswordForm):
    password1 = NewPasswordField()
    password2 = None  # type: ignore[assignment]


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    oldpassword = PasswordField(label=_("The password you use now"))
    password1 = NewPasswordField()
    password2 = None  # type: ignore[assignment]


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    password = PasswordField()


class ChangeEmailForm(allauth_forms.AddEmailForm):
    email = EmailField(label=_("New e-mail"))
