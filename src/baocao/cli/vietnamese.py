"""Click in Vietnamese: headings of the help pages and messages of usage errors."""

from __future__ import annotations

import click


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
    """A usage error in Vietnamese, with what to do next."""
    text = error.format_message()
    if isinstance(error, click.NoSuchOption):
        text = f"không có tùy chọn {error.option_name}."
    elif isinstance(error, click.MissingParameter):
        text = f"thiếu {error.param.human_readable_name if error.param else 'tham số'}."
    elif isinstance(error, click.BadParameter):
        text = f"giá trị không hợp lệ cho {error.param.human_readable_name if error.param else 'tham số'}."
    elif isinstance(error, click.UsageError) and text.startswith("No such command"):
        text = f"không có lệnh {text.removeprefix('No such command').strip().split(' ')[0].rstrip('.')}."
    elif isinstance(error, click.UsageError) and "unexpected extra argument" in text:
        text = f"thừa tham số {text[text.find('(') + 1 : text.rfind(')')]}."
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "baocao"
    return f"{text}\n→ Xem cách dùng: {path} --help"
