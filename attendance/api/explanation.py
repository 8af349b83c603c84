"""How a student's day came about, as programs read it: the working of the page and of the command."""

from rest_framework import serializers

from students.api.fields import ClockField, IdField, InstantField


class PlaceSerializer(serializers.Serializer):
    """The school that a day belongs to (RD-09)."""

    school_id = IdField()
    school = serializers.CharField()
    state_code = serializers.CharField(source="code")
    grade = serializers.CharField()
    calendar = serializers.CharField()


class RuleSerializer(serializers.Serializer):
    """A rule that had a part in the verdict."""

    number = serializers.CharField()
    text = serializers.CharField()


class LineSerializer(serializers.Serializer):
    """A class meeting as it stands for the student: `attended` is null where nobody knows yet.

    `why` says where the minutes that count are not those marked; `mode` how it was taught where the day was otherwise.
    """

    meeting_id = IdField(source="id")
    title = serializers.CharField()
    starts_at = ClockField()
    ends_at = ClockField()
    state = serializers.CharField()
    offered = serializers.IntegerField()
    attended = serializers.IntegerField(allow_null=True)
    falls_short = serializers.BooleanField()
    excused = serializers.IntegerField()
    mark = serializers.CharField()
    arrived_at = ClockField(allow_null=True)
    left_at = ClockField(allow_null=True)
    taken_by = serializers.CharField()
    taken_at = InstantField(allow_null=True)
    void_reason = serializers.CharField()
    mode = serializers.CharField()
    why = serializers.CharField()
    lack = serializers.CharField()
    on_paper_by = serializers.CharField()
    marked_by = serializers.CharField()
    marked_at = InstantField(allow_null=True)
    correction = serializers.CharField()


class TaskSerializer(serializers.Serializer):
    """Work given to a class for the day, in minutes."""

    title = serializers.CharField()
    minutes = serializers.IntegerField()
    entered_by = serializers.CharField()
    entered_at = InstantField()


class PieceSerializer(serializers.Serializer):
    """A piece of the day that is no class met live: `kind` is work, assessment or homebound, `id` of its class or test.

    `attended` is null while nothing is entered; `due_on` says by when that is.
    """

    kind = serializers.CharField()
    id = serializers.IntegerField()
    title = serializers.CharField()
    mode = serializers.CharField()
    starts_at = ClockField(allow_null=True)
    ends_at = ClockField(allow_null=True)
    offered = serializers.IntegerField()
    attended = serializers.IntegerField(allow_null=True)
    falls_short = serializers.BooleanField()
    excused = serializers.IntegerField()
    tasks = TaskSerializer(many=True)
    why = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    lack = serializers.CharField()
    taken_by = serializers.CharField()
    taken_at = InstantField(allow_null=True)


class TeachingSerializer(serializers.Serializer):
    """Something that decided how the day was taught or judged."""

    name = serializers.CharField()
    text = serializers.CharField()


class SourceSerializer(serializers.Serializer):
    """Something that was told of the day: when it happened, when it was entered and by whom, and whether it counts."""

    what = serializers.CharField()
    source = serializers.CharField()
    why = serializers.CharField()
    counts = serializers.BooleanField()
    happened_at = InstantField(allow_null=True)
    entered_by = serializers.CharField()
    entered_at = InstantField(allow_null=True)


class VerdictSerializer(serializers.Serializer):
    """The verdict with its figures, in minutes."""

    status = serializers.CharField()
    absence_kind = serializers.CharField()
    minutes_required = serializers.IntegerField()
    minutes_needed = serializers.IntegerField()
    minutes_attended = serializers.IntegerField()
    minutes_excused = serializers.IntegerField()
    minutes_untaken = serializers.IntegerField()


class WorkingSerializer(serializers.Serializer):
    """How the verdict came about."""

    verdict = VerdictSerializer()
    mode = serializers.CharField()
    policy = serializers.CharField()
    policy_from = serializers.DateField()
    percent = serializers.IntegerField()
    meetings = LineSerializer(many=True)
    pieces = PieceSerializer(many=True)
    teaching = TeachingSerializer(many=True)
    office = SourceSerializer(many=True)
    evidence = SourceSerializer(many=True)
    rules = RuleSerializer(many=True)
    too_short = serializers.IntegerField(allow_null=True)


class DocumentSerializer(serializers.Serializer):
    """A document on file; what it is was told by its bytes."""

    id = IdField()
    kind = serializers.CharField()
    file_name = serializers.CharField()
    content_type = serializers.CharField()
    size_bytes = serializers.IntegerField()
    sha256 = serializers.CharField()
    uploaded_by = serializers.CharField()
    uploaded_at = InstantField()


class ExcuseLineSerializer(serializers.Serializer):
    """An excuse of the day; its reason and document only for those who keep excuses (RD-60)."""

    id = IdField()
    state = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    starts_at = ClockField(allow_null=True)
    ends_at = ClockField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField()
    document = serializers.CharField()
    documents = DocumentSerializer(many=True)
    decision = serializers.CharField()
    decision_reason = serializers.CharField()


class ExplanationSerializer(serializers.Serializer):
    """One student's day. Where nothing was judged `working` is null, and `sentence` says why."""

    student_id = IdField()
    name = serializers.CharField()
    state_id = serializers.CharField()
    date = serializers.DateField(source="day")
    place = PlaceSerializer(allow_null=True)
    status = serializers.CharField()
    sentence = serializers.CharField()
    working = WorkingSerializer(allow_null=True)
    excuses = ExcuseLineSerializer(many=True)
    disagreement = serializers.CharField()
