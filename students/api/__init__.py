"""The interface for programs: what every address of it shares, and rosters."""
