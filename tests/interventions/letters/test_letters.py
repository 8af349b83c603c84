"""Which letters are due, to whom, and what becomes of them as the days change."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interventions.models import Crossing, Letter, LetterBatch, LetterTemplate, Message
from interventions.rules.letter_kinds import LANGUAGES, LetterKind
from interventions.rules.letter_text import Template, findings
from interventions.selectors.letters_due import DueKey, due_letters, nobody_to_write_to, read_key
from interventions.services.letter_printing import print_letters
from interventions.services.letter_withdrawing import withdraw_letter
from interventions.services.letter_words import write_letter_words
from interventions.services.letters import make_letters
from students.models import GuardianLink
from students.refusals import Forbidden, NotInScope, Refused, Stale
from tests.interventions.acts import WEEKDAYS, days_of
from tests.interventions.letters.acts import absent, kinds_due, parent, print_all, write_all
from tests.interventions.truancy_days import follow
from tests.world import NOW, TODAY, World, add_student


def corrected(world: World, name: str, *days: date) -> None:
    """The days were no absences."""
    days_of(world, name, days, "present")
    follow(world, world.students[name])


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (4, []),
        (5, ["tier_1", "truancy_first"]),
        (6, ["tier_2", "truancy_first"]),
        (10, ["tier_2", "truancy_again"]),
        (11, ["tier_3", "truancy_again"]),
        (12, ["tier_3", "truancy_final"]),
    ],
)
def test_MD05_MD06_MD07_ST02_one_letter_of_support_and_one_of_truancy_is_due_at_each_boundary(
    world: World, count: int, expected: list[str]
) -> None:
    parent(world, "Abara")
    absent(world, "Abara", count)
    assert kinds_due(world) == expected
    assert kinds_due(world, "lindqvist") == []
    # An office writes of truancy alone.
    assert kinds_due(world, "mayfield") == [each for each in expected if each.startswith("truancy")]


def test_a_letter_goes_to_every_lawful_contact_in_their_language_and_to_nobody_else(world: World) -> None:
    parent(world, "Abara")
    parent(world, "Abara", "Jean", "ht")
    parent(world, "Abara", "Kim", "ko")
    parent(world, "Abara", "Forbidden", may_contact=False)
    parent(world, "Abara", "Ended", ends_on=TODAY - timedelta(days=1))
    absent(world, "Abara", 5)
    found = {(each.language, each.kind) for each in due_letters(world.scope("osei"))}
    assert found == {(language, kind) for language in ("en", "es", "ht") for kind in ("tier_1", "truancy_first")}
    letters = write_all(world)
    assert len(letters) == 6
    assert {each.addressee.splitlines()[0] for each in letters} == {"Rosa Abara", "Jean Abara", "Kim Abara"}
    [creole] = [each for each in letters if each.language == "ht" and each.kind == "truancy_first"]
    assert "5 jou absans san eskiz" in creole.body
    assert "10 out, 13 out, 18 out, 21 out ak 26 out 2020" in creole.body
    assert not any("tier" in (each.subject + each.body).lower() for each in letters)


def test_RD62_at_18_and_without_anybody_on_record_the_letter_goes_to_the_student_in_person(world: World) -> None:
    grown, alone, kept = (world.students[name] for name in ("Abara", "Grant", "Hollis"))
    parent(world, "Abara")
    parent(world, "Hollis", may_contact=False)
    grown.birth_date = date(2002, 10, 27)
    grown.save()
    for student in (grown, alone, kept):
        absent(world, student.family_name, 5)
    found = {(each.key.student_id, each.key.guardian_id, each.kind) for each in due_letters(world.scope("osei"))}
    # Of 18 nobody is of compulsory age; for Hollis somebody answers to whom nobody may write, and the page says so.
    assert list(nobody_to_write_to(world.scope("osei"))) == list(nobody_to_write_to(world.scope("mayfield"))) == [kept]
    assert not nobody_to_write_to(world.scope("lindqvist")).exists()
    assert found == {(grown.pk, 0, "tier_1"), (alone.pk, 0, "tier_1"), (alone.pk, 0, "truancy_first")}
    letter = next(each for each in write_all(world) if each.student_id == grown.pk)
    assert letter.guardian is None
    assert letter.body.startswith("We write to you in person")
    assert letter.addressee == f"{grown.given_name} Abara"
    grown.birth_date = date(2002, 10, 28)
    grown.save()
    assert {each.key.guardian_id for each in due_letters(world.scope("osei"), [grown.pk])} != {0}


def test_two_people_and_a_double_click_write_one_letter_and_it_is_due_no_more(world: World) -> None:
    parent(world, "Abara")
    absent(world, "Abara", 5)
    keys = [each.key for each in due_letters(world.scope("osei"))]
    first = make_letters(world.scope("osei"), keys)
    again = make_letters(world.scope("okafor"), [*keys, DueKey("notice", 9, 9, 9)])
    assert (first.made, first.not_due, again.made, again.not_due) == (2, 0, 0, 3)
    assert kinds_due(world) == []
    assert Letter.objects.count() == 2
    with pytest.raises(Refused, match="Choose"):
        make_letters(world.scope("osei"), [])


def test_nobody_writes_letters_of_another_school_or_beyond_their_rights(world: World) -> None:
    parent(world, "Abara")
    absent(world, "Abara", 5)
    keys = [each.key for each in due_letters(world.scope("osei"))]
    assert make_letters(world.scope("lindqvist"), keys).made == 0
    assert make_letters(world.scope("whitfield"), keys).made == 0
    assert make_letters(world.scope("mayfield"), keys).made == 1
    [letter] = Letter.objects.all()
    for act in (
        lambda scope: withdraw_letter(scope, letter.pk, reason="No"),
        lambda scope: print_letters(scope, [letter.pk], way="student", submission_id=uuid4()),
    ):
        for stranger in ("lindqvist", "whitfield"):
            with pytest.raises(NotInScope):
                act(world.scope(stranger))


def test_ST02_a_correction_below_the_threshold_withdraws_the_letter_visibly_and_a_new_crossing_writes_anew(
    world: World,
) -> None:
    parent(world, "Abara")
    days = absent(world, "Abara", 5)
    ready, _ = write_all(world)
    corrected(world, "Abara", days[2])
    ready.refresh_from_db()
    assert (ready.withdrawn_at, ready.withdrawn_why, ready.withdrawn_by) == (NOW, "ground", None)
    assert Letter.objects.filter(withdrawn_why="ground").count() == 2
    assert kinds_due(world) == []
    # What was withdrawn before it was printed is not printed.
    with pytest.raises(Refused, match="printed or withdrawn meanwhile"):
        print_all(world)
    days_of(world, "Abara", [WEEKDAYS[-1]])
    follow(world, world.students["Abara"])
    assert kinds_due(world) == ["tier_1", "truancy_first"]
    assert len(write_all(world)) == 4


def test_a_notice_of_other_days_is_written_anew_unless_the_letter_was_printed(world: World) -> None:
    parent(world, "Abara")
    days = absent(world, "Abara", 8)
    letters = write_all(world)
    corrected(world, "Abara", days[0])
    stale = Letter.objects.get(withdrawn_why="changed")
    assert stale.kind == "truancy_first"
    assert kinds_due(world) == ["truancy_first"]
    anew = Letter.objects.exclude(pk__in=[each.pk for each in letters])
    write_all(world)
    print_all(world, list(anew.all()))
    corrected(world, "Abara", days[1])
    assert anew.get().stands
    assert kinds_due(world) == []


def test_a_batch_is_printed_once_and_leaves_out_whom_a_court_forbade_since(world: World) -> None:
    parent(world, "Abara")
    forbidden = parent(world, "Abara", "Jean")
    absent(world, "Abara", 5)
    letters, form = write_all(world), uuid4()
    GuardianLink.objects.filter(guardian=forbidden).update(may_contact=False)
    scope, ids = world.scope("osei"), [each.pk for each in letters]
    done = print_letters(scope, ids, way="office", submission_id=form)
    assert (done.letters, done.withdrawn) == (2, 2)
    assert print_letters(scope, ids, way="office", submission_id=form).batch == done.batch
    assert LetterBatch.objects.count() == 1
    assert set(Letter.objects.filter(guardian=forbidden).values_list("withdrawn_why", "printed_at")) == {
        ("recipient", None)
    }
    with pytest.raises(Refused, match="meanwhile"):
        print_letters(scope, ids, way="office", submission_id=uuid4())
    for ids, way, words in (([], "office", "Choose"), ([1], "pigeon", "how the letters go out")):
        with pytest.raises(Refused, match=words):
            print_letters(scope, ids, way=way, submission_id=uuid4())
    # Nobody has an account: nothing is mailed.
    assert not Message.objects.exists()


def test_a_letter_is_withdrawn_with_a_reason_and_written_anew_where_that_is_asked(world: World) -> None:
    parent(world, "Abara")
    absent(world, "Abara", 5)
    first, second = write_all(world)
    scope = world.scope("osei")
    with pytest.raises(Refused, match="Say why"):
        withdraw_letter(scope, first.pk, reason="  ")
    withdraw_letter(scope, first.pk, reason="The family came in")
    withdraw_letter(scope, second.pk, reason="Words mended", write_anew=True)
    withdraw_letter(scope, second.pk, reason="Once more")
    assert kinds_due(world) == [second.kind]
    second.refresh_from_db()
    assert second.withdrawn_reason == "Words mended"
    assert len(write_all(world)) == 3


def test_a_student_who_left_and_days_of_grace_make_no_letter_due(world: World) -> None:
    parent(world, "Abara")
    absent(world, "Abara", 5)
    Crossing.objects.update(acts_on=TODAY + timedelta(days=1))
    assert kinds_due(world) == ["truancy_first"]
    world.students["Abara"].enrollments.update(ends_on=TODAY - timedelta(days=1))
    follow(world, world.students["Abara"])
    assert kinds_due(world) == []


def test_making_letters_takes_the_same_statements_for_however_many(world: World) -> None:
    more = [add_student(world, f"Pupil{number} A", f"30000000{number}", world.lincoln) for number in range(5)]
    for student in more:
        parent(world, student.family_name)
        absent(world, student.family_name, 5)
    scope = world.scope("osei")
    keys = [each.key for each in due_letters(scope)]

    def statements(some: list[DueKey]) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert make_letters(scope, some).made == len(some)
        return len(asked)

    one = [each for each in keys if each.student_id == more[0].pk]
    assert statements(one) == statements([each for each in keys if each.student_id != more[0].pk])


WORDS = Template("About {child}", "{student} of {school}")


def test_the_district_writes_other_words_from_a_day_on_and_what_is_written_stays(world: World) -> None:
    parent(world, "Abara")
    absent(world, "Abara", 5)
    reyes = world.scope("reyes")
    seeded = LetterTemplate.objects.get(kind="tier_1", language="es")
    own = write_letter_words(reyes, "tier_1", "es", WORDS, holds_from=TODAY, seen=seeded.pk)
    assert write_letter_words(reyes, "tier_1", "es", WORDS, holds_from=TODAY, seen=seeded.pk) == own
    later = Template("Later {child}", "{student} at {school}\r\n")
    tomorrow = TODAY + timedelta(days=1)
    write_letter_words(reyes, "tier_1", "es", later, holds_from=tomorrow, seen=own.pk)
    letter = next(each for each in write_all(world) if each.kind == "tier_1")
    assert letter.template == own
    assert letter.subject == f"About {world.students['Abara'].given_name}"
    next_day = replace(world.scope("osei"), now=NOW + timedelta(days=1))
    withdraw_letter(next_day, letter.pk, reason="Mended", write_anew=True)
    make_letters(next_day, [each.key for each in due_letters(next_day)])
    assert Letter.objects.latest("pk").subject.startswith("Later")


def test_words_are_refused_with_everything_that_is_wrong_and_by_the_district_alone(world: World) -> None:
    reyes, seeded = world.scope("reyes"), LetterTemplate.objects.get(kind="truancy_final", language="ht")

    def write(words: Template, *, scope=reyes, on: date = TODAY, seen: int = seeded.pk) -> None:
        write_letter_words(scope, "truancy_final", "ht", words, holds_from=on, seen=seen)

    with pytest.raises(Refused) as refused:
        write(Template("{studnet} in tier 3", "{student} {school} {"))
    for words in ("{studnet} is no placeholder", "{absences} has to stand", "{days} has to", "alone", "never names"):
        assert words in str(refused.value)
    good = Template("{absences}", "{student} {school} {days}")
    with pytest.raises(Refused, match="today at the earliest"):
        write(good, on=TODAY - timedelta(days=1))
    with pytest.raises(Stale):
        write(good, seen=seeded.pk - 1)
    with pytest.raises(Forbidden):
        write(good, scope=world.scope("osei"))
    for kind, language in (("tier_9", "es"), ("tier_1", "fr")):
        with pytest.raises(NotInScope):
            write_letter_words(reyes, kind, language, good, holds_from=TODAY, seen=1)


def test_a_key_is_read_as_it_was_sent_and_nothing_else_is_one() -> None:
    key = DueKey("notice", 1, 2, 0)
    assert read_key(str(key)) == key
    for wrong in ("", "notice-1-2", "case-1-2-3", "notice-1-2-x", "notice-1-2-²", "notice-1-2-9999999999999999999"):
        assert read_key(wrong) is None


@pytest.mark.django_db
def test_MD09_the_words_that_came_with_the_product_are_without_fault_in_every_kind_and_language() -> None:
    seeded = LetterTemplate.objects.filter(written_by=None)
    assert set(seeded.values_list("kind", "language")) == {(kind, each) for kind in LetterKind for each in LANGUAGES}
    assert seeded.count() == len(LetterKind) * len(LANGUAGES)
    for row in seeded:
        assert findings(LetterKind(row.kind), Template(row.subject, row.body)) == []
