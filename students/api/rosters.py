"""Rosters, read-only: they are edited where they come from, and come in by imports."""

from rest_framework import serializers

from students.api.fields import IdField
from students.api.paging import PageQuery
from students.api.resource import Call, Resource, operation
from students.api.serializers import (
    CourseSerializer,
    EnrollmentSerializer,
    SchoolSerializer,
    SectionSerializer,
    StudentSerializer,
    TeacherSerializer,
    TermSerializer,
)
from students.models import Course, Enrollment, School, Section, Student, Term, User
from students.rules.token_scopes import ROSTERS_READ
from students.selectors import roster_people, roster_places
from students.selectors.slices import Slice

ON_A_DAY = "A school day, as 2020-10-27; today where none is given."


class CoursesQuery(PageQuery):
    """Which courses."""

    school_id = IdField(required=False, help_text="Courses with a class in this school.")


class SectionsQuery(PageQuery):
    """Which classes."""

    school_id = IdField(required=False)
    course_id = IdField(required=False)
    term_id = IdField(required=False)
    teacher_id = IdField(required=False, help_text="Classes that this person teaches today.")


class StudentsQuery(PageQuery):
    """Which students."""

    school_id = IdField(required=False)
    grade = serializers.CharField(required=False, max_length=20)
    section_id = IdField(required=False)
    on = serializers.DateField(required=False, help_text=ON_A_DAY)


class TeachersQuery(PageQuery):
    """Which teachers."""

    school_id = IdField(required=False)
    section_id = IdField(required=False)
    on = serializers.DateField(required=False, help_text=ON_A_DAY)


class EnrollmentsQuery(PageQuery):
    """Which enrollments."""

    student_id = IdField(required=False)
    school_id = IdField(required=False)
    on = serializers.DateField(required=False, help_text="Enrollments that hold on this day; all where none is given.")


class Schools(Resource):
    """A list: schools."""

    @operation(ROSTERS_READ, SchoolSerializer, query=PageQuery)
    def get(self, call: Call) -> Slice[School]:
        """The schools in scope."""
        return roster_places.schools(call.scope, **call.asked)


class OneSchool(Resource):
    """One of them."""

    @operation(ROSTERS_READ, SchoolSerializer)
    def get(self, call: Call, school_id: int) -> School:
        """One school."""
        return roster_places.school(call.scope, school_id)


class Terms(Resource):
    """A list: terms."""

    @operation(ROSTERS_READ, TermSerializer, query=PageQuery)
    def get(self, call: Call) -> Slice[Term]:
        """The terms of the classes in scope."""
        return roster_places.terms(call.scope, **call.asked)


class OneTerm(Resource):
    """One of them."""

    @operation(ROSTERS_READ, TermSerializer)
    def get(self, call: Call, term_id: int) -> Term:
        """One term."""
        return roster_places.term(call.scope, term_id)


class Courses(Resource):
    """A list: courses."""

    @operation(ROSTERS_READ, CourseSerializer, query=CoursesQuery)
    def get(self, call: Call) -> Slice[Course]:
        """The courses of the classes in scope."""
        return roster_places.courses(call.scope, **call.asked)


class OneCourse(Resource):
    """One of them."""

    @operation(ROSTERS_READ, CourseSerializer)
    def get(self, call: Call, course_id: int) -> Course:
        """One course."""
        return roster_places.course(call.scope, course_id)


class Sections(Resource):
    """A list: sections."""

    @operation(ROSTERS_READ, SectionSerializer, query=SectionsQuery)
    def get(self, call: Call) -> Slice[Section]:
        """The classes in scope."""
        return roster_places.sections(call.scope, **call.asked)


class OneSection(Resource):
    """One of them."""

    @operation(ROSTERS_READ, SectionSerializer)
    def get(self, call: Call, section_id: int) -> Section:
        """One class."""
        return roster_places.section(call.scope, section_id)


class Teachers(Resource):
    """A list: teachers."""

    @operation(ROSTERS_READ, TeacherSerializer, query=TeachersQuery)
    def get(self, call: Call) -> Slice[User]:
        """Who teaches the classes in scope on a day."""
        return roster_people.teachers(call.scope, **call.asked)


class OneTeacher(Resource):
    """One of them."""

    @operation(ROSTERS_READ, TeacherSerializer)
    def get(self, call: Call, teacher_id: int) -> User:
        """Somebody who teaches a class in scope today."""
        return roster_people.teacher(call.scope, teacher_id)


class Students(Resource):
    """A list: students."""

    @operation(ROSTERS_READ, StudentSerializer, query=StudentsQuery)
    def get(self, call: Call) -> Slice[Student]:
        """The students in scope."""
        return roster_people.students(call.scope, **call.asked)


class OneStudent(Resource):
    """One of them."""

    @operation(ROSTERS_READ, StudentSerializer)
    def get(self, call: Call, student_id: int) -> Student:
        """One student."""
        return roster_people.student(call.scope, student_id)


class Enrollments(Resource):
    """A list: enrollments."""

    @operation(ROSTERS_READ, EnrollmentSerializer, query=EnrollmentsQuery)
    def get(self, call: Call) -> Slice[Enrollment]:
        """Enrollments of students in scope, past ones too."""
        return roster_people.enrollments(call.scope, **call.asked)
