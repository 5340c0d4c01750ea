"""Asks whether a vulnerability is known in a package of requirements.lock; run by `make check`.

Exit code 1 when one is known. Where the service cannot be reached, or knows none of the packages, one line says so and
the check goes on: an installation without a way out is built all the same.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = "requirements.lock"
PATIENCE = 180


def asked() -> tuple[list[dict[str, Any]], str]:
    """What the service answered for each package; or [] with the reason why it answered nothing."""
    command = [sys.executable, "-m", "pip_audit", "-r", LOCK, "--require-hashes", "--disable-pip", "-f", "json"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return [], f"no answer within {PATIENCE} seconds"
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return [], (done.stderr.strip().splitlines() or ["no answer"])[-1][:200]
    return found, ""


def main() -> int:
    """Prints what is known, a line each; the exit code."""
    packages, problem = asked()
    answered = [package for package in packages if "vulns" in package]
    if not answered:
        print(f"Packages were not audited: {problem or 'the service knows none of them'}.")
        return 0
    lines = [
        f"{package['name']} {package['version']}: {one['id']}, mended in {', '.join(one['fix_versions']) or 'none'}"
        for package in answered
        for one in package["vulns"]
    ]
    unknown = len(packages) - len(answered)
    print(
        "\n".join(lines) or f"No vulnerability is known in {len(answered)} packages; {unknown} could not be asked for."
    )
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
