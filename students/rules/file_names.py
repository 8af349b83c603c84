"""The name under which a file that somebody sent is kept."""

LONGEST = 150
NAMELESS = "roster.zip"


def plain_name(given: str, nameless: str = NAMELESS) -> str:
    """A file's own name: no path, nothing unprintable, at most 150 bytes, with the end that tells its kind.

    Where nothing of it can be kept it is `nameless`.
    """
    name = "".join(each for each in given.replace("\\", "/").rpartition("/")[2] if each.isprintable())
    stem, dot, end = name.rpartition(".")
    if len(name.encode()) > LONGEST and len(end) <= 10:
        name = _shortened(stem, LONGEST - len(f"{dot}{end}".encode())) + dot + end
    name = _shortened(name, LONGEST)
    return name if name.strip(". ") else nameless


def _shortened(text: str, longest: int) -> str:
    return text.encode()[:longest].decode(errors="ignore")
