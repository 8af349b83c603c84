"""The pages of letters: chosen, written, printed, logged and withdrawn; and what a family sees of them."""

from csv import reader
from io import StringIO
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interventions.models import Letter, LetterTemplate, Message
from interventions.services.letter_withdrawing import withdraw_letter
from interventions.services.messages import send_waiting
from students.models import Guardian, GuardianLink, Student
from tests.attendance.pages.visitors import client_of
from tests.interventions.alerting import joined
from tests.interventions.letters.acts import absent, parent, print_all, write_all
from tests.world import TODAY, World, add_student


def family(world: World, person: Guardian, name: str) -> Client:
    """The client of a guardian who joined."""
    account = joined(world, person, name)
    client = Client()
    client.force_login(account.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_letters_are_chosen_written_and_printed_and_the_log_says_what_was_sent_to_whom(world: World) -> None:
    parent(world, "Abara")
    parent(world, "Grant", "Jean", "ht")
    for name in ("Abara", "Grant"):
        absent(world, name, 5)
    osei = client_of(world, "osei")
    page = osei.get("/letters/").content.decode()
    assert "4 to be written" in page
    assert "to Rosa Abara" in page
    assert "No letter fits" in osei.get("/letters/?kind=tier_3").content.decode()
    refused = osei.post("/letters/", {"chosen": ["nonsense"]})
    assert refused.status_code == 422
    assert "Choose the letters to write." in refused.content.decode()
    said = osei.post("/letters/?language=ht", {"all": "yes"}, follow=True).content.decode()
    assert "2 letters are written." in said
    assert set(Letter.objects.values_list("language", flat=True)) == {"ht"}
    osei.post("/letters/", {"all": "yes"})
    assert "4 to be printed" in osei.get("/letters/list/").content.decode()
    assert osei.post("/letters/list/", {"way": "pigeon", "all": "yes"}).status_code == 422
    form = {"way": "office", "submission_id": str(uuid4()), "all": "yes"}
    done = osei.post("/letters/list/", form, follow=True)
    assert "4 letters are ready to print." in done.content.decode()
    assert "Download 4 letters (PDF)" in done.content.decode()
    batch = Letter.objects.values_list("batch", flat=True).distinct().get()
    file = osei.get(f"/letters/batches/{batch}/")
    assert file["Content-Type"] == "application/pdf"
    assert file.getvalue().startswith(b"%PDF-")
    letter = Letter.objects.filter(language="ht").first()
    assert osei.get(f"/letters/{letter.pk}/pdf/").getvalue() == osei.get(f"/letters/{letter.pk}/pdf/").getvalue()
    rows = list(reader(StringIO(osei.get("/letters/list/csv/?state=printed").getvalue().decode("utf-8-sig"))))
    assert len(rows) == 5
    assert rows[1][7] == "Handed over at the office"
    assert osei.get("/letters/?school=x").status_code == 404


def test_a_letter_is_looked_at_and_withdrawn_and_then_has_no_file(world: World) -> None:
    parent(world, "Abara")
    absent(world, "Abara", 5)
    letter, other = write_all(world)
    osei, address = client_of(world, "osei"), f"/letters/{letter.pk}/"
    assert "Lincoln High School" in osei.get(address).content.decode()
    # Not printed yet: no file lies about that nobody counted.
    assert osei.get(f"{address}pdf/").status_code == 404
    print_all(world, [letter])
    assert osei.get(f"{address}pdf/").status_code == 200
    assert osei.post(address, {"reason": ""}).status_code == 422
    page = osei.post(address, {"reason": "The family came in", "write_anew": "on"}, follow=True).content.decode()
    assert "The family came in" in page
    assert osei.get(f"{address}pdf/").status_code == 404
    assert osei.get(f"/letters/batches/{Letter.objects.get(pk=letter.pk).batch_id}/").status_code == 404
    assert "The family came in" in osei.get("/letters/list/?state=withdrawn").content.decode()
    for stranger in ("lindqvist", "whitfield"):
        client = client_of(world, stranger)
        for path in (address, f"{address}pdf/", f"/letters/batches/{Letter.objects.get(pk=letter.pk).batch_id}/"):
            assert client.get(path).status_code == 404, (stranger, path)
    # An office sees letters of truancy alone.
    clerk = client_of(world, "mayfield")
    of_support, of_truancy = sorted((letter, other), key=lambda each: each.notice_id or 0)
    assert clerk.get(f"/letters/{of_support.pk}/").status_code == 404
    assert clerk.get(f"/letters/{of_truancy.pk}/").status_code == 200


def test_the_pages_are_for_office_and_care_team_and_the_words_for_the_care_team(world: World) -> None:
    for person, lists, words in (
        ("osei", 200, 200),
        ("okafor", 200, 200),
        ("reyes", 200, 200),
        ("mayfield", 200, 403),
        ("whitfield", 403, 403),
        ("hale", 403, 403),
    ):
        client = client_of(world, person)
        found = {client.get(path).status_code for path in ("/letters/", "/letters/list/", "/letters/list/csv/")}
        assert found == {lists}, person
        assert client.get("/letters/words/").status_code == words, person
        assert client.get("/letters/words/tier_1/es/").status_code == words, person
        assert ('href="/letters/"' in client.get("/students/").content.decode()) is (lists == 200), person


def test_the_district_looks_at_its_words_as_a_letter_and_lets_them_hold(world: World) -> None:
    reyes, address = client_of(world, "reyes"), "/letters/words/truancy_first/ht/"
    assert "María-José Désir Núñez" in reyes.get(address).content.decode()
    seeded = LetterTemplate.objects.get(kind="truancy_first", language="ht")
    form = {"holds_from": TODAY.isoformat(), "seen": seeded.pk, "subject": "Pou {child}"}
    wrong = reyes.post(address, form | {"body": "{studnet}", "look": "yes"})
    assert wrong.status_code == 422
    assert "{studnet} is no placeholder of this letter." in wrong.content.decode()
    good = form | {"body": "Sa a se {student}, {school}.\r\n\r\n{absences}: {days}"}
    looked = reyes.post(address, good | {"look": "yes"}).content.decode()
    assert "Sa a se María-José Désir Núñez" in looked
    assert LetterTemplate.objects.filter(written_by__isnull=False).count() == 0
    assert reyes.post(address, good).status_code == 302
    assert reyes.post(address, good).status_code == 302
    assert LetterTemplate.objects.filter(written_by__isnull=False).count() == 1
    assert client_of(world, "osei").post(address, good).status_code == 403
    assert "1 text of before" in reyes.get(address).content.decode()
    assert reyes.get("/letters/words/tier_9/ht/").status_code == 404
    assert "Pou {child}" in reyes.get("/letters/words/").content.decode()


def test_RD62_a_family_sees_its_own_printed_letters_alone_in_its_language(world: World) -> None:
    rosa, jean = parent(world, "Abara"), parent(world, "Abara", "Jean", "ht")
    marie = parent(world, "Grant", "Marie", "ht")
    for name in ("Abara", "Grant"):
        absent(world, name, 5)
    letters = write_all(world)
    mother, father, other = (family(world, who, f"family{who.pk}") for who in (rosa, jean, marie))
    child, stranger = world.students["Abara"].pk, world.students["Grant"].pk
    assert "No hay cartas" in mother.get(f"/family/{child}/letters/").content.decode()
    print_all(world, letters)
    page = mother.get(f"/family/{child}/letters/").content.decode()
    assert page.count('<article class="family-letter"') == 2
    assert "Guardar o imprimir (PDF)" in page
    assert "Jean" not in page
    hers = Letter.objects.filter(guardian=rosa).first()
    his = Letter.objects.filter(guardian=jean).first()
    assert mother.get(f"/family/{child}/letters/{hers.pk}/pdf/").getvalue().startswith(b"%PDF-")
    for client, student, letter in (
        (mother, child, his),
        (father, child, hers),
        (mother, stranger, hers),
        (other, child, hers),
        (other, stranger, hers),
    ):
        assert client.get(f"/family/{student}/letters/{letter.pk}/pdf/").status_code == 404
    assert mother.get(f"/family/{stranger}/letters/").status_code == 404
    for path in ("/letters/", f"/letters/{hers.pk}/", f"/letters/{hers.pk}/pdf/"):
        assert mother.get(path).status_code in (403, 404)
    withdraw_letter(world.scope("osei"), hers.pk, reason="Between us")
    page = mother.get(f"/family/{child}/letters/").content.decode()
    assert "La escuela retiró esta carta." in page
    assert "Between us" not in page
    assert mother.get(f"/family/{child}/letters/{hers.pk}/pdf/").status_code == 404
    GuardianLink.objects.filter(guardian=jean).update(may_access=False)
    assert father.get(f"/family/{child}/letters/").status_code == 404


def test_RD62_at_18_a_guardians_letters_close_and_the_students_own_open(world: World) -> None:
    rosa, abara = parent(world, "Abara"), world.students["Abara"]
    absent(world, "Abara", 5)
    print_all(world, write_all(world))
    mother = family(world, rosa, "rosa")
    Student.objects.filter(pk=abara.pk).update(birth_date=TODAY.replace(year=TODAY.year - 18))
    assert mother.get(f"/family/{abara.pk}/letters/").status_code == 404


def test_whoever_joined_is_mailed_once_that_a_letter_is_there_unless_it_is_withdrawn(
    world: World, mailoutbox: list
) -> None:
    rosa = parent(world, "Abara")
    parent(world, "Abara", "Jean")
    Guardian.objects.filter(pk=rosa.pk).update(email="rosa@example.com")
    joined(world, rosa)
    absent(world, "Abara", 5)
    letters = write_all(world)
    assert not Message.objects.exists()
    print_all(world, letters)
    mails = Message.objects.filter(kind="letter")
    assert set(mails.values_list("guardian", flat=True)) == {rosa.pk}
    hers = Letter.objects.filter(guardian=rosa)
    withdraw_letter(world.scope("osei"), hers.latest("pk").pk, reason="No")
    send_waiting(world.installation)
    [mail] = mailoutbox
    assert mail.subject == "Una carta de Lincoln High School"
    assert f"/family/{world.students['Abara'].pk}/letters/" in mail.body
    assert sorted(mails.values_list("state", flat=True)) == ["dropped", "sent"]


def test_the_lists_ask_the_same_number_of_statements_for_however_many(world: World) -> None:
    rosa = parent(world, "Abara")
    absent(world, "Abara", 5)
    print_all(world, write_all(world)[:1])
    osei, mother = client_of(world, "osei"), family(world, rosa, "rosa")
    parent(world, "Grant")
    for name in ("Grant", "Hollis"):
        absent(world, name, 5)

    def statements(client: Client, path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    paths = [
        (osei, "/letters/"),
        (osei, "/letters/list/?state=every"),
        (mother, f"/family/{world.students['Abara'].pk}/letters/"),
    ]
    for client, path in paths:
        statements(client, path)
    few = [statements(client, path) for client, path in paths]
    more = [add_student(world, f"Pupil{number} A", f"30000000{number}", world.lincoln) for number in range(4)]
    for number, student in enumerate(more):
        parent(world, student.family_name)
        absent(world, student.family_name, 5 + number)
    write_all(world)
    print_all(world)
    for name in (*(each.family_name for each in more[:2]), "Grant"):
        parent(world, name, "Second")
    absent(world, "Nguyen", 5)
    assert [statements(client, path) for client, path in paths] == few


def test_a_case_shows_on_its_timeline_what_its_family_was_written(world: World) -> None:
    parent(world, "Abara")
    absent(world, "Abara", 5)
    letters = write_all(world)
    print_all(world, letters[:1])
    withdraw_letter(world.scope("osei"), letters[0].pk, reason="The family came in")
    page = client_of(world, "osei").get(f"/students/{letters[0].student_id}/case/", follow=True).content.decode()
    for words in ("Letter to Rosa Abara printed", "Letter to Rosa Abara written", "The family came in"):
        assert words in page
