"""The networks' input of a micrograph: kept since the import, made again if the diameter or pixel size has changed."""

from picking import storage
from picking.files import written_whole
from picking.in_place import read_source
from picking.jobs.refusal import CannotDo
from picking.models import Micrograph
from picking.science.imaging.network_input import InputSettings, NetworkInput, make_network_input
from picking.science.imaging.read import UnreadableMicrograph


def network_input(micrograph: Micrograph, made_with: InputSettings) -> NetworkInput:
    """Loads or makes it. Raises CannotDo when a size is unknown or the micrograph's file is gone."""
    project, pixel_size = micrograph.project, micrograph.pixel_size
    if pixel_size is None:
        raise CannotDo(f"{micrograph.file_name} does not state its pixel size: set it in the project settings.")
    diameter = project.particle_diameter
    if diameter is None:
        raise CannotDo("The particle diameter is not known yet: set it in the project settings.")
    folder = storage.micrograph_folder(project.pk, micrograph.key)
    path = folder / storage.input_name(diameter, pixel_size, made_with.digest)
    try:
        return NetworkInput.load(path)
    except (OSError, ValueError):
        made = _make(micrograph, pixel_size, diameter, made_with)
    with written_whole(path) as unfinished:
        made.save(unfinished)
    for older in folder.glob("input-*.npz"):
        if older != path:
            older.unlink(missing_ok=True)
    return made


def _make(micrograph: Micrograph, pixel_size: float, diameter: float, made_with: InputSettings) -> NetworkInput:
    try:
        return make_network_input(read_source(micrograph).pixels, pixel_size, diameter, made_with)
    except UnreadableMicrograph as reason:
        raise CannotDo(f"{micrograph.file_name}: {reason}") from reason
    except OSError as error:
        gone = f"{micrograph.file_name} can no longer be read ({error.strerror}). Restore the file."
        raise CannotDo(gone) from error
    except ValueError as error:
        raise CannotDo(f"{micrograph.file_name}: {error}") from error
