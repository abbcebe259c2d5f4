"""Signatures of manifests with SSH keys (``ssh-keygen -Y``), for sites that use them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from baocao.archive.standalone import MANIFEST, SIGNATURE
from baocao.errors import UserError

NAMESPACE = "baocao"
SIGNERS = Path("params/nguoi-ky")
"""File of those who may sign, in ``ssh-keygen``'s format of allowed signers: name and public key."""


def sign(manifest: Path, key: Path) -> None:
    """Write the manifest's signature beside it.

    Raises
    ------
    UserError
        If the key cannot sign.
    """
    done = _ssh_keygen("-Y", "sign", "-q", "-f", str(key), "-n", NAMESPACE, str(manifest))
    if done is None or done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip() if done else "máy này không có lệnh ssh-keygen"
        raise UserError(
            f"không ký được bản kê ({why}).",
            where=str(key),
            hint="Khóa tháng không có --sign, hoặc chọn khóa khác.",
        )


def verified(folder: Path, signers: Path) -> str | None:
    """The name of a sealed manifest's signer; empty if the signature is invalid, None if that cannot be checked.

    Parameters
    ----------
    signers
        The file of allowed signers.
    """
    if not signers.is_file():
        return None
    found = _ssh_keygen("-Y", "find-principals", "-f", str(signers), "-s", str(folder / SIGNATURE))
    if found is None:
        return None
    names = found.stdout.decode("utf-8", "replace").split("\n") if found.returncode == 0 else []
    about = ("-n", NAMESPACE, "-s", str(folder / SIGNATURE), "-f", str(signers))
    data = (folder / MANIFEST).read_bytes()
    for name in filter(None, names):
        done = _ssh_keygen("-Y", "verify", "-I", name, *about, stdin=data)
        if done and done.returncode == 0:
            return name
    return ""


def _ssh_keygen(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
    try:
        return subprocess.run(["ssh-keygen", *arguments], input=stdin, capture_output=True, check=False)
    except OSError:
        return None
