"""The stages that faults are played on: the small city in a store of the test's own."""

from pathlib import Path

import pytest

from tests.faults import stage as stages
from tests.faults.stage import Stage


@pytest.fixture
def stage(environment: dict[str, str], tmp_path: Path) -> Stage:
    """On either database."""
    return stages.build(environment, tmp_path)
