"""Where the rows are played: a scratch folder, and a PostgreSQL and a browser once needed."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path

from playwright.sync_api import Browser

from tests import servers
from tests.faults.stage import Stage, postgresql_stage, sqlite_stage


class House(ExitStack):
    """What it has opened is closed with it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    @cached_property
    def cluster(self) -> servers.Cluster:
        return self.enter_context(servers.postgresql())

    @cached_property
    def browser(self) -> Browser:
        return self.enter_context(servers.chromium())

    @contextmanager
    def stage(self, database: str = "sqlite") -> Iterator[Stage]:
        """The small city on a store of its own."""
        opened = (
            sqlite_stage(self.folder)
            if database == "sqlite"
            else postgresql_stage(self.folder, self.cluster)
        )
        with opened as stage:
            yield stage

    @contextmanager
    def served(
        self, database: str = "sqlite"
    ) -> Iterator[tuple[Stage, servers.Gunicorn]]:
        """The same behind the real server."""
        with (
            self.stage(database) as stage,
            servers.gunicorn(stage.environment, stage.log) as server,
        ):
            yield stage, server
