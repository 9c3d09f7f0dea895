"""A new database is made in seconds, and one that stands among folded migrations is told what to do."""

import pytest
from django.db.migrations.recorder import MigrationRecorder

from kientoan.interfaces.cli.migrate import migrate


@pytest.mark.django_db
def test_nothing_is_done_when_all_is_in_place() -> None:
    assert migrate() is False


@pytest.mark.django_db
def test_a_database_half_way_is_refused_with_the_remedy() -> None:
    applied = MigrationRecorder.Migration.objects.filter(app="plans")
    applied.delete()
    applied.create(app="plans", name="0001_initial")
    with pytest.raises(SystemExit, match="kientoan migrate"):
        migrate()


@pytest.mark.django_db
def test_a_database_with_all_that_was_folded_is_taken_as_it_is() -> None:
    applied = MigrationRecorder.Migration.objects
    folded = applied.get(app="results", name__startswith="0001_squashed")
    folded.delete()
    applied.filter(app="results").delete()
    for name in ("0001_initial", "0002_corrections", "0003_succession"):
        applied.create(app="results", name=name)
    assert migrate() is False
