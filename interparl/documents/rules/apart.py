"""The program that reads a text apart from the server, so that no file takes its memory or its time.

`python -m interparl.documents.rules.apart MEDIA MEGABYTES SECONDS < file` prints {"text", "passages", "is_cut"} or
{"reason"} as JSON.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
from typing import BinaryIO, cast

from interparl.documents.rules.passages import passages
from interparl.documents.rules.texts import Unreadable, text_of

# By how much it stands behind the server.
BEHIND = 10


def read(media: str) -> dict[str, object]:
    """What standard input holds."""
    file = cast("BinaryIO", sys.stdin.buffer)
    try:
        found = text_of(file, os.fstat(file.fileno()).st_size, media)
        # That takes seconds as well where a text is long.
        parts = passages(found.text)
    except Unreadable as problem:
        return {"reason": problem.reason}
    except (MemoryError, RecursionError):
        return {"reason": "too_large"}
    return {"text": found.text, "passages": parts, "is_cut": found.is_cut}


def main() -> None:
    """Sets the bounds, reads and answers."""
    media, megabytes, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    # Whoever waits for a page comes first.
    os.nice(BEHIND)
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    # It writes no file at all.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    logging.disable()
    json.dump(read(media), sys.stdout)


if __name__ == "__main__":
    main()
