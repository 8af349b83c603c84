"""What programs can ask, for people: the OpenAPI document as a page."""

from collections import defaultdict
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator


@require_safe
def api_reference(request: HttpRequest) -> HttpResponse:
    """Every operation, by subject."""
    return render(request, "students/api_reference.html", {"subjects": _subjects()})


@cache
def _subjects() -> list[tuple[str, list[dict[str, Any]]]]:
    """The operations of each subject; made once a process, since addresses do not change while it lives."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    for path, operations in sorted(paths.items()):
        for method, said in operations.items():
            found[said["tags"][0]].append(_line(path, method, said))
    return list(found.items())


def _line(path: str, method: str, said: dict[str, Any]) -> dict[str, Any]:
    words, _, needs = said["description"].partition("\n\n")
    scope = needs.partition("`")[2].partition("`")[0]
    taken = [each for each in said.get("parameters", []) if each["in"] != "path"]
    return {"method": method.upper(), "path": path, "words": words, "needs": scope, "parameters": taken}
