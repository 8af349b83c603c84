"""The codes of invitations as people copy them from paper: what they are made of, and how a typed one is read."""

# Without I, L, O and U: what looks like a digit, and what makes words.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# 60 bits: at ten guesses an hour nobody hits one of a million codes in a lifetime.
LENGTH = 12
GROUP = 4

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def code_of(numbers: bytes) -> str:
    """A code of twelve random bytes. Raises ValueError for another number of them."""
    if len(numbers) != LENGTH:
        raise ValueError(f"A code is made of {LENGTH} bytes, not of {len(numbers)}.")
    return "".join(ALPHABET[number % len(ALPHABET)] for number in numbers)


def printed(code: str) -> str:
    """A code in groups of four."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read(typed: str) -> str | None:
    """The code that somebody typed, whatever its dashes, blanks and small letters; None where it cannot be one."""
    text = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_READ_AS)
    return text if len(text) == LENGTH and all(sign in ALPHABET for sign in text) else None
