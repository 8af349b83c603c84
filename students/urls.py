"""Pages of people and places."""

from django.urls import path

from students.views.api_reference import api_reference
from students.views.home import home
from students.views.import_run import import_findings, import_run, import_work
from students.views.imports import imports
from students.views.tokens import everybodys, revoke, tokens

urlpatterns = [
    path("", home, name="home"),
    path("imports/", imports, name="imports"),
    path("imports/<int:run_id>/", import_run, name="import"),
    path("imports/<int:run_id>/work/", import_work, name="import_work"),
    path("imports/<int:run_id>/findings/", import_findings, name="import_findings"),
    path("account/tokens/", tokens, name="tokens"),
    path("account/tokens/<int:token_id>/revoke/", revoke, name="revoke_token"),
    path("account/programs/", api_reference, name="api_reference"),
    path("system/tokens/", everybodys, name="all_tokens"),
]
