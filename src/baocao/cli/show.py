"""Output of the commands: results to stdout (tables or JSON), progress and errors to stderr."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from baocao.cli.console import print_json as _json
from baocao.cli.show_findings import print_findings
from baocao.errors import ExitCode, UserError, error_of_disk
from baocao.months import Month, Term, parse_term
from baocao.standing import Told, told_of_run
from baocao.text import capital, month_long, number, so_far, term_long, times

if TYPE_CHECKING:
    from baocao.execute.run import Outcome, Step
    from baocao.intake.records import Records
    from baocao.many import SiteRun
    from baocao.pipeline import RunResult


def say(text: str) -> None:
    """Print a line for the person at the terminal, to stderr."""
    click.echo(text, err=True)


def refused(error: UserError | OSError) -> int:
    """Print an error that the user can fix as one message; other system errors are bugs and raised again."""
    told = error if isinstance(error, UserError) else error_of_disk(error)
    if told is None:
        raise error
    say(f"Lỗi: {told}")
    return int(told.exit_code)


def progress(outcome: Outcome, step: Step) -> None:
    """One line for each notebook: progress of the run, how the notebook ended, estimated time left."""
    mark = "xong" if outcome.state == "succeeded" else "LỖI "
    left = f"  {times(step.seconds, step.left)}" if step.left else ""
    month = outcome.job.parameters.get("month", "")
    count = so_far(step.done, step.total)
    say(f"{count} {mark} {number(outcome.seconds, 1):>5} giây  {month}  {outcome.job.title}{left}")


def check(records: Records, month: Month, *, as_json: bool) -> int:
    """The findings of a month; exit code 1 if a row or a file was rejected."""
    findings = records.findings
    refused = bool((findings["severity"] == "error").any())
    totals = {name: int(records.files[name].sum()) for name in ("rows_in", "accepted", "rejected")}
    if as_json:
        _json({"month": str(month), **totals, "findings": findings.astype(str).to_dict("records")})
        return ExitCode.FINDINGS if refused else ExitCode.OK
    if len(findings):
        rest = f"Xem đủ: baocao check {month} --json, hoặc --send-back: sổ trả lại từng đơn vị."
        print_findings(findings.to_dict("records"), title="Phát hiện khi kiểm tra số liệu", rest=rest)
    click.echo(
        f"{capital(month_long(month))}: nhận {number(totals['rows_in'])} dòng, tính {number(totals['accepted'])}, "
        f"trả lại {number(totals['rejected'])}; {number(len(findings))} phát hiện."
    )
    if records.files.empty and records.findings.empty:
        click.echo(f"→ Chưa có tệp nào của đơn vị trong data/submissions/{month}/.")
    if refused:
        click.echo("→ Gửi lại đơn vị các dòng, các tệp bị trả lại để sửa, rồi chạy lại: baocao check " + str(month))
    return ExitCode.FINDINGS if refused else ExitCode.OK


def sent_back(books: tuple[Path, ...]) -> None:
    """The workbooks that are ready to be sent back."""
    say(f"Sổ tính gửi trả đơn vị: {len(books)} tệp." if books else "Không có phát hiện nào để gửi trả đơn vị.")
    for path in books:
        say(f"  {path}")


def _explain(done: RunResult, *among: str) -> None:
    """Why each notebook ran or did not, with site and month if there are several."""
    for one in done.outcomes:
        why = "chạy, " + one.because if one.because else "không chạy, không có gì thay đổi"
        say(f"  {'  '.join((*among, one.job.name))}: {why}")


def runs(results: tuple[RunResult, ...], *, several: bool, explain: bool, as_json: bool) -> int:
    """The outcome of a run of one or several months; exit code 1 if a notebook failed."""
    if explain:
        for done in results:
            _explain(done, *([str(done.report.month)] if several else ()))
    if as_json:
        listed = [_run_json(done) for done in results]
        _json(listed if several else listed[0])
    else:
        for done in results:
            run_summary(done)
    return ExitCode.FINDINGS if any(done.failed for done in results) else ExitCode.OK


def sites(done: tuple[SiteRun, ...], *, explain: bool, as_json: bool) -> int:
    """The outcome of a run of many sites; exit code 1 if a notebook failed or a site's files cannot be used."""
    if explain:
        for site in done:
            for month in site.months:
                _explain(month, site.name, str(month.report.month))
    if as_json:
        _json([{"site": s.name, "error": s.error, "months": [_run_json(month) for month in s.months]} for s in done])
    else:
        for site in done:
            _site_summary(site)
    return ExitCode.FINDINGS if any(site.failed for site in done) else ExitCode.OK


def _site_summary(site: SiteRun) -> None:
    counts = {state: sum(month.count(state) for month in site.months) for state in ("succeeded", "unchanged", "failed")}
    words = f"{counts['succeeded']} chạy xong, {counts['unchanged']} không đổi, {counts['failed']} lỗi"
    say(f"{site.name}: {f'LỖI: {site.error}' if site.error else f'{len(site.months)} tháng, {words}.'}")
    for month in site.months:
        for one in month.failed:
            say(f"  LỖI  {month.report.month} {one.job.title}: {one.reason}")


def run_summary(done: RunResult) -> None:
    """How many notebooks ran, and which failed and why."""
    _summary(told_of_run(done))


def _summary(told: Told) -> None:
    notebooks = told["notebooks"]
    failed = [one for one in notebooks if one["state"] == "failed"]
    count = {state: sum(one["state"] == state for one in notebooks) for state in ("succeeded", "unchanged")}
    counts = f"{count['succeeded']} chạy xong, {count['unchanged']} không đổi, {len(failed)} lỗi"
    if died := sum(one["died"] for one in failed):
        counts += f" (trong đó {died} dừng bất thường)"
    say(f"{capital(term_long(parse_term(told['month'])))}: {len(notebooks)} sổ tay: {counts}.")
    if peak := max([0.0, *(one["peak_mib"] for one in notebooks)]):
        say(f"Bộ nhớ của một sổ tay: nhiều nhất {number(peak, 0)} MB, giới hạn {number(told['memory_bound_mib'])} MB.")
    for one in failed:
        say(f"  LỖI  {one['title']} (build/{told['month']}/notebooks/{one['name']}.ipynb): {one['reason']}")


def _run_json(done: RunResult) -> Told:
    return _with_counts(told_of_run(done))


def _with_counts(told: Told) -> Told:
    """The data with the number of notebooks for each kind of outcome, under the names that Jupyter's tools use."""
    kinds = [_kind(one) for one in told["notebooks"]]
    return {**told, "summary": {kind: kinds.count(kind) for kind in ("succeeded", "excepted", "errored", "skipped")}}


def _kind(notebook: Told) -> str:
    if notebook["state"] == "failed":
        return "errored" if notebook["died"] else "excepted"
    return "skipped" if notebook["state"] == "unchanged" else "succeeded"


def book(told: Told, *, as_json: bool) -> int:
    """The place of the book; exit code 1 if a chapter is a placeholder."""
    if as_json:
        _json(_with_counts(told))
    else:
        _summary(told)
        if told["rejected_rows"] or told["errors"]:
            rows, errors = number(told["rejected_rows"]), number(told["errors"])
            say(f"Có {rows} dòng bị trả lại, {errors} lỗi. → {'; '.join(told['checks'])}")
        click.echo("Sách của kỳ:")
        for path in told["outputs"]:
            click.echo(f"  {path}")
    if told["official_problem"]:
        say(f"Lỗi: báo cáo chính thức chưa lập được. {told['official_problem']}")
    failed = any(one["state"] == "failed" for one in told["notebooks"])
    return ExitCode.FINDINGS if failed or told["official_problem"] else ExitCode.OK


def official(outputs: tuple[Path, ...], month: Term, *, as_json: bool) -> int:
    """The place of the official report."""
    if as_json:
        _json({"month": str(month), "outputs": [str(path) for path in outputs]})
    else:
        click.echo(f"Báo cáo chính thức {term_long(month)}:")
        for path in outputs:
            click.echo(f"  {path}")
    return ExitCode.OK
