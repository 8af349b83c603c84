"""One click stops a kind of mail: signed for one reader and one purpose, without signing in, and as easily undone."""

from django.core.signing import Signer
from django.test import Client

from interventions.models import MailTopic, OptOut
from interventions.services.opt_outs import Reader, token_of
from interventions.views.unsubscribe import MOST_WRONG
from tests.interventions.alerting import mother
from tests.world import World

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def link(world: World, topic: MailTopic = MailTopic.ABSENCES, name: str = "Abara") -> str:
    return f"/unsubscribe/{token_of(Reader(topic, guardian_id=mother(world, name).pk))}/"


def standing() -> list[tuple[str, str]]:
    return list(OptOut.objects.filter(ended_at__isnull=True).order_by("pk").values_list("topic", "said_by"))


def test_the_button_of_a_mail_program_needs_no_cookie_and_twice_is_once(world: World) -> None:
    strict, path = Client(enforce_csrf_checks=True), link(world)
    for _ in range(2):
        response = strict.post(path, ONE_CLICK)
        assert (response.status_code, response.content.decode()) == (200, "You get no more of these messages.")
    assert standing() == [("absences", "mail_program")]
    assert not response.cookies


def test_a_person_is_asked_first_and_can_take_it_back(world: World) -> None:
    strict, path = Client(enforce_csrf_checks=True), link(world)
    page = strict.get(path)
    assert standing() == []
    assert "Stop these messages" in page.content.decode()
    assert all(student.family_name not in page.content.decode() for student in world.students.values())
    page = strict.post(path, {"act": "stop"}, follow=True)
    assert "Send them again" in page.content.decode()
    assert standing() == [("absences", "link")]
    strict.post(path, {"act": "resume"})
    strict.post(path, {"act": "resume"})
    assert standing() == []
    assert OptOut.objects.get().ended_at is not None
    strict.post(path, ONE_CLICK)
    assert standing() == [("absences", "mail_program")]


def test_a_link_is_of_one_reader_and_one_topic_and_none_can_be_made_up(world: World, client: Client) -> None:
    token = link(world).split("/")[2]
    value, _, signature = token.rpartition("~")
    theirs = link(world, MailTopic.ALERTS, "Grant").split("/")[2]
    elsewhere = Signer(salt="password", sep="~").sign(value)
    forged = [f"alerts{value[8:]}~{signature}", f"{value}1~{signature}", f"{value}~{'A' * 43}", elsewhere, value]
    forged += [f"{value}~{theirs.rpartition('~')[2]}", "x", "~", token[:-1]]
    forged.append(Signer(salt="interventions.unsubscribe", sep="~").sign("x.g"))
    for each in forged:
        answer = client.post(f"/unsubscribe/{each}/", ONE_CLICK)
        assert (answer.status_code, standing()) == (404, []), each
    assert "cannot be used" in client.get(f"/unsubscribe/{forged[0]}/").content.decode()


def test_guessing_is_slowed_down_and_a_true_link_still_works(world: World, client: Client) -> None:
    for _ in range(MOST_WRONG):
        client.post("/unsubscribe/absences.g1~guess/", ONE_CLICK)
    assert client.post("/unsubscribe/absences.g1~guess/", ONE_CLICK).status_code == 429
    assert client.post(link(world), ONE_CLICK).status_code == 200
    assert len(standing()) == 1
