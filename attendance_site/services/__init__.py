"""The services First Bell brings with it: PostgreSQL and Redis for whoever has none, and the demo around them.

Nothing here imports Django, and importing it starts nothing. `python -m attendance_site.services` is the way in;
tests and benchmarks use `attendance_site.services.temporary`.
"""
