"""Work of the clock: on the day of a decision, what came to its units in between passes on.

A job stands outside of any request, so it asks the clock itself.
"""

from django.utils import timezone
from procrastinate.contrib.django import app

from kientoan.domains.organisation.models import Installation

from .operations import pass_on_what_came_later


@app.periodic(cron="*/10 * * * *")
@app.task(name="reorganisation.follow", queue="reorganisation", queueing_lock="reorganisation.follow")
def follow_decisions(timestamp: int) -> None:
    """Every ten minutes, so that the first page of the day is right. `timestamp`: when it was due."""
    installation = Installation.objects.first()
    example = installation.example_day if installation is not None else None
    pass_on_what_came_later(day=example or timezone.localdate(), at=timezone.now())
