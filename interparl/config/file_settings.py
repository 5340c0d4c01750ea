"""Where the files of documents are kept and how large they may be, read from the environment."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FOLDER: dict[str, Any] = {"BACKEND": "interparl.documents.actions.folder.FolderStorage"}
OBJECTS = "interparl.documents.actions.bucket.BucketStorage"
MEGABYTE = 1024 * 1024
# What the address may say beside bucket and folder, with the name of the option.
_OPTIONS = {"endpoint": "endpoint_url", "region": "region_name", "style": "addressing_style"}
_STYLES = ("auto", "path", "virtual")
# So long a page waits for a bucket that does not answer.
SECONDS = 5
_HERE = ("localhost", "127.0.0.1", "::1")


def files_storage(address: str) -> dict[str, Any]:
    """The storage of files: the data folder, or with `s3://BUCKET/FOLDER?endpoint=https://HOST&region=NAME` a bucket.

    `style=path` asks for HOST/BUCKET, `style=virtual` for BUCKET.HOST; else the package below chooses. Keys come from
    AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Raises ImproperlyConfigured for another address, and when the packages
    for it are not there.
    """
    if not address:
        return FOLDER
    found = urlsplit(address)
    asked = parse_qs(found.query)
    if found.scheme != "s3" or not found.netloc or asked.keys() - _OPTIONS.keys():
        raise ImproperlyConfigured(
            f"INTERPARL_FILES is empty or s3://bucket/folder?endpoint=https://…, not {address!r}"
        )
    options = {_OPTIONS[name]: values[0] for name, values in asked.items()}
    endpoint = urlsplit(options.get("endpoint_url", "https://storage"))
    if endpoint.scheme != "https" and (endpoint.scheme != "http" or endpoint.hostname not in _HERE):
        raise ImproperlyConfigured("INTERPARL_FILES: the endpoint begins with https://")
    style = options.pop("addressing_style", "auto")
    if style not in _STYLES:
        raise ImproperlyConfigured("INTERPARL_FILES: style is path, virtual or auto")
    return {
        "BACKEND": OBJECTS,
        "OPTIONS": {
            "bucket_name": found.netloc,
            "location": unquote(found.path).strip("/"),
            "default_acl": None,
            "querystring_auth": True,
            # Equal names have equal content.
            "file_overwrite": True,
            "client_config": _client_config(style),
            **options,
        },
    }


def _client_config(style: str) -> Any:
    """How the bucket is spoken to: as every store of this kind understands it.

    Check sums of the newest protocol, which most others than its maker do not know, are asked for by nobody here: each
    file is compared with its SHA-256 whenever it is read.
    """
    try:
        from botocore.config import Config  # noqa: PLC0415  installed where there is a bucket
    except ImportError as error:
        raise ImproperlyConfigured("INTERPARL_FILES: a bucket needs the packages of interparl[s3]") from error
    return Config(
        s3={"addressing_style": style},
        signature_version="s3v4",
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        connect_timeout=SECONDS,
        read_timeout=6 * SECONDS,
        retries={"mode": "standard", "max_attempts": 2},
    )


def megabytes(name: str, usual: int) -> int:
    """Bytes of a setting that is a whole number of megabytes; raises ImproperlyConfigured for anything else."""
    said = os.environ.get(name, "") or str(usual)
    if not (said.isascii() and said.isdigit() and 0 < int(said) <= 2_000):
        raise ImproperlyConfigured(f"{name} is a number of megabytes from 1 to 2000, not {said!r}")
    return int(said) * MEGABYTE
