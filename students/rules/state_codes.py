"""The state's code sets for entering and leaving a school (MSIS 2.0), as data.

A local code maps to the state's value; None where the state's value is not public and a district sets its own.
"""

# Enrolled, and never came: such an enrollment makes nobody a member of the school, and no day.
NO_SHOW = "NS"

ENTRY_CODES: dict[str, str | None] = {
    "E1": "74001",  # first entry this year in the state
    "E2": "01835",  # from another grade, same school
    "E3": "01821",  # from another school, same district
    "E4": "01822",  # from another public school of the state
    "E5": "74002",  # from a nonpublic school of the state
    "E6": "74003",  # from another state or country
    "E9": "01833",  # from home school
    "R1": "01836",  # re-entry after a withdrawal
    # Re-entry after the dropout code of the same number.
    **{f"R{number:02}": "01837" for number in range(1, 21)},
}

EXIT_CODES: dict[str, str | None] = {
    "T1": "03505",  # another grade, same school
    "T2": "01907",  # another school, same district
    "T3": "01908",  # another public school of the state
    "T4": "73068",  # a nonpublic school of the state
    "T5": "73067",  # another state or country
    "T7": "73060",  # GED program
    "T8": "01918",  # home school
    "C1": "01921",  # diploma
    "C2": "01922",  # certificate
    "Z1": "73064",  # death
    NO_SHOW: "01927",
    "D01": "01924",  # illness
    "D02": "01925",  # drugs or alcohol
    "D03": "01925",  # emotional
    # Dropouts whose state value is not public.
    **{f"D{number:02}": None for number in range(4, 21)},
}
