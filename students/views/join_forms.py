"""The forms by which a family joins."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from students.family_sign_in import LONGEST_ADDRESS
from students.models import User


class CodeForm(forms.Form):
    """The code of a further invitation, by somebody who is signed in."""

    code = forms.CharField(
        label=_("Code from the letter"),
        max_length=40,
        help_text=_("Twelve letters and numbers. Capital or small, with or without dashes."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class SignUpForm(CodeForm):
    """The first code, and by what to sign in from then on."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("A new password"),
        max_length=128,
        strip=False,
        help_text=_("Twelve characters or more. Three or four words are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any] | None:
        """Refuse a password that is easily guessed, before anybody looks at the code."""
        typed = self.cleaned_data
        if password := typed.get("password"):
            somebody = User(username=typed.get("email", ""), email=typed.get("email", ""))
            try:
                validate_password(password, somebody)
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return typed
