"""A PostgreSQL database made blank again and again, which costs a tenth of a new copy."""

from collections.abc import Mapping
from dataclasses import dataclass

import psycopg
from psycopg import sql

from tests.servers import Cluster

# What a test may have left open would lock the tables.
END_OTHERS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""
# Neither triggers, which keep released rows, nor foreign keys; and only for this transaction.
UNGUARDED = "SET LOCAL session_replication_role = replica"
EMPTY = """
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DELETE FROM %I', name);
  END LOOP;
END $$
"""
TABLES = (
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
)
SEQUENCES = (
    "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
)
SHAPE = """
SELECT md5(coalesce(string_agg(part, ',' ORDER BY part), '')) FROM (
  SELECT concat_ws(' ', oid, relname, relnatts, relacl, relowner) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace
  UNION ALL SELECT concat_ws(' ', oid, tgname, tgenabled) FROM pg_trigger
  UNION ALL SELECT concat_ws(' ', oid, proname, prosrc) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace
) AS every(part)
"""


@dataclass(frozen=True)
class Blank:
    """What a blank database holds, and the shape of its schema."""

    rows: Mapping[str, bytes]
    sequences: Mapping[str, int | None]
    shape: str

    @classmethod
    def of(cls, url: str) -> "Blank":
        with psycopg.connect(url) as connection:
            tables = [name for (name,) in connection.execute(TABLES)]
            rows = {name: _read(connection, name) for name in tables}
            return cls(
                {name: text for name, text in rows.items() if text},
                dict(connection.execute(SEQUENCES).fetchall()),
                _shape(connection),
            )

    def restore(self, connection: psycopg.Connection) -> bool:
        """Make the superuser's database so again; False where a test changed its schema."""
        with connection.transaction():
            connection.execute(END_OTHERS)
            if _shape(connection) != self.shape:
                return False
            connection.execute(UNGUARDED)
            connection.execute(EMPTY)
            for name, text in self.rows.items():
                into = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))
                with connection.cursor().copy(into) as copy:
                    copy.write(text)
            for name, value in connection.execute(SEQUENCES).fetchall():
                if value != (before := self.sequences[name]):
                    connection.execute(
                        "SELECT setval(quote_ident(%s), %s, %s)",
                        (name, before or 1, before is not None),
                    )
        return True


def _read(connection: psycopg.Connection, table: str) -> bytes:
    out = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
    with connection.cursor().copy(out) as copy:
        return b"".join(bytes(part) for part in copy)


def _shape(connection: psycopg.Connection) -> str:
    return str(connection.execute(SHAPE).fetchone())


class Refilled:
    """A database of that cluster, blank whenever it is asked for."""

    def __init__(self, cluster: Cluster, template: str) -> None:
        self._cluster, self._template, self._name = (
            cluster,
            template,
            f"{template}_kept",
        )
        self._blank = Blank.of(cluster.url(template))
        self._connection: psycopg.Connection | None = None

    def make_blank(self) -> str:
        """The name of the database, which is as the template again."""
        if self._connection is None or not self._blank.restore(self._connection):
            if self._connection is not None:
                self.close()
                self._cluster.drop(self._name)
            self._cluster.create(self._name, self._template)
            url = self._cluster.url(self._name, "postgres")
            self._connection = psycopg.connect(url, autocommit=True)
        return self._name

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
