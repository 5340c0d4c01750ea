"""Where the files of documents are kept and how large they may be, read from the environment."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FOLDER: dict[str, Any] = {"BACKEND": "interparl.documents.actions.folder.FolderStorage"}
OBJECTS = "storages.backends.s3.S3Storage"
MEGABYTE = 1024 * 1024
# What the address may say beside bucket and folder, with the name of the option.
_OPTIONS = {"endpoint": "endpoint_url", "region": "region_name"}


def files_storage(address: str) -> dict[str, Any]:
    """The storage of files: the data folder, or with `s3://BUCKET/FOLDER?endpoint=https://HOST&region=NAME` a bucket.

    Keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Raises ImproperlyConfigured for another address.
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
    if not options.get("endpoint_url", "https://").startswith(("https://", "http://localhost", "http://127.0.0.1")):
        raise ImproperlyConfigured("INTERPARL_FILES: the endpoint begins with https://")
    return {
        "BACKEND": OBJECTS,
        "OPTIONS": {
            "bucket_name": found.netloc,
            "location": unquote(found.path).strip("/"),
            "default_acl": None,
            "querystring_auth": True,
            # Equal names have equal content.
            "file_overwrite": True,
            **options,
        },
    }


def megabytes(name: str, usual: int) -> int:
    """Bytes of a setting that is a whole number of megabytes; raises ImproperlyConfigured for anything else."""
    said = os.environ.get(name, "") or str(usual)
    if not (said.isascii() and said.isdigit() and 0 < int(said) <= 2_000):
        raise ImproperlyConfigured(f"{name} is a number of megabytes from 1 to 2000, not {said!r}")
    return int(said) * MEGABYTE
