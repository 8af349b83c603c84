"""Disposals: proposed by one person, confirmed by another, followed, and proved."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from students.access import Scope
from students.models import Disposal, DisposalState, RecordKind
from students.refusals import NotInScope
from students.rules.csv_text import people_csv
from students.selectors.kept_rows import counted_rows
from students.selectors.retention import disposal_in_scope, removal_steps, removed_by_table, table_words, year_kept
from students.selectors.retention_page import kind_line
from students.services.dispatch import hand_to_a_worker
from students.services.disposals import confirm_disposal, propose_disposal, withdraw_disposal
from students.services.disposing import DISPOSE_TASK
from students.views.acting import done
from students.views.district import district_scope
from students.views.retention_forms import ConfirmForm, ProposeForm

_COLUMNS = ["Records", "Table", "Step", "Rows", "First day", "Last day", "SHA-256"]


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, year_id: int, kind: str) -> HttpResponse:
    """What a disposal of a year's records of a kind would remove; a POST proposes it."""
    scope = district_scope(request)
    kept = year_kept(scope, year_id)
    if kind not in RecordKind.values:
        raise NotInScope
    form = ProposeForm(kept.year.name, request.POST if request.method == "POST" else None)
    if form.is_bound and done(form, lambda: propose_disposal(scope, year_id, kind, **form.cleaned_data)):
        messages.success(request, _("It is proposed. Another district administrator confirms it before anything goes."))
        return redirect("retention")
    line = kind_line(scope, kept, kind)
    # Counting a year takes a while: only where it may be proposed.
    counts = counted_rows(scope, year_id, kind) if line.may_propose and not kept.holds else []
    context = {"kept": kept, "line": line, "counts": counts, "rows": sum(each.rows for each in counts), "form": form}
    return render(request, "students/propose_disposal.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def disposal(request: HttpRequest, disposal_id: int) -> HttpResponse:
    """Where a disposal stands and what proves it; a POST confirms it, or withdraws it where it says so."""
    scope = district_scope(request)
    agreed = disposal_in_scope(scope, disposal_id)
    name = agreed.school_year.name
    if request.method != "POST":
        return _shown(request, scope, agreed, ConfirmForm(name))
    if "withdraw" in request.POST:
        withdraw_disposal(scope, disposal_id)
        messages.success(request, _("The proposal is withdrawn. Nothing was removed."))
        return redirect("disposal", disposal_id)
    form = ConfirmForm(name, request.POST)
    if not done(form, lambda: confirm_disposal(scope, disposal_id, **form.cleaned_data)):
        return _shown(request, scope, disposal_in_scope(scope, disposal_id), form, status=422)
    hand_to_a_worker(DISPOSE_TASK, disposal_id)
    messages.success(request, _("It is confirmed. A worker carries it out, and the proof stands here."))
    return redirect("disposal", disposal_id)


@require_safe
def disposal_proof(request: HttpRequest, disposal_id: int) -> HttpResponse:
    """Every step of a disposal as a file, with the hash over all of them in its last line."""
    scope = district_scope(request)
    agreed = disposal_in_scope(scope, disposal_id)
    rows = [
        [table_words(each.table), each.table, str(each.batch), str(each.rows), *_days(each), each.sha256]
        for each in removal_steps(scope, agreed)
    ]
    rows.append(["All steps", "", "", str(agreed.rows_removed), "", "", agreed.proof_sha256])
    response = HttpResponse(people_csv(_COLUMNS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="disposal-{agreed.pk}-proof.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _days(removed: Any) -> list[str]:
    return [day.isoformat() if day else "" for day in (removed.first_day, removed.last_day)]


def _shown(request: HttpRequest, scope: Scope, agreed: Disposal, form: ConfirmForm, status: int = 200) -> HttpResponse:
    context = {
        "agreed": agreed,
        "removed": removed_by_table(scope, agreed),
        "is_mine": agreed.proposed_by_id == scope.user_id,
        "waits": agreed.state == DisposalState.PROPOSED,
        "form": form,
    }
    return render(request, "students/disposal.html", context, status=status)
