"""Types imports of the files that are named, one after another, and says what came of each and how the process grew."""

from __future__ import annotations

import contextlib
import io
import json
import resource
import sys
from pathlib import Path
from unittest.mock import patch

from interparl.config import command_line


def grown() -> int:
    """The most memory that the process ever took, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def typed(kind: str, path: str) -> tuple[int, str]:
    """The exit code of the command and what it wrote of errors; with `--apply`, so that messages are stored too."""
    said = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
        return command_line.run(["import", kind, path, "--apply", "--json"]), said.getvalue()


def main(asked: list[str]) -> None:
    """Prints it as JSON. Each word says the kind and the file: `people-csv=/list.csv`."""
    # The first command, of a file that is not there, makes the tables; the others need not look for them.
    typed("people-csv", "/no/such/list.csv")
    before = grown()
    with patch.object(command_line, "_prepare_database"):
        answers = {Path(path).name: typed(kind, path) for kind, _sign, path in (one.partition("=") for one in asked)}
    print(json.dumps({"said": answers, "grown": grown() - before}))  # noqa: T201 - it prints


if __name__ == "__main__":
    main(sys.argv[1:])
