"""What a form asks for, done or refused: in the same manner on every page."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm

from students.refusals import Forbidden, Refused


def done(form: BaseForm, act: Callable[[], Any]) -> bool:
    """Whether the act of a valid form went through; a refusal becomes the form's error, what is forbidden stays so."""
    if not form.is_valid():
        return False
    try:
        act()
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
