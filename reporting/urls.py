"""Pages of reporting."""

from django.urls import path

from reporting.views.amendments import month_amendments, month_amendments_file
from reporting.views.audit import ask_packet, audit, packet, packet_file
from reporting.views.certifications import month_certifications
from reporting.views.class_figures import figures_of_class
from reporting.views.downloads import month_file, month_findings, month_package, month_sheet
from reporting.views.family_day import day
from reporting.views.family_month import month as family_month
from reporting.views.family_pages import family
from reporting.views.family_plan import plan
from reporting.views.family_today import today, today_live
from reporting.views.family_year import year
from reporting.views.figure_entries import figure_entries, figure_entries_of_school
from reporting.views.figure_periods import figure_periods, figure_periods_of_school, marks_of_figure
from reporting.views.figures import chronic_of_school, days_of_figure, days_of_schools, figures, figures_of_school
from reporting.views.filing import month_filing
from reporting.views.home import home
from reporting.views.month import month, month_work
from reporting.views.month_acts import month_acknowledge, month_approve, month_cancel, month_certify
from reporting.views.month_rows import month_rows
from reporting.views.months import months
from reporting.views.student import student
from reporting.views.tier_figures import figure_tiers, figure_tiers_of_school, students_of_tiers
from reporting.views.what_if_files import what_if_moved_file

urlpatterns = [
    path("", home, name="home"),
    path("family/", family, name="family"),
    path("family/<int:student_id>/", today, name="family_today"),
    path("family/<int:student_id>/live/", today_live, name="family_today_live"),
    path("family/<int:student_id>/month/", family_month, name="family_month"),
    path("family/<int:student_id>/year/", year, name="family_year"),
    path("family/<int:student_id>/days/<iso_date:day>/", day, name="family_day"),
    path("family/<int:student_id>/plan/", plan, name="family_plan"),
    path("audit/", audit, name="audit"),
    path("audit/ask/", ask_packet, name="ask_packet"),
    path("audit/packets/<int:packet_id>/", packet, name="packet"),
    path("audit/packets/<int:packet_id>/file/", packet_file, name="packet_file"),
    path("figures/", figures, name="figures"),
    path("figures/days/", days_of_schools, name="days_of_schools"),
    path("figures/periods/", figure_periods, name="figure_periods"),
    path("figures/schools/<int:school_id>/periods/", figure_periods_of_school, name="figure_periods_of_school"),
    path("figures/schools/<int:school_id>/marks/", marks_of_figure, name="marks_of_figure"),
    path("figures/schools/<int:school_id>/", figures_of_school, name="figures_of_school"),
    path("figures/schools/<int:school_id>/days/", days_of_figure, name="days_of_figure"),
    path("figures/schools/<int:school_id>/chronic/", chronic_of_school, name="chronic_of_school"),
    path("figures/classes/<int:section_id>/", figures_of_class, name="figures_of_class"),
    path("figures/tiers/", figure_tiers, name="figure_tiers"),
    path("figures/tiers/students/", students_of_tiers, name="students_of_tiers"),
    path("figures/schools/<int:school_id>/tiers/", figure_tiers_of_school, name="figure_tiers_of_school"),
    path("figures/entries/", figure_entries, name="figure_entries"),
    path("figures/schools/<int:school_id>/entries/", figure_entries_of_school, name="figure_entries_of_school"),
    path("care-policy/what-if/<int:trial_id>/students/file/", what_if_moved_file, name="what_if_moved_file"),
    path("students/<int:student_id>/", student, name="student"),
    path("months/", months, name="months"),
    path("months/certifications/", month_certifications, name="month_certifications"),
    path("months/<int:school_id>/<int:month>/", month, name="month"),
    path("months/<int:school_id>/<int:month>/amendments/", month_amendments, name="month_amendments"),
    path("months/<int:school_id>/<int:month>/amendments/file/", month_amendments_file, name="month_amendments_file"),
    path("months/<int:school_id>/<int:month>/work/", month_work, name="month_work"),
    path("months/runs/<int:run_id>/cancel/", month_cancel, name="month_cancel"),
    path("months/runs/<int:run_id>/warnings/<slug:code>/", month_acknowledge, name="month_acknowledge"),
    path("months/runs/<int:run_id>/approval/", month_approve, name="month_approve"),
    path("months/runs/<int:run_id>/certification/", month_certify, name="month_certify"),
    path("months/runs/<int:run_id>/package/", month_package, name="month_package"),
    path("months/runs/<int:run_id>/files/<slug:record_set>/", month_file, name="month_file"),
    path("months/runs/<int:run_id>/files/<slug:record_set>/rows/", month_rows, name="month_rows"),
    path("months/runs/<int:run_id>/files/<slug:record_set>/sheet/", month_sheet, name="month_sheet"),
    path("months/runs/<int:run_id>/files/<slug:record_set>/filing/", month_filing, name="month_filing"),
    path("months/runs/<int:run_id>/findings/", month_findings, name="month_findings"),
]
