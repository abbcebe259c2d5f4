"""Sealing a month, and checking a sealed month against its hashes and against a new run.

Only this package writes ``data/archive/``. A sealed revision is ``data/archive/YYYY-MM/rN/``::

    manifest.json    each file with hash, size, kind, maker; who closed the month, when, why; the previous seal
    SHA256SUMS       the same hashes in the form of ``sha256sum -c``
    inputs.json      what the pages depend on; each page shows its hash
    inputs/          a project folder: params, submissions with the register, notebooks, reports, source
    outputs/         what was made from it, named as in a project folder: ``build/``, ``reports/chuong/``, ``_book/``

``data/archive/CHAIN`` lists the seals in the order of sealing, each with the hash of its manifest, and each manifest
contains the hash of the previous one. If somebody replaces the newest seal together with ``CHAIN``, this can only be
detected from outside: by git's history, the hash that ``close`` printed (``audit --head``), or a signature.
"""
