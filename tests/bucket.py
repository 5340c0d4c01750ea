"""An object store on this machine that speaks as much of S3 as files of documents need, and refuses the rest.

It keeps objects in memory, takes large ones in parts, and turns away who brings no key. Signatures are not compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

SPACE = "http://s3.amazonaws.com/doc/2006-03-01/"


@dataclass
class Bucket:
    """The objects by their keys, each with the moment of its writing, and what was asked."""

    key: str
    port: int = 0
    objects: dict[str, tuple[bytes, datetime]] = field(default_factory=dict)
    parts: dict[str, dict[int, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    @property
    def endpoint(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def listed(self, prefix: str, delimiter: str) -> tuple[list[str], list[str]]:
        """The keys that begin so, and the folders below."""
        keys, folders = [], set()
        for key in sorted(self.objects):
            rest = key[len(prefix) :] if key.startswith(prefix) else None
            if rest is None:
                continue
            first, found, _more = rest.partition(delimiter) if delimiter else (rest, "", "")
            if found:
                folders.add(f"{prefix}{first}{delimiter}")
            else:
                keys.append(key)
        return keys, sorted(folders)


@contextmanager
def bucket(name: str, key: str) -> Iterator[Bucket]:
    """One of that name that opens to this key, until the block is left."""
    held = Bucket(key)

    class Handler(_Handler):
        bucket_name, store = name, held

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held.port = server.server_port
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bucket_name: str
    store: Bucket

    def log_message(self, *_words: Any) -> None:
        """Nothing on the screen of the tests."""

    def _object(self) -> tuple[str, dict[str, str]] | None:
        """The key and the question; None when that was answered already, for who asks may not or asks elsewhere."""
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query, keep_blank_values=True).items()}
        name, _slash, key = unquote(address.path).lstrip("/").partition("/")
        with self.store.lock:
            self.store.asked.append(f"{self.command} {self.path}")
        if f"Credential={self.store.key}/" not in self.headers.get("Authorization", ""):
            self._refuse(403, "AccessDenied")
        elif name != self.bucket_name:
            self._refuse(404, "NoSuchBucket")
        else:
            return key, asked
        return None

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _xml(self, name: str, inside: str, status: int = 200) -> None:
        text = f'<?xml version="1.0" encoding="UTF-8"?><{name} xmlns="{SPACE}">{inside}</{name}>'
        self._answer(status, text.encode(), Content_Type="application/xml")

    def _refuse(self, status: int, code: str) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self._xml("Error", f"<Code>{code}</Code><Message>{code}</Message>", status)

    def do_HEAD(self) -> None:
        """Whether the object is there."""
        self.do_GET()

    def do_GET(self) -> None:
        """An object, or a list."""
        found = self._object()
        if found is None:
            return
        key, asked = found
        if not key:
            self._list(asked)
            return
        held = self.store.objects.get(key)
        if held is None:
            self._refuse(404, "NoSuchKey")
            return
        data, at = held
        status, tag = 200, f'"{hashlib.md5(data).hexdigest()}"'  # noqa: S324  as S3 names what it holds
        headers = {"ETag": tag, "Last_Modified": format_datetime(at, usegmt=True)}
        if wanted := self.headers.get("Range"):
            first, _dash, last = wanted.removeprefix("bytes=").partition("-")
            end = min(int(last or len(data) - 1), len(data) - 1)
            headers["Content_Range"] = f"bytes {first}-{end}/{len(data)}"
            status, data = 206, data[int(first) : end + 1]
        self._answer(status, data, **headers)

    def _list(self, asked: dict[str, str]) -> None:
        keys, folders = self.store.listed(asked.get("prefix", ""), asked.get("delimiter", ""))
        objects = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(self.store.objects[key][0])}</Size></Contents>"
            for key in keys
        )
        below = "".join(f"<CommonPrefixes><Prefix>{escape(one)}</Prefix></CommonPrefixes>" for one in folders)
        self._xml("ListBucketResult", f"<IsTruncated>false</IsTruncated>{objects}{below}")

    def do_PUT(self) -> None:
        """An object, or a part of one."""
        found = self._object()
        if found is None:
            return
        key, asked = found
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            self._refuse(501, "NotImplemented")
            return
        data = self._body()
        if upload := asked.get("uploadId"):
            self.store.parts[upload][int(asked["partNumber"])] = data
        else:
            self.store.objects[key] = (data, datetime.now(UTC))
        self._answer(200, ETag=f'"{hashlib.md5(data).hexdigest()}"')  # noqa: S324

    def do_POST(self) -> None:
        """A large object begins, or has all its parts."""
        found = self._object()
        if found is None:
            return
        key, asked = found
        self._body()
        if "uploads" in asked:
            upload = f"upload-{len(self.store.parts)}"
            self.store.parts[upload] = {}
            self._xml("InitiateMultipartUploadResult", f"<UploadId>{upload}</UploadId>")
        elif upload := asked.get("uploadId", ""):
            parts = self.store.parts[upload]
            self.store.objects[key] = (b"".join(parts[number] for number in sorted(parts)), datetime.now(UTC))
            self._xml("CompleteMultipartUploadResult", f"<Key>{escape(key)}</Key>")
        else:
            self._refuse(501, "NotImplemented")

    def do_DELETE(self) -> None:
        """No such object any more."""
        found = self._object()
        if found is not None:
            self.store.objects.pop(found[0], None)
            self._answer(204)
