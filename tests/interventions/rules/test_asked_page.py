"""The page that somebody asks for is the one that a paginator would show."""

import pytest
from django.core.paginator import Paginator

from interventions.rules.asked_page import place_of


@pytest.mark.parametrize("page", ["1", 2, "3", "4", "0", "-2", "x", "", "2.5", "99999999999999999999", 1])
def test_the_place_of_a_page_is_that_of_the_paginators_number(page: int | str) -> None:
    shown = Paginator(range(65), 25).get_page(page)
    assert min(place_of(page), shown.paginator.num_pages - 1) == shown.number - 1
