"""Filters show what holds."""

import re

from tests.architecture.sources import ROOT

_FILTERS = re.compile(r'<form method="get"[^>]*class="filters[^>]*>')


def test_no_browser_that_goes_back_shows_filters_that_do_not_hold() -> None:
    forms = [form for path in (ROOT / "templates").rglob("*.html") for form in _FILTERS.findall(path.read_text())]
    assert [form for form in forms if 'autocomplete="off"' not in form] == []
    assert len(forms) >= 40
