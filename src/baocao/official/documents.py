"""The two documents of a period, made from a report, its label, additions by hand, and the project's templates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from baocao.config.models import Config
from baocao.config.months import Additions
from baocao.official.content import Annex, Block, Document, Foot, Head, Heading, Paragraph
from baocao.official.figures import Figures
from baocao.official.label import Label
from baocao.official.markup import text_of
from baocao.official.templates import Templates, unusable
from baocao.official.vocabulary import vocabulary
from baocao.present.words import DEMONSTRATION
from baocao.report import Report
from baocao.text import within

SUMMARY = "trich-yeu.md"


def official_name(label: Label) -> str:
    """File name of the official report without its ending; it differs clearly from that of the book's PDF."""
    return f"bao-cao-chinh-thuc-{label.code}"


def extract_name(label: Label) -> str:
    """File name of the extract for the socio-economic report without its ending."""
    return f"trich-ktxh-{label.code}"


def documents(root: Path, report: Report, label: Label, additions: Additions) -> tuple[Document, Document]:
    """The official report, and the extract for the socio-economic report.

    Parameters
    ----------
    root
        The project's folder, with ``reports/chinh-thuc/``.
    report
        The month's report, or that of several months whose last one is ``report.month``.
    label
        The names of the period, and the ledger period of its figures.
    additions
        The analyst's additions for the period.

    Raises
    ------
    UserError
        If a template cannot be used.
    """
    templates = Templates(root, vocabulary(Figures(report, label), additions))
    trace = report.identity.trace if report.identity.month else ""
    official = official_document(templates, report.config, label, additions)
    return replace(official, trace=trace), replace(extract(templates, report.config, label), trace=trace)


def official_document(templates: Templates, config: Config, label: Label, additions: Additions) -> Document:
    """The official report.

    Raises
    ------
    UserError
        If a template cannot be used, or is empty where the form of a report (Decree 30/2020/NĐ-CP) requires words.
    """
    site = config.site
    summary = tuple(text_of(block.runs) for block in templates.blocks(SUMMARY) if isinstance(block, Paragraph))
    if not summary:
        raise unusable(SUMMARY, 0, "không có đoạn chữ nào làm trích yếu")
    return Document(
        name=official_name(label),
        title=f"{config.official.kind.capitalize()} {within(' '.join(summary))}",
        author=site.name,
        day=label.days.end,
        notice=_notice(config),
        head=_head(config, summary),
        body=templates.blocks("bao-cao.md"),
        foot=_foot(config, additions),
        annex=_annex(config, templates.blocks("phu-luc.md")),
    )


def extract(templates: Templates, config: Config, label: Label) -> Document:
    """The extract for the socio-economic report: half a page."""
    body = templates.blocks("trich-ktxh.md")
    titles = [text_of(block.runs) for block in body if isinstance(block, Heading)]
    return Document(
        name=extract_name(label),
        title=titles[0] if titles else f"Trích báo cáo kinh tế - xã hội, {label.name}",
        author=config.site.name,
        day=label.days.end,
        notice=_notice(config),
        body=body,
    )


def _notice(config: Config) -> str:
    return DEMONSTRATION if config.site.demonstration else ""


def _head(config: Config, summary: tuple[str, ...]) -> Head:
    site, form = config.site, config.official
    return Head(
        superior=site.superior,
        issuer=site.issuer,
        country=form.country,
        motto=form.motto,
        number_code=site.report_code,
        place=site.place,
        kind=form.kind,
        summary=summary,
        addressee=site.report_to,
    )


def _foot(config: Config, additions: Additions) -> Foot:
    signature = additions.signature or config.site.signature
    return Foot(
        authority=signature.authority,
        on_behalf=signature.on_behalf,
        position=signature.position,
        signer=additions.signer,
        recipients=(
            "Như trên;",
            *(f"{one};" for one in config.official.recipients),
            f"Lưu: VT, {config.site.draft_code}.",
        ),
    )


def _annex(config: Config, blocks: tuple[Block, ...]) -> Annex | None:
    """The annex: its title is the template's first heading; none if the template is empty."""
    if not blocks:
        return None
    first = blocks[0]
    titled = isinstance(first, Heading)
    room = "\u00a0" * 6
    return Annex(
        label="Phụ lục",
        title=text_of(first.runs) if isinstance(first, Heading) else "SỐ LIỆU CHI TIẾT",
        belongs_to=(
            f"(Kèm theo {config.official.kind.capitalize()} số{room}/{config.site.report_code} "
            f"ngày{room}tháng{room}năm{room}",
            f"của {config.site.name})",
        ),
        blocks=blocks[1:] if titled else blocks,
    )
