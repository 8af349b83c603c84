import pytest

from students.templatetags.languages import language_name


@pytest.mark.parametrize(
    ("code", "name"), [("en", "English"), ("es", "Spanish"), ("ht", "Haitian Creole"), ("xyz", "xyz")]
)
def test_a_language_is_called_by_its_name(code: str, name: str) -> None:
    assert language_name(code) == name
