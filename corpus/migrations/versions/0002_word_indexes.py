"""word indexes of the memory, the beads and the versions.

One word index a table, without case and accents: on SQLite a contentless FTS5 table beside it, kept by triggers; on
PostgreSQL a GIN index over the words of the text, which keeps itself. SQLite drops a table's triggers with the table:
a later migration that makes `memory`, `beads` or `versions` anew must call `upgrade` of this one's indexes again.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INDEXED = {"memory": ("source", "target"), "beads": ("source", "target"), "versions": ("title", "text")}

# A tsvector holds at most 1 MB, and a longer text must not keep an article out: 250,000 characters have fewer bytes.
LONGEST = 250_000

# Accents go from Latin letters alone: й and ї are letters of their own. Marks that stay after NFC are stress marks.
FUNCTION = r"""
CREATE FUNCTION relais_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
  SELECT array_to_tsvector(array(
    SELECT left(word, 60) FROM unnest(string_to_array(regexp_replace(regexp_replace(normalize(regexp_replace(normalize(
      replace(replace(lower(left($1, {longest}){collation}), 'œ', 'oe'), 'æ', 'ae'),
      NFD), '([a-z])[\u0300-\u036f]+', '\1', 'g'), NFC), '[\u0300-\u036f]+', '', 'g'), '[^[:alnum:]]+', ' ', 'g'), ' '
    )) AS word WHERE word <> ''
  ))
$$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, columns in INDEXED.items():
            _upgrade_sqlite(table, columns)
        return
    _run(FUNCTION.format(longest=LONGEST, collation=_collation()))
    for table, columns in INDEXED.items():
        for column in columns:
            _run(
                f"CREATE INDEX ix_{table}_{column}_words ON {table} USING gin (relais_words({column}))"
                " WITH (fastupdate = off)"  # a pending list would make each search read it through
            )


def _upgrade_sqlite(table: str, columns: tuple[str, ...]) -> None:
    names = ", ".join(columns)
    _run(
        f"CREATE VIRTUAL TABLE {table}_search USING fts5"
        f"({names}, content='', detail=column, tokenize='unicode61 remove_diacritics 2')"
    )
    new, old = _folded("new", columns), _folded("old", columns)
    add = f"INSERT INTO {table}_search(rowid, {names}) VALUES (new.id, {new});"
    remove = f"INSERT INTO {table}_search({table}_search, rowid, {names}) VALUES ('delete', old.id, {old});"
    changed = " OR ".join(f"old.{c} IS NOT new.{c}" for c in columns)
    _run(f"CREATE TRIGGER {table}_search_insert AFTER INSERT ON {table} BEGIN {add} END")
    _run(f"CREATE TRIGGER {table}_search_delete AFTER DELETE ON {table} BEGIN {remove} END")
    _run(
        f"CREATE TRIGGER {table}_search_update AFTER UPDATE OF {names} ON {table} WHEN {changed}"
        f" BEGIN {remove} {add} END"
    )
    _run(f"INSERT INTO {table}_search(rowid, {names}) SELECT id, {_folded(table, columns)} FROM {table}")


def _folded(row: str, columns: tuple[str, ...]) -> str:
    """The columns with ligatures undone, which FTS5 does not do."""
    text = "{}"
    for ligature, letters in (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae")):
        text = f"replace({text}, '{ligature}', '{letters}')"
    return ", ".join(text.format(f"{row}.{column}") for column in columns)


def _collation() -> str:
    """ICU knows the letters of every script, whatever locale the database was made with; few servers lack it."""
    icu = _run("SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu'").first()
    return ' COLLATE "und-x-icu"' if icu else ""


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in INDEXED:
            for event in ("insert", "delete", "update"):
                _run(f"DROP TRIGGER {table}_search_{event}")
            _run(f"DROP TABLE {table}_search")
        return
    for table, columns in INDEXED.items():
        for column in columns:
            _run(f"DROP INDEX ix_{table}_{column}_words")
    _run("DROP FUNCTION relais_words(text)")


def _run(statement: str):
    return op.get_bind().exec_driver_sql(statement)  # as it is: `text()` would take [:alnum:] for a parameter
