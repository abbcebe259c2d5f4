"""Click in Vietnamese: headings of the help pages and messages of usage errors."""

from __future__ import annotations

import re

import click

_GIVEN = re.compile(r"'(.*?)' (?:is|does) |^(\S+) is not in the range")
"""The value in click's messages of values that are not allowed."""


class HelpMixin:
    """Vietnamese headings; mixed into commands and groups."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]  # type: ignore[attr-defined]
        records = [option.get_help_record(ctx) for option in options]
        with formatter.section("Tùy chọn"):
            formatter.write_dl([_in_vietnamese(record) for record in records if record])
        if isinstance(self, click.Group):
            rows = [(name, self.commands[name].get_short_help_str(90)) for name in self.commands]
            with formatter.section("Lệnh"):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "In hướng dẫn này rồi thoát."
        return option


def _in_vietnamese(record: tuple[str, str]) -> tuple[str, str]:
    """An option's line with click's own remarks in Vietnamese."""
    return record[0], record[1].replace("[required]", "[bắt buộc]").replace("[default: ", "[mặc định: ")


class Command(HelpMixin, click.Command):
    """A command with Vietnamese help."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["[TÙY CHỌN]", *super().collect_usage_pieces(ctx)[1:]]


class Group(HelpMixin, click.Group):
    """A group whose commands have Vietnamese help and keep their order of definition."""

    command_class = Command

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        del ctx
        return ["[TÙY CHỌN]", "LỆNH", "…"]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def usage_message(error: click.ClickException) -> str:
    """What is printed of a usage error: in Vietnamese, with what to do next; of a command without a word its help."""
    context = getattr(error, "ctx", None)
    if context and error.message == context.get_help():
        return error.message
    return f"Lỗi: {_what(error)}.\n→ Xem cách dùng: {context.command_path if context else 'baocao'} --help"


def _what(error: click.ClickException) -> str:
    if isinstance(error, click.MissingParameter):
        return f"thiếu {_name(error.param)}"
    if isinstance(error, click.BadParameter):
        return _bad_value(error)
    if isinstance(error, click.NoSuchOption):
        return f"không có tùy chọn {error.option_name}"
    if isinstance(error, click.BadOptionUsage):
        lacks = "requires" in error.message
        return f"tùy chọn {error.option_name} {'cần một giá trị' if lacks else 'không nhận giá trị'}"
    return _of_words(error.format_message())


def _of_words(text: str) -> str:
    """What click says by its words alone."""
    if text == "Missing command.":
        return "thiếu tên lệnh"
    if text.startswith("No such command"):
        return f"không có lệnh {text.removeprefix('No such command').strip().split(' ')[0].rstrip('.')}"
    if "unexpected extra argument" in text:
        return f"thừa tham số {text[text.find('(') + 1 : text.rfind(')')]}"
    return text.rstrip(".")


def _name(param: click.Parameter | None) -> str:
    """A parameter as it is written: ``tùy chọn --to``, ``TỆP``."""
    if param is None:
        return "tham số"
    if isinstance(param, click.Option):
        return f"tùy chọn {max(param.opts, key=len)}"
    return (param.metavar or param.human_readable_name).strip("[].")


def _bad_value(error: click.BadParameter) -> str:
    """Which value of which parameter, and what is allowed."""
    given = _GIVEN.search(error.message)
    value = f" “{given[1] or given[2] or ''}”" if given else ""
    allowed = _allowed(error.param.type) if error.param else ""
    return f"giá trị{value} không hợp lệ cho {_name(error.param)}" + (f"; cho phép: {allowed}" if allowed else "")


def _allowed(kind: click.ParamType[object]) -> str:
    if isinstance(kind, click.Choice):
        return ", ".join(kind.choices)
    if isinstance(kind, click.IntRange):
        return f"số nguyên từ {kind.min} " + ("trở lên" if kind.max is None else f"đến {kind.max}")
    if isinstance(kind, click.Path):
        return f"{'thư mục' if kind.dir_okay else 'tệp'} đã có{', đọc được' if kind.readable else ''}"
    return ""
