"""The findings of students, their enrollments, absences and notices."""

from reporting.rules.kind import ERROR, IN_THE_FILE, ROSTER, WARNING, Kind, MendAt

OF_PEOPLE = (
    Kind("no_state_id", ERROR, "MS-37", "a student without a state id", "`users.identifier`", ROSTER),
    Kind("malformed_state_id", ERROR, "MS-37", "a state id that is not nine digits", "`users.identifier`", ROSTER),
    Kind("shared_state_id", ERROR, "MS-37", "a state id that two students have", "`users.identifier`", ROSTER),
    Kind("grade_missing", ERROR, "MS-37", "an enrollment without a grade", IN_THE_FILE, ROSTER),
    Kind("entry_code_missing", ERROR, "MS-37", "an enrollment without an entry code", IN_THE_FILE, ROSTER),
    Kind("exit_code_missing", ERROR, "MS-37", "an enrollment that ended without an exit code", IN_THE_FILE, ROSTER),
    Kind("unknown_entry_code", ERROR, "MS-37", "an entry code that is not the state’s", IN_THE_FILE, ROSTER),
    Kind("unknown_exit_code", ERROR, "MS-37", "an exit code that is not the state’s", IN_THE_FILE, ROSTER),
    Kind(
        "exit_code_without_value",
        WARNING,
        "MS-37",
        "an exit code whose state value is not public",
        "a fact: ask the state how it wants these reported",
        (MendAt.STUDENT,),
    ),
    Kind("exit_not_in_session", ERROR, "MS-37", "an exit on a day without school", IN_THE_FILE, ROSTER),
    Kind("no_show_was_seen", ERROR, "MS-37", "a no-show who was marked in class", IN_THE_FILE, ROSTER),
    Kind(
        "nobody_to_tell",
        WARNING,
        "RD-50",
        "students without anybody who may be told of an absence and can be reached",
        "`guardians.csv` and `users.csv` of the next roster import",
        (MendAt.STUDENT, MendAt.IMPORTS),
    ),
    Kind(
        "old_roster",
        WARNING,
        "",
        "the last roster is older than a week",
        "take in the newest files",
        (MendAt.IMPORTS,),
    ),
)

OF_ABSENCES = (
    Kind(
        "notice_without_enrollment",
        ERROR,
        "ST-02",
        "a notice of truancy about a student who has no enrollment in the file",
        "give the student’s enrollment again in `school_enrollments.csv`",
        (MendAt.IMPORTS, MendAt.STUDENT),
    ),
    Kind(
        "excuse_without_document",
        ERROR,
        "RD-71",
        "an excuse on an unexcused day without any document",
        "add the document, refuse the excuse, or withdraw it",
        (MendAt.STUDENT_DAY,),
    ),
    Kind(
        "excused_without_document",
        ERROR,
        "RD-71",
        "a day that is excused, with no document behind it",
        "add the document, or refuse the excuse",
        (MendAt.STUDENT_DAY,),
    ),
    Kind(
        "excused_on_paper",
        WARNING,
        "RD-71",
        "days excused by documents seen on paper and not on file",
        "put the papers on file",
        (MendAt.PAPER_EXCUSES,),
    ),
    Kind(
        "suspension_not_unexcused",
        ERROR,
        "ST-02",
        "a day of suspension that is not reported as unexcused",
        "withdraw what else is entered of the day, or the suspension",
        (MendAt.STUDENT_DAY,),
    ),
    Kind(
        "truancy_notice_late",
        WARNING,
        "ST-02",
        "notices of truancy that reached the officer late",
        "a fact: be ready to say why",
        (MendAt.TRUANCY,),
    ),
    Kind(
        "truancy_notice_not_sent",
        WARNING,
        "ST-02",
        "notices of truancy that were due and are not reported",
        "report them, late as they are",
        (MendAt.TRUANCY,),
    ),
)
