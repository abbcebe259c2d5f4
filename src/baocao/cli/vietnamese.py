"""Click in Vietnamese: headings of help pages and messages of usage errors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

import click

_GIVEN = re.compile(r"'(.*?)' (?:is|does) |^(\S+) is not in the range")
"""Matches the given value in click's messages about values that are not allowed."""
_WHOLE = 1000
"""Longest line of a command in the list, large enough that none is cut."""
_BETWEEN, _AT_LEAST = re.compile(r"\[(\d+)<=x<=(\d+)\]"), re.compile(r"\[x>=(\d+)\]")
"""Match click's notes on the numbers that an option takes."""
_NO_COMMAND = re.compile(r"No such command (['\"])(.*?)\1")


class HelpMixin:
    """Mixin for commands and groups: Vietnamese headings."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]  # type: ignore[attr-defined]
        records = [option.get_help_record(ctx) for option in options]
        with formatter.section("Tùy chọn"):
            formatter.write_dl([_in_vietnamese(record) for record in records if record])
        if isinstance(self, click.Group):
            rows = [(name, self.commands[name].get_short_help_str(_WHOLE)) for name in self.commands]
            with formatter.section("Lệnh"):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "In hướng dẫn này rồi thoát."
        return option


def _in_vietnamese(record: tuple[str, str]) -> tuple[str, str]:
    """An option's line with click's own remarks in Vietnamese."""
    words = record[1].replace("[required]", "[bắt buộc]").replace("[default: ", "[mặc định: ")
    return record[0], _AT_LEAST.sub(r"[từ \1 trở lên]", _BETWEEN.sub(r"[\1 đến \2]", words))


class Command(HelpMixin, click.Command):
    """A command with Vietnamese help."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as click does, and add the command to the error for an option without its value."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["[TÙY CHỌN]", *super().collect_usage_pieces(ctx)[1:]]


class Group(HelpMixin, click.Group):
    """A group whose commands have Vietnamese help and keep the order in which they were added."""

    command_class = Command

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        del ctx
        return ["[TÙY CHỌN]", "LỆNH", "…"]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def usage_message(error: click.ClickException) -> str:
    """The message for a usage error in Vietnamese, with what to do next; for a command without arguments, its help."""
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
        return _no_option(error.option_name, error.ctx)
    if isinstance(error, click.BadOptionUsage):
        lacks = "requires" in error.message
        return f"tùy chọn {error.option_name} {'cần một giá trị' if lacks else 'không nhận giá trị'}"
    if unknown := _NO_COMMAND.match(error.message):
        commands = _commands(getattr(error, "ctx", None))
        return f"không có lệnh “{unknown[2]}”{_meant(unknown[2], commands)}"
    return _of_words(error.format_message())


def _meant(given: str, known: Iterable[str]) -> str:
    """The known word most similar to the given one, if any, in words."""
    like = get_close_matches(given, known, n=2)
    return f" (có lẽ là {' hoặc '.join(like)})" if like else ""


def _no_option(given: str, context: click.Context | None) -> str:
    """The message for an unknown option, with what may be meant: a similar one, or one that belongs elsewhere."""
    if context and context.parent and given in _options(context.parent.command):
        return f"tùy chọn {given} phải đặt trước tên lệnh"
    if any(given in _options(command) for command in _commands(context).values()):
        return f"tùy chọn {given} phải đặt sau tên lệnh"
    return f"không có tùy chọn {given}{_meant(given, _options(context.command) if context else ())}"


def _options(command: click.Command) -> list[str]:
    return ["--help", *(name for one in command.params if isinstance(one, click.Option) for name in one.opts)]


def _commands(context: click.Context | None) -> Mapping[str, click.Command]:
    command = context.command if context else None
    return command.commands if isinstance(command, click.Group) else {}


def _of_words(text: str) -> str:
    """Messages of click that can be recognised only by their words."""
    if text == "Missing command.":
        return "thiếu tên lệnh"
    if "unexpected extra argument" in text:
        return f"thừa tham số {text[text.find('(') + 1 : text.rfind(')')]}"
    return text.rstrip(".")


def _name(param: click.Parameter | None) -> str:
    """A parameter as a user writes it: ``tùy chọn --to``, ``TỆP``."""
    if param is None:
        return "tham số"
    if isinstance(param, click.Option):
        return f"tùy chọn {max(param.opts, key=len)}"
    return (param.metavar or param.human_readable_name).strip("[].")


def _bad_value(error: click.BadParameter) -> str:
    """The message for a wrong value: parameter, value, and what is allowed."""
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
