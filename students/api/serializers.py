"""Rosters as programs read them."""

from rest_framework import serializers

from students.api.fields import IdField
from students.models import Section


class SchoolSerializer(serializers.Serializer):
    """A school; `state_code` is the state's OrganizationIdentifier, dddd-sss."""

    id = IdField()
    source_id = serializers.CharField()
    name = serializers.CharField()
    state_code = serializers.CharField()


class TermSerializer(serializers.Serializer):
    """A term of a school year; both ends are inclusive."""

    id = IdField()
    source_id = serializers.CharField()
    school_year_id = IdField()
    school_year = serializers.CharField(source="school_year.name")
    name = serializers.CharField()
    kind = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)


class CourseSerializer(serializers.Serializer):
    """A subject as the district offers it."""

    id = IdField()
    source_id = serializers.CharField()
    title = serializers.CharField()
    code = serializers.CharField()


class SectionSerializer(serializers.Serializer):
    """A class of a course. Its roster on a day has an address of its own."""

    id = IdField()
    source_id = serializers.CharField()
    school_id = IdField()
    course_id = IdField()
    course = serializers.CharField(source="course.title")
    title = serializers.CharField()
    code = serializers.CharField()
    kind = serializers.ChoiceField(choices=Section._meta.get_field("kind").choices)
    location = serializers.CharField()
    grades = serializers.ListField(child=serializers.CharField())
    periods = serializers.ListField(child=serializers.CharField())
    term_ids = serializers.ListField(child=serializers.IntegerField())


class TeacherSerializer(serializers.Serializer):
    """Somebody who teaches, as substitute too."""

    id = IdField()
    source_id = serializers.CharField(allow_null=True)
    given_name = serializers.CharField()
    family_name = serializers.CharField()


class StudentSerializer(serializers.Serializer):
    """A student; school and grade are those of the primary enrollment on the scope's day, null and empty without."""

    id = IdField()
    source_id = serializers.CharField()
    state_id = serializers.CharField()
    given_name = serializers.CharField()
    middle_name = serializers.CharField()
    family_name = serializers.CharField()
    preferred_name = serializers.CharField()
    school_id = IdField(source="present_school_id", allow_null=True)
    grade = serializers.CharField(source="present_grade")


class EnrollmentSerializer(serializers.Serializer):
    """Membership of a school. `ends_on` is the last session day, inclusive; null while it holds."""

    id = IdField()
    student_id = IdField()
    school_id = IdField()
    grade = serializers.CharField()
    is_primary = serializers.BooleanField()
    ada_included = serializers.BooleanField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    entry_code = serializers.CharField()
    exit_code = serializers.CharField()
