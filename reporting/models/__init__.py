"""Months, findings and files."""

from reporting.models.filings import Filing, FilingEvent
from reporting.models.months import ExportFile, Finding, MonthRun, RunState, Severity

__all__ = ["ExportFile", "Filing", "FilingEvent", "Finding", "MonthRun", "RunState", "Severity"]
