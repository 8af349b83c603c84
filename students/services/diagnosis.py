"""What is wrong with an installation, in plain words, and what to do about it."""

from students.access import Scope
from students.findings import Finding, Level, registered
from students.services.checkups.background import check_background
from students.services.checkups.configuration import check_configuration
from students.services.checkups.database import check_connection, check_rights
from students.services.checkups.people import check_people
from students.services.checkups.rosters import check_roster_arrivals, check_roster_folder


def diagnose(scope: Scope) -> list[Finding]:
    """Look at everything that can be looked at: without a migrated database, at nothing that stands in it."""
    findings = [*check_configuration(scope), *check_background(scope), *check_roster_folder(scope)]
    database = list(check_connection(scope))
    findings += database
    if any(finding.level is Level.WRONG for finding in database):
        return findings
    of_the_database = (check_rights, check_people, check_roster_arrivals, *registered())
    return findings + [finding for checkup in of_the_database for finding in checkup(scope)]
