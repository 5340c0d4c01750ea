"""`interparl check-files`: whether every file that is kept is in its place and is what it was."""

from __future__ import annotations

import argparse
from typing import Any

from interparl.core.hooks import BadAnswer, Command, add_command
from interparl.documents.actions import wrong_files
from interparl.documents.models import Document, Version

WORDS = {"missing": "is not in its place", "altered": "was altered in its place"}


def no_arguments(parser: argparse.ArgumentParser) -> None:
    """It needs none."""


def run_check_files(asked: argparse.Namespace) -> dict[str, Any]:
    """Reads every file; raises BadAnswer when one is missing or altered."""
    findings = [
        {
            "wrong": wrong,
            "digest": digest,
            "documents": list(Document.objects.with_content(digest).order_by("pk").values_list("pk", flat=True)),
        }
        for digest, wrong in wrong_files()
    ]
    files = Version.objects.held().order_by().values("digest").distinct().count()
    answer = {"files": files, "findings": findings}
    if findings:
        raise BadAnswer([f"{one['digest']} {WORDS[str(one['wrong'])]}." for one in findings], answer)
    return answer


def write_check_files(answer: dict[str, Any]) -> str:
    """The same for people."""
    return f"{answer['files']} files, all in their place and unaltered."


add_command(
    Command(
        "check-files",
        "reads every kept file and compares it with its digest",
        no_arguments,
        run_check_files,
        write_check_files,
    )
)
