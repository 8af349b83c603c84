"""What an import found: faults refuse it, warnings are counted with the first place they stand."""

from collections.abc import Callable
from dataclasses import dataclass, field

KEPT_FAULTS = 1_000
# The line of a row that an earlier set brought: what was warned of then is not warned of again.
EARLIER = 0


def line_named(line: int | None) -> str:
    """A row of a file, to begin a sentence with."""
    return f"Line {line}" if line else "A row of an earlier set"


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason to refuse the import, by file, line, column and value."""

    file: str
    message: str
    line: int | None = None
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        place = [self.file, f"line {self.line}" if self.line else "", f"column {self.column}" if self.column else ""]
        value = f" (it says “{self.value[:80]}”)" if self.value else ""
        return f"{', '.join(part for part in place if part)}: {self.message}{value}"


@dataclass(slots=True)
class Warned:
    """Something accepted all the same: how often, and where first."""

    message: str
    count: int
    place: str

    def __str__(self) -> str:
        often = "once" if self.count == 1 else f"{self.count:,} times"
        return f"{self.message} ({often}{f', first in {self.place}' if self.place else ''})"


@dataclass
class Findings:
    """All faults and warnings of one import. A flood of faults is counted beyond the first thousand."""

    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    warned: dict[str, Warned] = field(default_factory=dict)

    def refuse(self, file: str, message: str, line: int | None = None, column: str = "", value: str = "") -> None:
        """Add a fault; the import will not be applied."""
        self.fault_count += 1
        if len(self.faults) < KEPT_FAULTS:
            self.faults.append(Fault(file, message, line, column, value))

    def warn(self, message: str, file: str = "", line: int | None = None) -> None:
        """Count a warning; the same message is listed once, with its first place."""
        if line == EARLIER:
            return
        if found := self.warned.get(message):
            found.count += 1
            return
        place = f"{file} line {line}" if line else file
        self.warned[message] = Warned(message, 1, place)

    @property
    def warnings(self) -> list[Warned]:
        """The warnings, in the order they were met."""
        return list(self.warned.values())


Warn = Callable[[str], None]
