"""Packs a month without errors; one that was certified before, with what it says otherwise than that one."""

from functools import partial

from reporting.models import Certification, MonthRun
from reporting.rules.differences import difference_file
from reporting.rules.facts import MonthFacts
from reporting.rules.found import ERROR, Found
from reporting.rules.layout_text import BadLayout
from reporting.rules.layouts import Layout, LayoutFault
from reporting.rules.month_names import month_name
from reporting.rules.package import Package, build_package, package_stem
from reporting.selectors.amendments import reasons_since
from reporting.selectors.layouts import layout_in_use
from reporting.selectors.month_flow import certifications_of
from students.access import Scope


def packed(scope: Scope, run: MonthRun, facts: MonthFacts, found: list[Found]) -> tuple[Package | None, list[Found]]:
    """The package of a month's facts and its findings; no package, and one finding more, where no file can carry it."""
    try:
        return _package(scope, run, facts, layout_in_use(), warnings=len(found)), found
    except BadLayout as fault:
        mend = "Whoever runs the installation mends the layout's file: manage.py doctor names it."
        return None, [Found(ERROR, "layout", "MS-37", f"The layout of the files is unsound. {fault}", mend), *found]
    except LayoutFault as fault:
        mend = "Correct the value in the roster or calendar files and import them."
        return None, [Found(ERROR, "layout", "MS-37", f"The state's file cannot carry a value. {fault}", mend), *found]


def _package(scope: Scope, run: MonthRun, facts: MonthFacts, layout: Layout, *, warnings: int) -> Package:
    pack = partial(build_package, facts, layout, as_of=scope.now, warnings=warnings)
    certified = list(certifications_of(scope, run).select_related("run__package"))
    if not certified:
        return pack()
    name = f"{package_stem(facts.school, month_name(facts.month, facts.first_year))}_Differences.csv"
    return pack(amendment=len(certified), beside={name: _differences(scope, run, certified[-1], pack())})


def _differences(scope: Scope, run: MonthRun, certified: Certification, now: Package) -> bytes:
    reasons = reasons_since(scope, run, certified.run.as_of or certified.certified_at)
    return difference_file(bytes(certified.run.package.content), now.content, reasons)
