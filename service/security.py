"""Headers against the usual attacks, and addresses that are safe to go back to."""

from urllib.parse import urlsplit

from flask import Response, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
STATIC_SECONDS = 31_536_000  # the address of a static file changes with its content


def add_headers(response: Response) -> Response:
    """What every answer carries. Pages of an account are never kept by a cache."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint == "static" and response.status_code == 200 and request.args.get("v"):
        headers["Cache-Control"] = f"public, max-age={STATIC_SECONDS}, immutable"
    elif request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
    return response


def safe_next(address: str | None, default: str) -> str:
    """`address` where it stays on this site, else `default`: a sign-in link must not lead elsewhere."""
    if not address or not address.startswith("/") or any(ord(c) < 33 or c == "\\" for c in address):
        return default
    parts = urlsplit(address)
    return default if parts.scheme or parts.netloc or address.startswith("//") else address
