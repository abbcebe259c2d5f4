"""Reproducible monthly reporting for a plan: submissions in, a checked report book out."""

import sys
from types import ModuleType

__version__ = "0.1.0"


class _Iri(ModuleType):
    """Stands in for ``rfc3987_syntax``, the IRI checker of jsonschema, until it is first used.

    Importing the real module builds a grammar, which takes a second. Nearly everything here imports jsonschema, and
    nothing checks an IRI.
    """

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._real(), name)

    def _real(self) -> ModuleType:
        from importlib import import_module  # noqa: PLC0415

        sys.modules.pop(self.__name__, None)
        return import_module(self.__name__)

    def is_valid_syntax(self, term: str, value: str) -> bool:
        """Whether a text is what the term names."""
        return bool(self._real().is_valid_syntax(term, value))


sys.modules.setdefault("rfc3987_syntax", _Iri("rfc3987_syntax"))
