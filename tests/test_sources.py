"""Rules that hold for every source file of the project, present and future (style, part 5)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES, MOST_LINES_OF_A_FUNCTION, MOST_LINES_OF_A_TEMPLATE = 400, 40, 120
FOLDERS = ("interparl", "tests", "tools", "docs", "benchmarks", ".ci")
# A path below somebody's home, or below a folder for passing things.
OWN_PATH = re.compile(r"(?<![\w.<>/])/(?:home|root|Users|tmp|wor[k])/\w")
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X]|NotImplemented[E]rror)\b")


def written(*suffixes: str) -> list[Path]:
    """The files with these suffixes that people write, at the root and below; not what Django or a program makes."""
    below = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*")]
    return sorted(
        file
        for file in [*ROOT.iterdir(), *below]
        if file.is_file() and file.suffix in suffixes and not {"migrations", "__pycache__"} & set(file.parts)
    )


def named(file: Path, line: int = 0) -> str:
    """A place as a compiler names it."""
    return f"{file.relative_to(ROOT).as_posix()}:{line}" if line else file.relative_to(ROOT).as_posix()


def test_no_file_is_too_long() -> None:
    code = {named(file): len(file.read_text().splitlines()) for file in written(".py")}
    pages = {named(file): len(file.read_text().splitlines()) for file in written(".html")}
    assert {place: lines for place, lines in code.items() if lines > MOST_LINES} == {}
    assert {place: lines for place, lines in pages.items() if lines > MOST_LINES_OF_A_TEMPLATE} == {}


def test_no_function_is_too_long() -> None:
    found = {}
    for file in written(".py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                lines = node.end_lineno - node.lineno + 1
                if lines > MOST_LINES_OF_A_FUNCTION:
                    found[f"{named(file, node.lineno)} {node.name}"] = lines
    assert found == {}


def test_no_file_names_a_path_of_one_machine() -> None:
    places = [
        named(file, number)
        for file in written(".py", ".html", ".css", ".js", ".md", ".toml", ".yml", ".txt", "")
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1)
        if OWN_PATH.search(line)
    ]
    assert places == []


def test_nothing_is_left_unfinished() -> None:
    places = [
        named(file, number)
        for file in written(".py", ".html", ".css", ".js", ".md")
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert places == []


def test_no_migration_calls_code_that_lives_on() -> None:
    """What a migration does to rows it brings along: living code asks columns that did not exist then."""
    found = [
        named(file, node.lineno)
        for file in sorted((ROOT / "interparl").glob("*/migrations/*.py"))
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("interparl.")
        if ".migrations" not in str(node.module)
    ]
    assert found == []
