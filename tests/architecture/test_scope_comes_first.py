"""Selectors and services take a scope first, with no default: forgetting it is an error and not a leak."""

import ast

import pytest

from tests.architecture.sources import Source, layer

# Public functions that reach no record of their own, with the reason.
WITHOUT_SCOPE = {
    # Words and rows for what a scope has already let through.
    "attendance/selectors/board_rows.py": {"board_periods", "unmarked_in"},
    "attendance/selectors/homerooms.py": {"is_homeroom", "line_of", "line_title"},
    "attendance/selectors/board_version.py": {"digest"},
    "attendance/selectors/calendar_law_words.py": {"law_sentence", "fault_lines", "fault_words", "day_list"},
    "attendance/selectors/calendar_words.py": {"sign_of", "entry_words", "finding_words", "day_name"},
    "attendance/selectors/day_words.py": {"mode_words", "measure_words", "calendar_words", "day_words"},
    "attendance/selectors/family_words.py": {
        "family_reason",
        "reasons_asked",
        "needs_words",
        "documents_words",
        "shown_words",
        "due_words",
        "fault_words",
        "stood_words",
    },
    "attendance/selectors/rule_words.py": {"rule_lines", "cited"},
    "attendance/selectors/minutes_words.py": {"why_these_minutes"},
    "attendance/selectors/review_words.py": {"reviewed"},
    "attendance/selectors/lacking.py": {"lacks_of", "lack_words"},
    "attendance/selectors/ledger_rows.py": {"row_of"},
    "attendance/selectors/office_words.py": {"said_in", "statement_of", "words"},
    "attendance/selectors/reconciliation.py": {"sort_words"},
    "attendance/selectors/saves.py": {"taker"},
    "attendance/selectors/mode_refusals.py": {"conflict_words", "not_offered_words"},
    "attendance/selectors/standing_words.py": {"standing_words"},
    "reporting/selectors/figure_period_plots.py": {"week_lines", "week_plot", "period_plot"},
    "interventions/selectors/what_if_words.py": {"ordered", "way_words"},
    "interventions/selectors/truancy_words.py": {"standing_words"},
    "attendance/selectors/verdict_words.py": {"verdict_sentence", "why_no_verdict"},
    "interventions/selectors/alert_choices.py": {"recipient_of_account"},
    "interventions/selectors/family_alerts.py": {"kinds_of_alerts"},
    "interventions/selectors/alert_words.py": {
        "absence_words",
        "correction_words",
        "class_absence_words",
        "tardy_words",
        "not_known_words",
        "threshold_words",
        "document_words",
        "class_words",
    },
    "interventions/services/absence_alerts.py": {"recipient_of", "sent_to", "name_of"},
    # The signed link is the key, and who writes which mail is said once, when the site starts.
    "interventions/services/opt_outs.py": {
        "reader_of",
        "token_of",
        "reader_by",
        "unsubscribe_link",
        "unsubscribe_headers",
    },
    "interventions/services/alert_mail.py": {"register"},
    "interventions/services/answer_mail.py": {"register"},
    "interventions/services/letter_news.py": {"register"},
    "interventions/services/campaign_mail.py": {"register"},
    "interventions/selectors/campaign_audience.py": {"spoken"},
    "interventions/selectors/campaign_words.py": {"values_for", "texts_of", "finding_words"},
    "interventions/selectors/queue_words.py": {"reason_words"},
    "interventions/selectors/warning_words.py": {"threshold_words", "sign_words", "away_words", "reason_words"},
    "interventions/selectors/letter_findings.py": {"finding_words"},
    "interventions/selectors/letter_kind_words.py": {"withdrawal_of"},
    "interventions/selectors/letter_templates.py": {"words_of"},
    # A key as a form sends it; what it names is looked up through a scope.
    "interventions/selectors/letters_due.py": {"read_key"},
    "interventions/selectors/case_words.py": {
        "crossing_words",
        "withdrawal_words",
        "contact_words",
        "step_end_words",
        "around_words",
        "listed_days",
    },
    "interventions/selectors/plans.py": {"seen_of"},
    "reporting/selectors/class_plots.py": {"class_plots"},
    "reporting/selectors/figure_weeks.py": {"months_of"},
    "reporting/selectors/figure_entry_weeks.py": {"entry_plot"},
    # Words and addresses of counts that are read already.
    "reporting/selectors/tier_weeks.py": {"tier_name", "cells_of", "asks_for", "grade_asked"},
    "reporting/selectors/packages.py": {"packaged_averages"},
    "reporting/selectors/packet_days.py": {"classes_of"},
    "reporting/selectors/packet_tables.py": {"who"},
    "reporting/selectors/family_children.py": {"seen_day"},
    "reporting/selectors/family_day_words.py": {"headline", "meaning"},
    "reporting/selectors/student_year_words.py": {"mode_letter", "chronic_words"},
    "reporting/selectors/family_class_words.py": {"class_words", "work_words", "mark_words"},
    "reporting/selectors/family_month_words.py": {"late_words"},
    "reporting/selectors/family_support_words.py": {"offer_words", "absences_words", "law_words", "to_do_words"},
    "reporting/selectors/family_excuses.py": {"excuse_words"},
    "reporting/selectors/family_plan_words.py": {"way_words", "to_do_words", "span_words"},
    "reporting/selectors/family_told.py": {"office_lines"},
    # A part of a query: the query around it brings the scope.
    "attendance/selectors/own_time.py": {
        "in_own_time",
        "listed_in_outer_meeting",
        "live_in_outer_meeting",
    },
    "attendance/selectors/own_time_classes.py": {"nobody_live"},
    # Rows that one statement gathered, as plain values.
    "attendance/selectors/circumstances.py": {"circumstances"},
    "attendance/selectors/excuse_facts.py": {"excuse_facts", "numbered", "fact_of"},
    # Where a change's ids go: the scope let the change through.
    "interventions/services/outbox.py": {"note_changes"},
    "interventions/selectors/criterion_words.py": {"sign_name", "policy_words", "criterion_line"},
    # Who writes which kind of mail, and the name that a letter bears on its way.
    "interventions/services/messages.py": {"register_writer", "message_id_of"},
    # Workers that a scope has let through, as the rule takes them.
    "interventions/selectors/outreach_workers.py": {"offered"},
    # A judgment as columns.
    "interventions/selectors/standings.py": {"row_of"},
    # How a transaction ends: what is done inside brings the scope.
    "attendance/services/day_changes.py": {"undone"},
    # Which right a row takes that was fetched through a scope.
    "attendance/services/fact_endings.py": {"right_over"},
    # How a transaction reads, not what.
    "reporting/selectors/snapshot.py": {"snapshot"},
    # Files of the installation that say how a month is laid out: nobody's record.
    "reporting/selectors/layouts.py": {"layouts", "layout_in_use"},
    "reporting/services/checkups.py": {"check_at_start"},
    # Files that somebody holds in the hand, and no database.
    "reporting/services/verification.py": {"verify_path"},
    # Bytes under a name; the package was fetched through a scope.
    "reporting/services/package_files.py": {"make_folder", "write_whole"},
    # Bytes of a file, kept with a run that was fetched through a scope.
    "students/services/imports/archive.py": {"sha256_of", "keep", "drop", "pack"},
    # Bytes under a name; the row that names them was fetched through a scope.
    "attendance/services/document_folder.py": {"keep", "opened", "is_there", "older_than", "remove"},
    "attendance/services/documents_gone.py": {"remove_documents"},
    # A run that was fetched through a scope, and the lease of one.
    "students/services/imports/outcomes.py": {"write_down", "wait_for_a_person", "wait_to_be_applied", "end"},
    "students/services/imports/pulse.py": {"beating"},
    # A message with an id; the worker makes its own scope.
    "students/services/dispatch.py": {"hand_to_a_worker"},
    # The lease was taken through a scope, and is the right to its one run.
    "students/services/leases.py": {"renew", "locked", "give_back", "end"},
    # Finds out who asks: there is no scope before that.
    "students/services/api_tokens.py": {"token_of"},
    # Tables and rights, no rows.
    "students/services/planner.py": {"analyze"},
    "students/services/privileges.py": {"append_only_tables", "grant_to_application"},
    "students/services/holding.py": {"hold_records", "held_tables"},
    "students/selectors/kept_rows.py": {"named"},
    "students/selectors/retention.py": {"table_words"},
}


def public_functions(source: Source) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    functions = (node for node in source.tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [function for function in functions if not function.name.startswith("_")]


def takes_scope_first(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    given = [*function.args.posonlyargs, *function.args.args]
    annotation = getattr(given[0].annotation, "id", "") if given else ""
    return bool(given) and (given[0].arg, annotation) == ("scope", "Scope") and len(function.args.defaults) < len(given)


def test_every_public_selector_and_service_takes_a_scope_first_and_without_a_default() -> None:
    wrong = [
        f"{source.at(function)} {function.name}"
        for source in layer("selectors", "services")
        for function in public_functions(source)
        if function.name not in WITHOUT_SCOPE.get(source.path, set()) and not takes_scope_first(function)
    ]
    assert wrong == []


def test_no_exception_outlives_its_function() -> None:
    stale = []
    by_path = {source.path: source for source in layer("selectors", "services")}
    for path, names in WITHOUT_SCOPE.items():
        held = {each.name for each in public_functions(by_path[path]) if not takes_scope_first(each)}
        stale += [f"{path} {name}" for name in names - held]
    assert stale == []


def test_the_functions_of_three_apps_were_looked_at() -> None:
    looked_at = [each for source in layer("selectors", "services") for each in public_functions(source)]
    assert len(looked_at) >= 50
    assert sum(takes_scope_first(each) for each in looked_at) >= 40


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("def f(scope: Scope): ...", True),
        ("def f(scope: Scope, day=None): ...", True),
        ("def f(scope: Scope = None): ...", False),
        ("def f(day, scope: Scope): ...", False),
        ("def f(*, scope: Scope): ...", False),
        ("def f(scope): ...", False),
        ("def f(): ...", False),
    ],
)
def test_the_guard_tells_a_scope_from_none(text: str, holds: bool) -> None:
    assert takes_scope_first(ast.parse(text).body[0]) is holds
