"""The ``baocao`` command, also as ``python -m baocao``."""

from baocao import process


def main() -> None:
    """Start as the command wants to be started, then import it."""
    process.hold_stopping()  # what is imported first takes a while
    process.settle()
    from baocao.cli.main import main as command  # noqa: PLC0415

    command()


if __name__ == "__main__":
    main()
