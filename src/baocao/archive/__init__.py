"""Sealing a month, and holding a sealed month against its hashes and against a new run.

Only this package writes ``data/archive/``. A sealed revision is ``data/archive/YYYY-MM/rN/``::

    manifest.json    each file with hash, size, kind, maker; who closed the month, when, why; the seal before
    SHA256SUMS       the same hashes in the form of ``sha256sum -c``
    inputs.json      what the pages rest on; each page bears its hash
    inputs/          a project folder: params, submissions with the register, notebooks, reports, source
    outputs/         what was made of it, named as in a project folder: ``build/``, ``reports/chuong/``, ``_book/``

``data/archive/CHAIN`` lists the seals in the order of sealing, each with the hash of its manifest, and each manifest
holds the hash of the manifest before it. Whoever replaces the newest seal and ``CHAIN`` together can be found out only
by what stands outside of the folder: git's history, the hash that ``close`` printed (``audit --head``), a signature.
"""
