"""In which words an office answers."""

import pytest

from attendance.rules.family_notes import in_language


@pytest.mark.parametrize(
    ("language", "words"), [("es", "Hola"), ("ht", "Bonjou"), ("en", "Hi"), ("", "Hi"), ("vi", "Hi")]
)
def test_an_answer_is_in_the_guardians_language_or_in_english(language: str, words: str) -> None:
    assert in_language(language, english="Hi", spanish="Hola", haitian_creole="Bonjou") == words
