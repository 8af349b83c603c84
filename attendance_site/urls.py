"""Every address of the site."""

from allauth.account import views as account
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from attendance_site import failures, health
from students.api.document import Document, NoSuchAddress

handler400 = failures.bad_request
handler500 = failures.server_error

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("", include("students.urls")),
    path("", include("attendance.urls")),
    path("", include("interventions.urls")),
    path("", include("reporting.urls")),
    path("api/v1/", include("students.api.urls")),
    path("api/v1/", include("attendance.api.urls")),
    path("api/v1/schema/", Document.as_view(), name="api_document"),
    re_path(r"^api/", NoSuchAddress.as_view(), name="api_no_such_address"),
    # Only what staff need of allauth: accounts and their addresses come from the roster.
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/signup/", account.signup, name="account_signup"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    # Whoever has no password yet gets the first one as everybody does who forgot theirs: by a link in a mail.
    path(
        "accounts/password/set/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path("accounts/password/reset/", account.password_reset, name="account_reset_password"),
    # The district's own sign-in: not there while none is configured.
    path("accounts/oidc/<slug:provider_id>/login/", oidc.login, name="openid_connect_login"),
    path("accounts/oidc/<slug:provider_id>/login/callback/", oidc.callback, name="openid_connect_callback"),
    path(
        "accounts/oidc/cancelled/",
        login_not_required(RedirectView.as_view(pattern_name="account_login")),
        name="socialaccount_login_cancelled",
    ),
    path("accounts/password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
