"""What pages of a student say of the mail to the family."""

from collections.abc import Iterable

from django import template

from interventions.selectors.returned_mail import addresses_that_return
from students.access import Scope
from students.models import GuardianLink

register = template.Library()


@register.simple_tag
def returned_of(scope: Scope, links: Iterable[GuardianLink]) -> set[str]:
    """The addresses among those of some guardians whose mail comes back, in small letters; one statement."""
    return addresses_that_return(scope, [link.guardian.email for link in links])
