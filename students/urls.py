"""Pages of people and places."""

from django.urls import path

from students.views.api_reference import api_reference
from students.views.home import home
from students.views.tokens import everybodys, revoke, tokens

urlpatterns = [
    path("", home, name="home"),
    path("account/tokens/", tokens, name="tokens"),
    path("account/tokens/<int:token_id>/revoke/", revoke, name="revoke_token"),
    path("account/programs/", api_reference, name="api_reference"),
    path("system/tokens/", everybodys, name="all_tokens"),
]
