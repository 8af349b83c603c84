"""A small district as files: one whole set, which a test changes in one place."""

import csv
import io
import zipfile
from pathlib import Path

Rows = list[dict[str, str]]

HEADERS = {
    "orgs": "name,type,identifier,parentSourcedId",
    "academicSessions": "title,type,startDate,endDate,parentSourcedId,schoolYear",
    "courses": "schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes",
    "classes": "title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,"
    "subjectCodes,periods",
    "enrollments": "classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
    "roles": "userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId",
    "demographics": "birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,"
    "nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,"
    "countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus",
}
USERS_1_1 = (
    "enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,"
    "agentSourcedIds,grades,password"
)
USERS_1_2 = (
    "enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,"
    "password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,"
    "pronouns"
)
DISTRICT_HEADERS = {
    "school_enrollments": "studentSourcedId,schoolSourcedId,entryDate,entryCode,exitDate,exitCode,primary,grade,"
    "adaIncluded",
    "calendar": "date,schoolSourcedId,eventType,name,dayKind,rotationDay,bellSchedule,attendanceFrequency,"
    "reportingMonth,dismissalTime,grades",
    "bells": "bellSchedule,schoolSourcedId,period,startTime,endTime,kind,deductionStart,deductionEnd,grades",
    "meetings": "classSourcedId,period,rotationDays,startDate,endDate",
    "modes": "studentSourcedId,startDate,endDate,mode,weekdays,rotationDays,reason,classSourcedId",
    "guardians": "studentSourcedId,guardianSourcedId,relationship,contactOrder,language,mayAccess,mayContact,"
    "startDate,endDate",
    "staff_roles": "userSourcedId,role,schoolSourcedId,startDate,endDate",
}
SECRET = "hunter2-in-the-file"


class RosterFiles:
    """The files of a set by name; rows are dictionaries, and what a row leaves out is empty."""

    def __init__(self, version: str = "1.2", students: int = 3) -> None:
        self.version = version
        self.files: dict[str, Rows] = {name: [] for name in HEADERS if version == "1.2" or name != "roles"}
        self.files["users"] = []
        self.manifest: dict[str, str] = {}
        self._places()
        for number in range(1, students + 1):
            self.add_student(f"p{number}", f"10000000{number}" if number < 10 else f"1{number:08}")
        self.add_staff("t1", "teacher", "lincoln")
        self.add("enrollments", sourcedId="e-t1", classSourcedId="algebra", userSourcedId="t1", role="teacher",
                 schoolSourcedId="lincoln", primary="true", beginDate="2020-08-10")  # fmt: skip

    def _places(self) -> None:
        self.add("orgs", sourcedId="district", name="Magnolia", type="district", identifier="2500")
        for school, code in (("lincoln", "2500-008"), ("washington", "2500012")):
            self.add("orgs", sourcedId=school, name=school, type="school", identifier=code, parentSourcedId="district")
        year = {"startDate": "2020-08-10", "endDate": "2021-05-22", "schoolYear": "2021"}
        self.add("academicSessions", sourcedId="year", title="2020-21", type="schoolYear", **year)
        self.add("academicSessions", sourcedId="term", title="Year", type="term", parentSourcedId="year", **year)
        self.add("courses", sourcedId="math", title="Algebra I", courseCode="A1", orgSourcedId="district")
        self.add_class("algebra", "lincoln", "1")

    def add(self, file: str, **row: str) -> dict[str, str]:
        """Add a row to a file, and give it back to be changed."""
        self.files.setdefault(file, []).append(row)
        return row

    def add_class(self, name: str, school: str, periods: str) -> None:
        self.add("classes", sourcedId=name, title=name, courseSourcedId="math", classType="scheduled",
                 schoolSourcedId=school, termSourcedIds="term", periods=periods)  # fmt: skip

    def add_person(self, who: str, role: str, org: str, **row: str) -> dict[str, str]:
        """A person with a role; `role` in the words of the set's version."""
        named = {
            "sourcedId": who,
            "enabledUser": "true",
            "username": who,
            "givenName": f"Given {who}",
            "password": SECRET,
        }
        row = {**named, "familyName": f"Family {who}", **row}
        if self.version == "1.1":
            return self.add("users", orgSourcedIds=org, role=role, **row)
        self.add("roles", sourcedId=f"r-{who}", userSourcedId=who, roleType="primary", role=role, orgSourcedId=org)
        return self.add("users", **row)

    def add_student(self, who: str, state_id: str = "", school: str = "lincoln", section: str = "algebra") -> None:
        """A student in a school since August, in one class."""
        self.add_person(who, "student", school, identifier=state_id, grades="09")
        self.add("enrollments", sourcedId=f"e-{who}", classSourcedId=section, schoolSourcedId=school,
                 userSourcedId=who, role="student", beginDate="2020-08-10")  # fmt: skip

    def add_staff(self, who: str, role: str, org: str) -> dict[str, str]:
        return self.add_person(who, role, org, email=f"{who}@magnolia.example")

    def row(self, file: str, key: str, column: str = "sourcedId") -> dict[str, str]:
        """The row of a file with a value."""
        return next(row for row in self.files[file] if row.get(column) == key)

    def drop(self, file: str, key: str, column: str = "sourcedId") -> None:
        """Take the rows with a value out of a file."""
        self.files[file] = [row for row in self.files[file] if row.get(column) != key]

    def drop_student(self, who: str) -> None:
        """Take a student out of every file."""
        self.drop("users", who)
        for file, column in (("roles", "user"), ("enrollments", "user"), ("school_enrollments", "student")):
            if file in self.files:
                self.drop(file, who, f"{column}SourcedId")

    def text(self, name: str) -> str:
        """A file's text."""
        header = self.header(name)
        out = io.StringIO()
        writer = csv.DictWriter(out, header, lineterminator="\r\n", restval="")
        writer.writeheader()
        writer.writerows(self.files[name])
        return out.getvalue()

    def header(self, name: str) -> list[str]:
        """A file's columns, in order."""
        if name in DISTRICT_HEADERS:
            return DISTRICT_HEADERS[name].split(",")
        users = USERS_1_1 if self.version == "1.1" else USERS_1_2
        own = {column for row in self.files[name] for column in row if column.startswith("metadata.")}
        return ["sourcedId", "status", "dateLastModified", *HEADERS.get(name, users).split(","), *sorted(own)]

    def manifest_text(self) -> str:
        """The manifest: every file of the set is bulk, but for what a test says in `manifest`."""
        said = {"manifest.version": "1.0", "oneroster.version": self.version, "source.systemName": "Tests"}
        for name in [*HEADERS, "users"]:
            if name != "roles" or self.version == "1.2":
                said[f"file.{name}"] = "bulk" if self.files.get(name) else "absent"
        lines = [f"{name},{value}" for name, value in {**said, **self.manifest}.items()]
        return "\r\n".join(["propertyName,value", *lines]) + "\r\n"

    def texts(self) -> dict[str, str]:
        """All files' text by their full name."""
        texts = {f"{name}.csv": self.text(name) for name, rows in self.files.items() if rows}
        return {"manifest.csv": self.manifest_text(), **texts}

    def folder(self, path: Path) -> Path:
        """Write the set into a folder, emptied first."""
        path.mkdir(exist_ok=True)
        for old in path.iterdir():
            old.unlink()
        for name, text in self.texts().items():
            (path / name).write_bytes(text.encode())
        return path

    def zip(self, path: Path) -> Path:
        """Write the set as an archive."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in self.texts().items():
                archive.writestr(name, text)
        return path

    def with_days(self) -> "RosterFiles":
        """Add bells and a calendar from 19 to 30 October 2020, all in month 3."""
        for school in ("lincoln", "washington"):
            for period, start in (("1", "08:00"), ("2", "09:00")):
                self.add("bells", bellSchedule="Regular", schoolSourcedId=school, period=period, startTime=start,
                         endTime=start.replace(":00", ":55"), kind="class")  # fmt: skip
        for day in (19, 20, 21, 22, 23, 26, 27, 28, 29, 30):
            self.add("calendar", date=f"2020-10-{day}", eventType="IN", dayKind="traditional",
                     bellSchedule="Regular", reportingMonth="3")  # fmt: skip
        return self
