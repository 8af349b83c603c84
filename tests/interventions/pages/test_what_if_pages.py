"""The pages on which an administrator tries a policy, looks at whom it would move, and saves it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interventions.models import CarePolicy, PassState, PolicyTrial, TierPass, TrialState
from interventions.services.evaluation import evaluate
from students.models import Student
from students.rules.csv_text import read_csv
from tests.attendance.pages.visitors import client_of
from tests.interventions.acts import absences
from tests.interventions.pages.test_outreach_pages import page
from tests.interventions.trying import worked
from tests.world import NOW, TODAY, World

ADDRESS = "/care-policy/what-if/"
POLICY = {
    "starts_on": "2020-10-27", "name": "Spring", "tier_1_absences": 4, "tier_2_absences": 6, "tier_3_absences": 11,
    "counts_excused": "on", "grace_school_days": 1, "tardies_watched": 5, "absent_days_running": 4,
    "weeks_without_interaction": "", "absent_percent": 50, "absent_window_days": 20, "absent_fewest_days": 10,
    "failed_contacts": 3, "truancy_absences": "5, 10 12", "notice_school_days": 2, "notice_calendar_days": 5,
    "notice_clock_days": 7, "enrollment_days": 15,
}  # fmt: skip


def asked(client: Client, policy: dict[str, object]) -> str:
    """The address of the trial that the form asks for."""
    answer = client.post(ADDRESS, policy)
    assert answer.status_code == 302
    return answer["Location"]


def looked_at(world: World, client: Client, policy: dict[str, object]) -> str:
    """The same, when a worker is through."""
    address = asked(client, policy)
    assert worked(world, PolicyTrial.objects.first()).state == TrialState.DONE
    return address


def moved(world: World, *names: str) -> None:
    """Students whom the policy above moves."""
    for name in names:
        absences(world, name, 4)
    evaluate(world.installation, Student.objects.values_list("pk", flat=True))


def test_RD42_the_district_writes_another_policy_from_a_day_on_and_everybody_is_looked_at_anew(world: World) -> None:
    client = client_of(world, "reyes")
    done = {"school": world.lincoln, "on": TODAY, "requested_at": NOW, "finished_at": NOW, "state": PassState.DONE}
    TierPass.objects.create(**done)
    for given, words in (
        ({"starts_on": "2020-10-26"}, "begins today at the earliest"),
        ({"tier_2_absences": 4}, "Each tier begins at more absences than the one below."),
        ({"absent_window_days": 9}, "at most the window"),
        ({"truancy_absences": "10, 5"}, "numbers of absences that rise"),
        ({"truancy_absences": "five"}, "Write numbers of absences"),
        ({"absent_percent": 101}, "less than or equal to 100"),
    ):
        refused = client.post(ADDRESS, POLICY | given)
        assert refused.status_code == 422
        assert words in refused.content.decode(), words
    assert not PolicyTrial.objects.exists()
    address = looked_at(world, client, POLICY)
    for _ in range(2):
        assert client.post(address).status_code == 302
    written = CarePolicy.objects.get(starts_on=TODAY)
    assert (written.tier_1_absences, written.weeks_without_interaction, written.counts_suspended) == (4, None, False)
    assert (written.truancy_absences, written.entered_by) == ([5, 10, 12], world.users["reyes"])
    assert TierPass.objects.get().state == PassState.WAITING
    other = client.post(ADDRESS, POLICY | {"tier_1_absences": 3})
    assert "begins on this day already" in other.content.decode()
    later = POLICY | {"starts_on": str(TODAY + timedelta(days=9)), "name": "Summer"}
    assert client.post(looked_at(world, client, later)).status_code == 302
    shown = page(world, "osei", "/care-policy/")
    assert "To come" in shown
    assert "Try another policy" not in shown
    assert "4 session days running" in page(world, "reyes", "/disengaged/")
    assert client_of(world, "okafor").post(ADDRESS, POLICY).status_code == 403
    page(world, "whitfield", "/care-policy/", 403)


def test_who_asks_is_led_to_the_trial_which_says_how_far_it_is_until_it_is_done(world: World) -> None:
    moved(world, "Abara", "Shah")
    client = client_of(world, "reyes")
    address = asked(client, POLICY)
    assert asked(client, POLICY) == address
    waiting = page(world, "reyes", address)
    assert "Waiting for a worker" in waiting
    assert f'hx-get="{address}" hx-trigger="load delay:300ms, every 1s"' in waiting
    assert "Save as policy" not in waiting
    polled = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 1s"' in polled
    for part in ("students/", "students/file/"):
        assert client.get(f"{address}{part}")["Location"] == address
    early = client.post(address)
    assert (early.status_code, "Look first, then save." in early.content.decode()) == (409, True)
    PolicyTrial.objects.update(problem="The last attempt failed (OSError).", attempts=2)
    assert "It is tried again (2 of 5)." in page(world, "reyes", address)
    worked(world, PolicyTrial.objects.get())
    done = page(world, "reyes", address)
    assert "2 students would move" in done
    assert "days as of Oct 27, " in done.replace("\u00a0", " ")
    assert "The policy was looked at." in done
    assert "hx-get" not in done


def test_a_trial_that_failed_says_so_and_offers_to_look_again(world: World) -> None:
    address = asked(client_of(world, "reyes"), POLICY)
    PolicyTrial.objects.update(state=TrialState.FAILED, finished_at=NOW, problem="5 workers took it up.")
    shown = page(world, "reyes", address)
    assert "The policy could not be looked at" in shown
    assert "5 workers took it up." in shown
    assert '<details class="what-if-form no-print" open>' in shown
    assert 'value="Spring"' in shown


def test_a_policy_that_moves_nobody_says_so(world: World) -> None:
    address = looked_at(world, client_of(world, "reyes"), POLICY)
    assert "Nobody would move" in page(world, "reyes", address)
    assert "nobody moves in this way" in page(world, "reyes", f"{address}students/?way=tier-0-1")
    assert "nobody moves in this way" in page(world, "reyes", f"{address}students/?way=no-such-way")


def test_the_list_and_the_files_hold_who_would_move_as_the_trial_found_it(world: World) -> None:
    moved(world, "Abara", "Shah")
    client = client_of(world, "reyes")
    address = looked_at(world, client, POLICY)
    moved(world, "Grant")
    listed = client.get(f"{address}students/").context["found"]
    assert [each.name.split(",")[0] for each in listed.lines] == ["Abara", "Shah"]
    here = client.get(f"{address}students/", {"way": "tier-0-1", "school": world.washington.pk}).context["found"]
    assert ([each.name.split(",")[0] for each in here.lines], here.way) == (["Shah"], "no tier to tier 1")
    file = client.get(f"{address}students/file/")
    assert file["Content-Disposition"] == 'attachment; filename="what-if-2020-10-27-district.csv"'
    header, *rows = read_csv(file.content.removeprefix(b"\xef\xbb\xbf"))
    assert [row[header.index("Student")] for row in rows] == [each.name for each in listed.lines]
    assert {row[header.index("As of")] for row in rows} == {"2020-10-27"}
    way = client.get(f"{address}students/file/", {"way": "tier-3-0", "format": "xlsx"})
    assert way["Content-Disposition"] == 'attachment; filename="what-if-2020-10-27-district.xlsx"'


def test_the_pages_of_a_trial_are_the_administrators_of_the_district_alone(world: World) -> None:
    address = looked_at(world, client_of(world, "reyes"), POLICY)
    for person in ("okafor", "osei", "mayfield", "whitfield"):
        for part in ("", "students/", "students/file/"):
            page(world, person, f"{address}{part}", 403)
        assert client_of(world, person).post(address).status_code == 403
    for part in ("", "students/", "students/file/"):
        page(world, "reyes", f"{ADDRESS}{10**9}/{part}", 404)


@pytest.mark.parametrize("part", ["", "students/", "students/file/"])
def test_a_trial_is_shown_in_as_many_statements_however_many_move(world: World, part: str) -> None:
    client, sent = client_of(world, "reyes"), []
    for names in (("Abara", "Shah"), ("Grant", "Hollis", "Baptiste")):
        moved(world, *names)
        PolicyTrial.objects.all().delete()
        address = looked_at(world, client, POLICY)
        with CaptureQueriesContext(connection) as asked_of_the_database:
            assert client.get(f"{address}{part}").status_code == 200
        sent.append(len(asked_of_the_database))
    assert sent[0] == sent[1] <= 8
