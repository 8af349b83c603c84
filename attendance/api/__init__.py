"""The interface for programs: class meetings, marking, days and calendars."""
