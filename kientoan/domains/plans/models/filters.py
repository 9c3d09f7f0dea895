"""Filters of lists that people keep."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kientoan.domains.accounts.models import User


class SavedFilter(models.Model):
    """A filter of a list that a person keeps under a name; `query` is the query string."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    page = models.CharField(max_length=40)
    name = models.CharField(_("tên bộ lọc"), max_length=100)
    query = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "page", "name"], name="saved_filter_once")]

    def __str__(self) -> str:
        return self.name
