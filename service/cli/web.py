"""`relais web`: the web server."""

import sys

import click


@click.command()
@click.option("--host", envvar="RELAIS_HOST", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", envvar="RELAIS_PORT", default=8000, show_default=True, help="Port to listen on.")
def command(host: str, port: int) -> None:
    """Serve pages and API with gunicorn; one process, many threads, since event streams hold one each."""
    from gunicorn.app.wsgiapp import WSGIApplication

    sys.argv = [
        "gunicorn", "service.app:create_app()", "--bind", f"{host}:{port}", "--worker-class", "gthread",
        "--workers", "1", "--threads", "32", "--timeout", "120", "--graceful-timeout", "10", "--keep-alive", "5",
        "--access-logfile", "-",
    ]  # fmt: skip
    WSGIApplication("%(prog)s [OPTIONS] [APP_MODULE]").run()
