"""The ``baocao`` command, also as ``python -m baocao``."""

from baocao import process


def main() -> None:
    """Set this process up as the command needs it, then import and run the command."""
    process.hold_stopping()  # the imports below take a while
    process.settle()
    from baocao.cli.main import main as command  # noqa: PLC0415

    command()


if __name__ == "__main__":
    main()
