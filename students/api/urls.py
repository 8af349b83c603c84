"""Addresses of rosters."""

from django.urls import path

from students.api import imports, rosters

urlpatterns = [
    path("schools/", rosters.Schools.as_view(), name="api_schools"),
    path("schools/<int:school_id>/", rosters.OneSchool.as_view(), name="api_school"),
    path("terms/", rosters.Terms.as_view(), name="api_terms"),
    path("terms/<int:term_id>/", rosters.OneTerm.as_view(), name="api_term"),
    path("courses/", rosters.Courses.as_view(), name="api_courses"),
    path("courses/<int:course_id>/", rosters.OneCourse.as_view(), name="api_course"),
    path("sections/", rosters.Sections.as_view(), name="api_sections"),
    path("sections/<int:section_id>/", rosters.OneSection.as_view(), name="api_section"),
    path("teachers/", rosters.Teachers.as_view(), name="api_teachers"),
    path("teachers/<int:teacher_id>/", rosters.OneTeacher.as_view(), name="api_teacher"),
    path("students/", rosters.Students.as_view(), name="api_students"),
    path("students/<int:student_id>/", rosters.OneStudent.as_view(), name="api_student"),
    path("imports/", imports.Imports.as_view(), name="api_imports"),
    path("imports/<int:run_id>/", imports.OneImport.as_view(), name="api_import"),
    path("imports/<int:run_id>/approve/", imports.Approve.as_view(), name="api_approve_import"),
    path("imports/<int:run_id>/cancel/", imports.Cancel.as_view(), name="api_cancel_import"),
    path("enrollments/", rosters.Enrollments.as_view(), name="api_enrollments"),
]
