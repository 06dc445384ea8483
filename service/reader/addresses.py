"""Addresses that leave this site, in feeds and in what other sites read: absolute, whatever host was asked."""

from typing import Any

from flask import url_for

from service.current import settings


def public_url(endpoint: str, **values: Any) -> str:
    """With scheme and host: RELAIS_PUBLIC_URL's, else the request's."""
    base = settings().public_url
    return base + url_for(endpoint, **values) if base else url_for(endpoint, _external=True, **values)
