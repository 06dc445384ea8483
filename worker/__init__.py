"""The translation pipeline: ingest → segment → translate → enforce → check → store."""
