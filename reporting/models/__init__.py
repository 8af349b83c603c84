"""Months, findings and files."""

from reporting.models.months import ExportFile, Finding, MonthRun, RunState, Severity

__all__ = ["ExportFile", "Finding", "MonthRun", "RunState", "Severity"]
