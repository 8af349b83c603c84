"""The demo's care has something to see on every page: run by the file that loads the demo (tests/attendance/demo)."""

from datetime import timedelta

from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from attendance.demo.cast import COUNSELOR, NOW
from interventions.models import (
    Campaign,
    Case,
    CaseNote,
    Contact,
    Crossing,
    DaysChanged,
    EarlyWarning,
    Letter,
    OutreachAssignment,
    Partner,
    Referral,
    Standing,
    Step,
    TierPass,
    TimelineEntry,
    TruancyNotice,
    WarningRecord,
)
from interventions.selectors.campaign_result import effect
from interventions.selectors.letters_due import due_letters
from interventions.selectors.suspensions import suspension_list
from interventions.selectors.tier_standings import last_passes
from interventions.selectors.unenrolled import unenrolled_list
from interventions.services.passes import pass_school
from students.access import installation_scope, scope_of
from students.models import FamilyAccount, School, User


def test_every_tier_has_its_students_and_cases_and_a_night_changes_nothing() -> None:
    assert set(Standing.objects.values_list("tier", flat=True)) == {0, 1, 2, 3}
    assert set(Case.objects.filter(closed_at__isnull=True).values_list("tier", flat=True)) >= {1, 2, 3}
    assert not DaysChanged.objects.exists()
    scope = installation_scope(NOW)
    schools = list(School.objects.values_list("pk", flat=True))
    assert [pass_school(scope, each).changed for each in schools] == [0, 0, 0]
    assert last_passes(scope, schools) == dict.fromkeys(schools, NOW)
    assert min(TierPass.objects.values_list("students", flat=True)) > 350


def test_some_are_on_course_to_a_threshold_and_the_year_so_far_says_how_often_that_came_true() -> None:
    students = EarlyWarning.objects.values("student").distinct().count()
    assert 40 <= students <= 300
    signs = {reason["sign"] for each in EarlyWarning.objects.all() for reason in each.reasons}
    assert signs == {"rate", "weekday", "streak"}
    whole = WarningRecord.objects.filter(sign="").aggregate(
        judged=Sum("judged"), came_true=Sum("came_true"), crossings=Sum("crossings")
    )
    assert whole["judged"] > 500
    assert whole["came_true"] * 3 > whole["judged"]
    assert whole["came_true"] * 2 > whole["crossings"]


def test_one_is_found_by_the_mondays_alone_and_the_page_says_so(client: Client) -> None:
    mateo = EarlyWarning.objects.filter(student__family_name="Castillo", student__given_name="Mateo")
    assert {reason["sign"] for each in mateo for reason in each.reasons} == {"weekday"}
    client.force_login(
        User.objects.get(username=COUNSELOR.username), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    page = client.get(reverse("warnings"), {"reason": "weekday"}).content.decode()
    assert "Castillo, Mateo" in page
    assert "on 3 of the last 4 Mondays, and 2 Mondays lie ahead" in page


def test_letters_were_printed_in_three_languages_and_some_are_due_ready_and_withdrawn() -> None:
    printed = Letter.objects.filter(printed_at__isnull=False)
    assert set(printed.values_list("language", flat=True)) == {"en", "es", "ht"}
    assert set(printed.values_list("kind", flat=True)) >= {"tier_1", "tier_2", "tier_3", "truancy_first"}
    assert printed.filter(withdrawn_why="person").exists()
    assert Letter.objects.filter(printed_at=None, withdrawn_at=None).exists()
    assert due_letters(scope_of(User.objects.get(username=COUNSELOR.username), NOW))
    # Most who joined have something to read, in each language.
    joined = FamilyAccount.objects.filter(guardian__isnull=False).values("guardian")
    read = printed.filter(guardian__in=joined)
    assert set(read.values_list("language", flat=True)) == {"en", "es", "ht"}


def test_the_fall_is_told_by_timelines_that_began_on_different_days() -> None:
    days = set(Case.objects.values_list("opened_on", flat=True))
    assert len(days) >= 4
    assert Contact.objects.count() >= 50
    assert CaseNote.objects.count() >= 5
    assert Step.objects.filter(state="done").exists()
    assert Case.objects.filter(outcome="improved").exists()
    assert TimelineEntry.objects.filter(kind="handed_over", at__lt=NOW - timedelta(days=20)).exists()
    assert Case.objects.filter(owner__username=COUNSELOR.username).exists()
    assert Case.objects.filter(owner__isnull=True, closed_at__isnull=True).exists()


def test_somebody_is_disengaged_and_the_directory_has_partners_of_every_kind() -> None:
    assert Crossing.objects.filter(ground="disengaged", withdrawn_at__isnull=True).exists()
    assert Partner.objects.values("kind").distinct().count() == 12
    assert Referral.objects.count() == 3
    disengaged = Standing.objects.exclude(criteria=[]).count()
    assert disengaged > OutreachAssignment.objects.filter(ended_at=None).count() > 3


def test_the_officer_was_told_of_most_notices_and_the_newest_wait() -> None:
    notices = TruancyNotice.objects.filter(withdrawn_at=None)
    told = notices.exclude(reported_on=None).count()
    assert told > notices.filter(reported_on=None).count() > 0
    assert set(TruancyNotice.objects.values_list("threshold", flat=True)) == {5, 10, 12}
    scope = installation_scope(NOW)
    assert len(suspension_list(scope).lines) == 1
    assert {each.never_came for each in unenrolled_list(scope).lines} == {True}


def test_one_campaign_went_out_in_three_languages_and_a_draft_waits() -> None:
    sent, draft = Campaign.objects.order_by("written_at")
    assert (sent.state, draft.state) == ("sent", "draft")
    assert set(sent.messages.filter(state="sent").values_list("language", flat=True)) == {"en", "es", "ht"}
    assert {each.language for each in draft.texts.all()} == {"en", "es", "ht"}
    found = effect(installation_scope(NOW), sent)
    assert found.both.before.determined > 0 < found.both.after.determined
    assert not sent.messages.filter(state="waiting").exists()
