"""A morning at Lincoln High as families hear of it: who is marked, what the clock says, and what came in the mail."""

from datetime import datetime, time
from typing import Any

from interventions.models import AlertChoice, AlertTiming, Message
from interventions.services.messages import send_waiting
from interventions.services.outbox import drain, drain_marks
from students.access import installation_scope
from students.models import FamilyAccount, Guardian, Invitation, User
from tests.attendance.acts import take
from tests.interventions.care import guardian
from tests.mail_server import MailServer
from tests.world import TODAY, World, at


def mother(world: World, name: str, address: str = "rosa@example.org", **link: Any) -> Guardian:
    """A mother with an address, who reads English and may see the records."""
    person = guardian(world, name, **{"may_access": True} | link)
    person.email, person.language = address, "en"
    person.save()
    return person


def joined(world: World, person: Guardian, username: str = "rosa") -> FamilyAccount:
    """Her account of the portal; it has her address."""
    user = User.objects.create(username=username, email=person.email, given_name="Rosa", family_name="A", password="!")
    return account(world, user, guardian=person)


def account(world: World, user: User, **whom: Any) -> FamilyAccount:
    """An account that speaks for somebody."""
    made = {"made_by": world.users["okafor"], "made_at": at(7), "expires_at": at(9)}
    code = Invitation.objects.create(code_hash=f"{user.username:0>64}", **made, **whom)
    return FamilyAccount.objects.create(user=user, invitation=code, joined_at=at(7), **whom)


def chosen(who: FamilyAccount, world: World, name: str, *kinds: str, **timing: time) -> None:
    """What somebody asked for about a child, and when they want it."""
    for kind in kinds:
        AlertChoice.objects.create(account=who, student=world.students[name], kind=kind, chosen_at=at(7))
    if timing:
        AlertTiming.objects.create(account=who, **timing)


def marked(world: World, period: str, **exceptions: str) -> None:
    """A class of today is taken, and the workers look."""
    take(world, period, TODAY, **exceptions)
    looked(world)


def looked(world: World, now: datetime | None = None) -> None:
    """The workers look at what was noted."""
    scope = installation_scope(now or at(8, 30))
    while drain(scope) + drain_marks(scope):
        pass


def mailed(hour: int, minute: int = 0) -> int:
    """The workers send what is due at a time of today."""
    return send_waiting(installation_scope(at(hour, minute)))


def subjects(server: MailServer) -> list[tuple[str, str]]:
    """To whom went what, in order."""
    return [(letter["To"], letter["Subject"]) for letter in server.letters]


def states(kind: str = "absence") -> list[tuple[str, str]]:
    """What became of the messages of a kind."""
    return list(Message.objects.filter(kind=kind).order_by("pk").values_list("state", "problem"))
