"""Run as a program: sends every file of a folder through the form of documents, one after another, as a browser does.

`python -m benchmarks.sending PORT SESSION FOLDER`; it knows nothing of Django.
"""

from __future__ import annotations

import http.client
import sys
from pathlib import Path

TOKEN, EDGE = "t" * 32, "edge-of-a-part"
PATIENCE = 600.0
TAKEN_IN = 302


def send(port: int, session: str, file: Path) -> int:
    """Sends one file; the status of the answer."""
    values = {"csrfmiddlewaretoken": TOKEN, "document_kind": "report", "mark": "internal", "grade": "stated"}
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in values.items()
    ]
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="files"; filename="{file.name}"\r\n'
    parts += [f"{head}Content-Type: application/octet-stream\r\n\r\n".encode(), file.read_bytes()]
    body = b"".join([*parts, f"\r\n--{EDGE}--\r\n".encode()])
    headers = {
        "Cookie": f"csrftoken={TOKEN}; sessionid={session}",
        "Content-Type": f"multipart/form-data; boundary={EDGE}",
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("POST", "/desk/documents/new/", body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def main() -> None:
    """Sends all files; names those that were not taken in."""
    port, session, folder = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    wrong = [file.name for file in sorted(folder.iterdir()) if send(port, session, file) != TAKEN_IN]
    if wrong:
        raise SystemExit(f"Not taken in: {', '.join(wrong)}")


if __name__ == "__main__":
    main()
