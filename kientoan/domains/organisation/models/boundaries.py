"""The outlines of territories, each for the time in which it held."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kientoan.domains.temporal.models import InForce, InForceQuerySet, never_twice, tracked

from .units import Unit


@tracked
class Boundary(InForce):
    """The outline of a unit, as a simplified GeoJSON Polygon or MultiPolygon in degrees.

    A map shows one day (`drawn_on`); its outline holds as long as the unit neither gave nor received a part.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="boundaries")
    geometry = models.JSONField(_("ranh giới"))
    drawn_on = models.DateField(_("ngày của bản đồ"))
    source = models.CharField(_("nguồn"), max_length=200, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        constraints = [never_twice("boundary_once", ["unit"])]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.drawn_on}"
