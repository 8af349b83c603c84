"""Pages of interventions."""

from django.urls import URLPattern, path

from interventions.views.alert_policy import alert_policy
from interventions.views.calls import finish_step, log_call
from interventions.views.campaigns import (
    campaign,
    campaign_work,
    campaigns,
    discard_campaign_page,
    edit_campaign,
    new_campaign,
    send_campaign_page,
    stop_campaign_page,
)
from interventions.views.care_policy import care_policy
from interventions.views.case import case, student_case
from interventions.views.case_acts import (
    add_case_step,
    case_whereabouts,
    close_case_page,
    end_case_step,
    hand_over_case,
    log_case_contact,
    plan_case_step,
    reopen_case_page,
    reopen_case_step,
    withdraw_case_contact,
    withdraw_case_note,
    write_case_note,
)
from interventions.views.disengaged import disengaged, disengaged_csv
from interventions.views.family_alerts import family_alerts_page, family_messages_switch
from interventions.views.family_letters import family_letter_pdf, family_letters_page
from interventions.views.letter import letter, letter_pdf
from interventions.views.letter_words import letter_words, letter_words_list
from interventions.views.letters import letter_batch, letter_list, letter_list_csv, letters
from interventions.views.my_outreach import (
    my_outreach_list,
    my_outreach_result,
    my_outreach_sheet,
    my_outreach_student,
)
from interventions.views.outreach import assign_outreach, outreach, outreach_assignment, propose_outreach
from interventions.views.outreach_workers import outreach_worker, outreach_workers
from interventions.views.partners import edit_partner, finish_partner, new_partner, partner, partners
from interventions.views.plans import (
    add_planned_action,
    change_planned_action,
    move_planned_action,
    plans,
    retire_planned_action,
)
from interventions.views.queue import hand_over_cases, queue, queue_csv
from interventions.views.refer import refer_student
from interventions.views.referrals import change_referral, referral, referral_sheet, referrals
from interventions.views.sent_mail import mail, mail_again, mail_message, mail_returned
from interventions.views.tardy import tardy
from interventions.views.truancy import truancy, truancy_suspensions, truancy_unenrolled
from interventions.views.truancy_list import truancy_list
from interventions.views.truancy_notice import truancy_notice
from interventions.views.unsubscribe import unsubscribe
from interventions.views.warnings import warnings, warnings_csv
from interventions.views.what_if import what_if, what_if_moved, what_if_trial

urlpatterns: list[URLPattern] = [
    path("unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
    path("messages/", mail, name="mail"),
    path("messages/policy/", alert_policy, name="alert_policy"),
    path("messages/returned/", mail_returned, name="mail_returned"),
    path("messages/returned/<int:address_id>/again/", mail_again, name="mail_again"),
    path("messages/<int:message_id>/", mail_message, name="mail_message"),
    path("family/alerts/", family_alerts_page, name="family_alerts"),
    path("family/alerts/<slug:topic>/", family_messages_switch, name="family_messages_switch"),
    path("queue/", queue, name="queue"),
    path("queue/csv/", queue_csv, name="queue_csv"),
    path("queue/hand-over/", hand_over_cases, name="hand_over_cases"),
    path("cases/<int:case_id>/call/", log_call, name="log_call"),
    path("cases/<int:case_id>/steps/<int:step_id>/finish/", finish_step, name="finish_step"),
    path("tardy/", tardy, name="tardy"),
    path("warnings/", warnings, name="warnings"),
    path("warnings.csv", warnings_csv, name="warnings_csv"),
    path("truancy/", truancy, name="truancy"),
    path("truancy/suspensions/", truancy_suspensions, name="truancy_suspensions"),
    path("truancy/unenrolled/", truancy_unenrolled, name="truancy_unenrolled"),
    path("truancy/notices/<int:notice_id>/", truancy_notice, name="truancy_notice"),
    path("truancy/<slug:kind>/list/", truancy_list, name="truancy_list"),
    path("letters/", letters, name="letters"),
    path("letters/list/", letter_list, name="letter_list"),
    path("letters/list/csv/", letter_list_csv, name="letter_list_csv"),
    path("letters/batches/<int:batch_id>/", letter_batch, name="letter_batch"),
    path("letters/words/", letter_words_list, name="letter_words_list"),
    path("letters/words/<slug:kind>/<slug:language>/", letter_words, name="letter_words"),
    path("letters/<int:letter_id>/", letter, name="letter"),
    path("letters/<int:letter_id>/pdf/", letter_pdf, name="letter_pdf"),
    path("family/<int:student_id>/letters/", family_letters_page, name="family_letters"),
    path("family/<int:student_id>/letters/<int:letter_id>/pdf/", family_letter_pdf, name="family_letter_pdf"),
    path("cases/<int:case_id>/", case, name="case"),
    path("cases/<int:case_id>/steps/", add_case_step, name="add_case_step"),
    path("cases/<int:case_id>/steps/<int:step_id>/end/", end_case_step, name="end_case_step"),
    path("cases/<int:case_id>/steps/<int:step_id>/plan/", plan_case_step, name="plan_case_step"),
    path("cases/<int:case_id>/steps/<int:step_id>/reopen/", reopen_case_step, name="reopen_case_step"),
    path("cases/<int:case_id>/notes/", write_case_note, name="write_case_note"),
    path("cases/<int:case_id>/notes/<int:note_id>/withdraw/", withdraw_case_note, name="withdraw_case_note"),
    path("cases/<int:case_id>/contacts/", log_case_contact, name="log_case_contact"),
    path(
        "cases/<int:case_id>/contacts/<int:contact_id>/withdraw/", withdraw_case_contact, name="withdraw_case_contact"
    ),
    path("cases/<int:case_id>/owner/", hand_over_case, name="hand_over_case"),
    path("cases/<int:case_id>/close/", close_case_page, name="close_case"),
    path("cases/<int:case_id>/reopen/", reopen_case_page, name="reopen_case"),
    path("cases/<int:case_id>/whereabouts/", case_whereabouts, name="case_whereabouts"),
    path("campaigns/", campaigns, name="campaigns"),
    path("campaigns/new/", new_campaign, name="new_campaign"),
    path("campaigns/<int:campaign_id>/", campaign, name="campaign"),
    path("campaigns/<int:campaign_id>/change/", edit_campaign, name="edit_campaign"),
    path("campaigns/<int:campaign_id>/work/", campaign_work, name="campaign_work"),
    path("campaigns/<int:campaign_id>/send/", send_campaign_page, name="send_campaign"),
    path("campaigns/<int:campaign_id>/stop/", stop_campaign_page, name="stop_campaign"),
    path("campaigns/<int:campaign_id>/discard/", discard_campaign_page, name="discard_campaign"),
    path("plans/", plans, name="plans"),
    path("plans/tiers/<int:tier>/actions/", add_planned_action, name="add_planned_action"),
    path("plans/actions/<int:action_id>/", change_planned_action, name="change_planned_action"),
    path("plans/actions/<int:action_id>/move/", move_planned_action, name="move_planned_action"),
    path("plans/actions/<int:action_id>/retire/", retire_planned_action, name="retire_planned_action"),
    path("students/<int:student_id>/case/", student_case, name="student_case"),
    path("partners/", partners, name="partners"),
    path("partners/new/", new_partner, name="new_partner"),
    path("partners/<int:partner_id>/", partner, name="partner"),
    path("partners/<int:partner_id>/change/", edit_partner, name="edit_partner"),
    path("partners/<int:partner_id>/end/", finish_partner, name="finish_partner"),
    path("cases/<int:case_id>/refer/", refer_student, name="refer_student"),
    path("referrals/", referrals, name="referrals"),
    path("referrals/<int:referral_id>/", referral, name="referral"),
    path("referrals/<int:referral_id>/change/", change_referral, name="change_referral"),
    path("referrals/<int:referral_id>/sheet/", referral_sheet, name="referral_sheet"),
    path("disengaged/", disengaged, name="disengaged"),
    path("disengaged.csv", disengaged_csv, name="disengaged_csv"),
    path("care-policy/", care_policy, name="care_policy"),
    path("care-policy/what-if/", what_if, name="what_if"),
    path("care-policy/what-if/<int:trial_id>/", what_if_trial, name="what_if_trial"),
    path("care-policy/what-if/<int:trial_id>/students/", what_if_moved, name="what_if_moved"),
    path("outreach/", outreach, name="outreach"),
    path("outreach/proposal/", propose_outreach, name="propose_outreach"),
    path("outreach/assign/", assign_outreach, name="assign_outreach"),
    path("outreach/workers/", outreach_workers, name="outreach_workers"),
    path("outreach/workers/<int:worker_id>/", outreach_worker, name="outreach_worker"),
    path("outreach/mine/", my_outreach_list, name="my_outreach"),
    path("outreach/mine/print/", my_outreach_sheet, name="my_outreach_sheet"),
    path("outreach/mine/<int:assignment_id>/", my_outreach_student, name="my_outreach_student"),
    path("outreach/mine/<int:assignment_id>/result/", my_outreach_result, name="my_outreach_result"),
    path("outreach/<int:assignment_id>/", outreach_assignment, name="outreach_assignment"),
]
