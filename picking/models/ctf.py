"""Ctf: what is known of the contrast transfer function of a micrograph."""

from django.db import models


class Ctf(models.Model):
    """As `science.imaging.ctf.CtfValues`: defoci and resolution in Å, angles in degrees, kV, mm."""

    micrograph = models.OneToOneField("picking.Micrograph", on_delete=models.CASCADE, related_name="ctf")
    defocus_u = models.FloatField()
    defocus_v = models.FloatField()
    astigmatism_angle = models.FloatField()
    voltage = models.FloatField()
    spherical_aberration = models.FloatField()
    amplitude_contrast = models.FloatField()
    phase_shift = models.FloatField()
    resolution = models.FloatField(null=True, blank=True)

    def __str__(self) -> str:
        return f"CTF of {self.micrograph}"
