"""The origin of a book's pages: a sealed revision, or a working copy at some commit."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from baocao import files
from baocao.closed import reopening, seal_of
from baocao.commit import commit_of
from baocao.identity import Earlier, Identity, earlier_months, from_inputs, sealed_inputs
from baocao.measures.ledger import Ledger
from baocao.measures.terms import first_month
from baocao.months import Month, Term
from baocao.report import Report
from baocao.sources import project_digest
from baocao.workspace import Workspace, pinned_identity


def _identity_of(space: Workspace, month: Month, stated: dict[str, str]) -> Identity:
    """What a month's pages say about their origin.

    The identity of the sealed revision, if that is being made again or nothing has changed since it was sealed;
    otherwise the identity of a working copy.
    """
    if pinned := pinned_identity(space, month):
        return pinned
    sealed = sealed_inputs(space.archive, month)
    if sealed and _sources_of(sealed) == sources_digest(space, stated["inputs"]):
        return from_inputs(sealed.read_bytes())
    return working_identity(space, month, stated)


def _sources_of(sealed: Path) -> str:
    """One hash over the sources of a sealed revision; empty for a damaged list, which the audit reports."""
    try:
        return str(json.loads(sealed.read_text("utf-8"))["sources"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def working_identity(space: Workspace, month: Month, stated: dict[str, str]) -> Identity:
    """The identity of a working copy; ``stated`` is the provenance of its figures."""
    seal = seal_of(space.archive, month)
    return Identity(
        month=str(month),
        inputs=stated["inputs"],
        commit=commit_of(space.root),
        earlier=earlier_of(space, month),
        compared=seal.revision,
        reason=reopening(space.archive, month).get("reason", "") if seal.reopened else "",
        provenance=stated,
    )


def _span_identity(space: Workspace, term: Term, stated: dict[str, str]) -> Identity:
    """The identity of the pages of a quarter, half-year or year, which are never sealed."""
    return Identity(
        month=str(term),
        inputs=stated["inputs"],
        commit=commit_of(space.root),
        earlier=earlier_of(space, term),
        provenance=stated,
    )


def earlier_of(space: Workspace, term: Term) -> tuple[Earlier, ...]:
    """The earlier months with files that a book's figures depend on; for a span also its own months."""
    before = first_month(space.config, term).upto(term.plus(-1)) if isinstance(term, Month) else space.months_read(term)
    return earlier_months(space.archive, space.submissions, tuple(month for month in before if month in space.months()))


def sources_digest(space: Workspace, inputs: str) -> str:
    """One hash over all sources of a month's book; ``inputs`` is the value of :meth:`Workspace.inputs_digest`."""
    return files.digest((inputs, project_digest(space.root)))


def earlier_ledger(space: Workspace, month: Month, identity: Identity) -> Ledger | None:
    """The ledger of the sealed revision that this one is compared with; None if there is none."""
    if not identity.compared:
        return None
    beside = space.root / "previous" / "ledger.csv"
    sealed = space.archive / str(month) / f"r{identity.compared}" / "outputs" / "build" / str(month) / "data"
    path = next((path for path in (beside, sealed / "ledger.csv") if path.is_file()), None)
    return Ledger.from_csv(path.read_text("utf-8")) if path else None


def with_origin(space: Workspace, report: Report) -> Report:
    """The report with its identity and the ledger to compare with.

    The origin is that of the report's figures, even if submissions have changed since they were computed.
    """
    if not isinstance(report.month, Month):
        return replace(report, identity=_span_identity(space, report.month, report.provenance))
    identity = _identity_of(space, report.month, report.provenance)
    earlier = earlier_ledger(space, report.month, identity)
    return replace(report, identity=identity, earlier_ledger=earlier)
