"""The forms of these pages: Django's own, with one short hint per field instead of Django's paragraphs.

`data-check` names the rule that the page checks while people type (frontend/src/pages/rules.ts). These forms have the
last word.
"""

from typing import Any

from allauth.account.forms import (
    AddEmailForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SignupForm,
)
from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm, UserCreationForm
from django.forms import BaseForm
from django.http import HttpRequest

from picking.models import User
from picking.pages.guesses import one_attempt

NAME = ("Name", "letters, digits and @ . + - _", "name")
PASSWORD = ("Password", "8 characters or more", "password")
AGAIN = ("Repeat password", "as above", "again")


class BesidePassword:
    """Django shows what is wrong with a password below its repetition; here it is shown below the password itself."""

    def validate_password_for_user(self, user: User, password_field_name: str = "password2") -> None:  # noqa: S107 - a field's name  # nosec B107
        super().validate_password_for_user(user, password_field_name.replace("2", "1"))  # type: ignore[misc]


class Counted(AuthenticationForm):
    """Wrong passwords are counted, and too many of them refused for a while."""

    def clean(self) -> dict[str, Any]:
        if not (self.request and self.cleaned_data.get("username") and self.cleaned_data.get("password")):
            return super().clean()
        with one_attempt(self.request, self.cleaned_data["username"]):
            return super().clean()


class SignIn(Counted):
    """Name and password."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": "Wrong name or password. Both are case-sensitive.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Name"


class NewAccount(BesidePassword, UserCreationForm):  # type: ignore[type-arg]  # not generic when run
    """A name and a password."""

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("username",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, username=NAME, password1=PASSWORD, password2=AGAIN)


class FirstPassword(BesidePassword, SetPasswordForm):  # type: ignore[type-arg]
    """Of somebody who came by a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, new_password1=PASSWORD, new_password2=AGAIN)


class NewPassword(BesidePassword, PasswordChangeForm):
    """Asks for the one before."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["old_password"].label = "Current password"
        _say(self, new_password1=("New password", *PASSWORD[1:]), new_password2=("Repeat new password", *AGAIN[1:]))

    def clean_old_password(self) -> str:
        """Whoever finds a browser signed in could guess here, too."""
        with one_attempt(self.request, self.user.get_username()):
            return super().clean_old_password()


class PasswordAgain(ReauthenticateForm):
    """Of somebody who is signed in, before what is delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        field.help_text = ""
        field.widget.attrs |= {"placeholder": "", "autofocus": True}


class SignUp(SignupForm):
    """An account without an invitation. Where there is mail, with an address that is then confirmed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, username=NAME, password1=PASSWORD, password2=AGAIN)
        if "email" in self.fields:
            self.fields["email"].label = "E-mail"
        _plain(self)

    def clean_username(self) -> str:
        self.cleaned_data["username"] = User.normalize_username(self.cleaned_data["username"])
        return str(super().clean_username())


class AskForReset(ResetPasswordForm):
    """Only addresses that were confirmed: any other may be somebody else's by a slip."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail"
        _plain(self)

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        known = EmailAddress.objects.filter(email__iexact=address, verified=True, user__is_active=True)
        self.users = [each.user for each in known.select_related("user")]
        return address


class ResetPassword(ResetPasswordKeyForm):
    """Of somebody who came by the link in a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password1=("New password", *PASSWORD[1:]), password2=("Repeat new password", *AGAIN[1:]))
        _plain(self)


class Address(AddEmailForm):
    """A new e-mail address, which takes the place of the old one when it is confirmed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "New e-mail address"
        _plain(self)


class NewPersonForm(forms.Form):
    """An account that an administrator makes for somebody."""

    name = forms.CharField(max_length=150, label=NAME[0], help_text=NAME[1])
    address = forms.EmailField(required=False, label="E-mail", help_text="if there is one")
    administrator = forms.BooleanField(required=False, label="Administrator")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {"data-check": "name", "autocapitalize": "none", "autofocus": True}


def _plain(form: BaseForm) -> None:
    """Without the words that allauth puts into empty fields: labels say it."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


def _say(form: BaseForm, **said: tuple[str, str, str]) -> None:
    for name, (label, hint, check) in said.items():
        field = form.fields[name]
        field.label, field.help_text = label, hint
        field.widget.attrs["data-check"] = check
