"""Names for programs that call micrographs differently."""

from dataclasses import dataclass

from picking.science.file_names import unfit_character
from picking.science.formats.coordinates import UnreadableCoordinates
from picking.science.imaging.file_name import extension, micrograph_name


@dataclass(frozen=True)
class Renaming:
    """What changes in the last part of a path: first something is taken off its ends, then something is added.

    `extension`: instead of the file's own, with or without its dot; empty to keep that.
    """

    remove_prefix: str = ""
    remove_suffix: str = ""
    add_prefix: str = ""
    add_suffix: str = ""
    extension: str = ""

    def name(self, name: str) -> str:
        """The new name of a micrograph, which has no extension. Raises UnreadableCoordinates if nothing is left."""
        folder, slash, last = name.rpartition("/")
        kept = last.removeprefix(self.remove_prefix).removesuffix(self.remove_suffix)
        renamed = f"{self.add_prefix}{kept}{self.add_suffix}"
        if not renamed.strip(". ") or "/" in renamed or unfit_character(renamed):
            raise UnreadableCoordinates(f"{name} would have no proper name left: change what is taken off or added.")
        return folder + slash + renamed

    def path(self, path: str) -> str:
        """The new path of a file."""
        if not path:
            return path
        ending = f".{self.extension.lstrip('.')}" if self.extension else extension(path)
        return self.name(micrograph_name(path)) + ending
