"""How names are folded for sorting and searching."""

import re
import unicodedata


def folded(*names: str) -> str:
    """Names without case and accents, in the order given, so that Ávila sorts beside Avila everywhere."""
    joined = " ".join(name.strip() for name in names if name.strip())
    decomposed = unicodedata.normalize("NFKD", joined)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def name_words(typed: str) -> list[str]:
    """The words of a name however it is typed: "Castillo, Mateo", "mateo castillo", "O'Hara"."""
    return re.findall(r"\w+", folded(typed))
