"""A package server that can be told to misbehave."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass
class Behaviour:
    """``break_after``: bytes sent of each answer before the connection is cut. ``claim``: bytes promised beyond the truth."""

    files: dict[str, bytes] = field(default_factory=dict)
    break_after: int | None = None
    claim: int = 0
    ranges: bool = True
    etag: str | None = '"one"'
    requests: list[tuple[str, str | None]] = field(default_factory=list)
    address: str = ""

    def offer(self, name: str, content: bytes, from_code: str, to_code: str, version: str = "1.0") -> None:
        """Put a package on the server and in its index."""
        self.files[f"/{name}"] = content
        index = json.loads(self.files.get("/index.json", b"[]"))
        links = ["ipfs://nowhere", f"{self.address}/{name}"]
        index.append(
            {
                "type": "translate",
                "from_code": from_code,
                "to_code": to_code,
                "package_version": version,
                "links": links,
            }
        )
        self.files["/index.json"] = json.dumps(index).encode()


@contextmanager
def serving() -> Iterator[Behaviour]:
    behaviour = Behaviour()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            asked = self.headers.get("Range")
            behaviour.requests.append((path, asked))
            content = behaviour.files.get(path)
            if content is None:
                self.send_error(404)
                return
            start = 0
            if asked and behaviour.ranges and self.headers.get("If-Range") in (None, behaviour.etag):
                start = int(asked.removeprefix("bytes=").rstrip("-"))
                if start >= len(content):
                    self.send_error(416)
                    return
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
            else:
                self.send_response(200)
            if behaviour.etag:
                self.send_header("ETag", behaviour.etag)
            whole = path == "/index.json"
            self.send_header("Content-Length", str(len(content) - start + (0 if whole else behaviour.claim)))
            self.end_headers()
            end = len(content) if whole or behaviour.break_after is None else start + behaviour.break_after
            self.wfile.write(content[start:end])

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    behaviour.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield behaviour
    finally:
        server.shutdown()
        server.server_close()
