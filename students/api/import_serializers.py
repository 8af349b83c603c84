"""Roster imports as programs read them."""

from rest_framework import serializers

from students.api.fields import IdField, InstantField
from students.models import RunOrigin, RunStage


class CountsSerializer(serializers.Serializer):
    """Records of one kind."""

    created = serializers.IntegerField()
    changed = serializers.IntegerField()
    ended = serializers.IntegerField()
    unchanged = serializers.IntegerField()


class FaultSerializer(serializers.Serializer):
    """A fault with its place; `line` counts the file's lines, the header being the first."""

    file = serializers.CharField()
    line = serializers.IntegerField(allow_null=True)
    column = serializers.CharField()
    value = serializers.CharField()
    message = serializers.CharField()


class WarningSerializer(serializers.Serializer):
    """Something odd that stops nothing."""

    place = serializers.CharField()
    message = serializers.CharField()
    count = serializers.IntegerField()


class ImportSerializer(serializers.Serializer):
    """An import, from the moment its set was received. `counts` are by kind of record."""

    id = IdField()
    origin = serializers.ChoiceField(RunOrigin.choices)
    stage = serializers.ChoiceField(RunStage.choices)
    step = serializers.CharField()
    problem = serializers.CharField()
    file_name = serializers.CharField()
    sha256 = serializers.CharField()
    size = serializers.IntegerField()
    is_partial = serializers.BooleanField()
    received_at = InstantField()
    received_by = serializers.CharField(source="received_by.full_name", default=None, allow_null=True)
    decided_by = serializers.CharField(source="decided_by.full_name", default=None, allow_null=True)
    decided_at = InstantField(allow_null=True)
    finished_at = InstantField(allow_null=True)
    counts = serializers.DictField(child=CountsSerializer())
    held = serializers.ListField(child=serializers.CharField(), help_text="Why a person must confirm it.")
    fault_count = serializers.IntegerField()
    plan_digest = serializers.CharField(help_text="Of the plan as it stands; sent back to agree to it.")


class ImportWithPlanSerializer(ImportSerializer):
    """An import with all that was found in its set: the first faults, and the warnings."""

    reason = serializers.CharField()
    notes = serializers.ListField(child=serializers.CharField())
    warnings = WarningSerializer(many=True)
    faults = FaultSerializer(many=True)
