"""Pages of people and places."""

from django.urls import path

from students.views.api_reference import api_reference
from students.views.disposals import disposal, disposal_proof, propose
from students.views.family_account import address, family_account, family_account_end, family_account_letter
from students.views.guardian_accounts import end_family_account, invite_family, student_families
from students.views.import_run import import_findings, import_run, import_work
from students.views.imports import imports
from students.views.invitations import invitations
from students.views.join import join
from students.views.languages import language
from students.views.people import people
from students.views.person import person, person_link, person_role_end, person_switch
from students.views.retention import legal_holds, lift, retention, retention_policy
from students.views.tokens import everybodys, revoke, tokens

urlpatterns = [
    path("join/", join, name="join"),
    path("join/address/<str:token>/", address, name="confirm_address"),
    path("family/account/", family_account, name="family_account"),
    path("family/account/letter/", family_account_letter, name="family_account_letter"),
    path("family/account/end/", family_account_end, name="family_account_end"),
    path("students/<int:student_id>/families/", student_families, name="student_families"),
    path("students/<int:student_id>/families/invite/", invite_family, name="invite_family"),
    path("students/<int:student_id>/families/<int:account_id>/end/", end_family_account, name="end_family_account"),
    path("invitations/", invitations, name="invitations"),
    path("language/", language, name="language"),
    path("imports/", imports, name="imports"),
    path("imports/<int:run_id>/", import_run, name="import"),
    path("imports/<int:run_id>/work/", import_work, name="import_work"),
    path("imports/<int:run_id>/findings/", import_findings, name="import_findings"),
    path("retention/", retention, name="retention"),
    path("retention/policy/", retention_policy, name="retention_policy"),
    path("retention/holds/", legal_holds, name="legal_holds"),
    path("retention/holds/<int:hold_id>/lift/", lift, name="lift_hold"),
    path("retention/years/<int:year_id>/<str:kind>/", propose, name="propose_disposal"),
    path("retention/disposals/<int:disposal_id>/", disposal, name="disposal"),
    path("retention/disposals/<int:disposal_id>/proof.csv", disposal_proof, name="disposal_proof"),
    path("account/tokens/", tokens, name="tokens"),
    path("account/tokens/<int:token_id>/revoke/", revoke, name="revoke_token"),
    path("account/programs/", api_reference, name="api_reference"),
    path("system/people/", people, name="people"),
    path("system/people/<int:person_id>/", person, name="person"),
    path("system/people/<int:person_id>/roles/<int:role_id>/end/", person_role_end, name="person_role_end"),
    path("system/people/<int:person_id>/switch/", person_switch, name="person_switch"),
    path("system/people/<int:person_id>/password-link/", person_link, name="person_link"),
    path("system/tokens/", everybodys, name="all_tokens"),
]
