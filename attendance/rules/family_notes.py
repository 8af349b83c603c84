"""How much a family writes to the office, and in which words the office answers."""

# Notes of one thread's family in 24 hours: an office that is written to without end reads none of it.
MOST_A_DAY = 10


def in_language(language: str, *, english: str, spanish: str, haitian_creole: str) -> str:
    """An answer in a guardian's language: English where that is none of the three."""
    return {"es": spanish, "ht": haitian_creole}.get(language, english)
