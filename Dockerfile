# One image for web and worker. Build: docker compose build
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/relais
WORKDIR /src
COPY requirements.lock ./
RUN /opt/relais/bin/pip install --no-deps --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY corpus corpus
COPY glossary glossary
COPY worker worker
COPY service service
RUN /opt/relais/bin/pip install --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
# PostgreSQL's client programs serve `relais corpus backup` and `restore`.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home relais \
    && install --directory --owner relais --group relais /data
COPY --from=build /opt/relais /opt/relais
ENV PATH=/opt/relais/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    RELAIS_DATA=/data \
    RELAIS_HOST=0.0.0.0 \
    RELAIS_PORT=8000
USER relais
WORKDIR /data
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["tini", "--"]
CMD ["relais", "web"]
