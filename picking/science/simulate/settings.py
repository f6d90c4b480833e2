"""What to simulate."""

from dataclasses import dataclass

from picking.science.imaging.ctf import CtfValues, values_at
from picking.science.simulate.specimens import Kind


@dataclass(frozen=True)
class Simulation:
    """What to simulate. Sizes in pixels or, where it says so, Ångström.

    `contrast`: standard deviation of the relative intensity within a particle at 2 µm defocus; less defocus gives
    less. The default makes a signal to noise ratio of 0.04 a pixel: in real micrographs it is 0.02 to 0.1 (Baxter
    et al. 2009, J. Struct. Biol. 166, 126).
    `aspect`: length to width of the particle, whose length is the diameter. `particles`: fewer if they do not fit.
    `specimen`: the seed of the density, the same in all micrographs of a project; `kind`: what it is like.
    `preferred`: the part of the particles that are seen along one axis. `views`: of how many directions each
    is seen from one, 0 for any. `spacing`: centres are so many diameters apart.
    `layers`: particles lie in so many layers, and those of one may overlap those of another.
    `thickness`: of the ice, Å; the layers are spread over it. `energy_filter`: without one, electrons that lost energy
    are counted too and show nothing. `phase_shift`: of a phase plate, degrees. `blur`: of the detector, the sigma of
    its point spread in pixels; a counting detector has next to none, one in super-resolution about 0.7.
    What else there is in a micrograph, numbers of each (see junk.py): `ice_crystals`, `gold` beads, `frost`,
    `aggregates`, `broken` and `overlapping` particles, `filaments`; `debris`: loose pieces of protein, which nobody
    marks. `leopard`: how much more the ice's dark spots absorb.
    """

    width: int = 2048
    height: int = 2048
    pixel_size: float = 1.5  # Å
    diameter: float = 160.0  # Å
    aspect: float = 1.0
    particles: int = 120
    dark: bool = True
    defocus: float = 20_000.0  # Å, underfocus
    contrast: float = 0.02
    dose: float = 40.0  # electrons per Å²
    ice_crystals: int = 6
    carbon: bool = False
    specimen: int = 0
    kind: Kind = "globular"
    preferred: float = 0.0
    views: int = 0
    spacing: float = 0.85
    layers: int = 1
    thickness: float = 300.0  # Å
    energy_filter: bool = True
    phase_shift: float = 0.0
    blur: float = 0.0
    gold: int = 0
    frost: int = 0
    aggregates: int = 0
    broken: int = 0
    overlapping: int = 0
    filaments: int = 0
    debris: int = 0
    leopard: float = 0.0

    @property
    def diameter_px(self) -> float:
        return self.diameter / self.pixel_size

    @property
    def ctf(self) -> CtfValues:
        """What the micrograph is simulated with."""
        return values_at(self.defocus, self.phase_shift)
