"""What an import of a place would bring."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from picking.folders import InFolder
from picking.science.file_names import shown
from picking.science.lists import ListedMicrograph


@dataclass
class Place(InFolder):
    """A folder, a list or a pattern: `listed` is what a list says of each file, `notes` what people should know of it.

    `folder`: the one that the place lies in, or that the paths of a list start from.
    """

    kind: Literal["folder", "list", "pattern"] = "folder"
    folder: Path = Path("/")
    listed: dict[Path, ListedMicrograph] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def leave_out(self, reasons: Mapping[Path, str]) -> None:
        """Takes out the files for which there is a reason."""
        for file, reason in reasons.items():
            self.left_out[reason].append(shown(os.path.relpath(file, self.folder)))
            self.listed.pop(file, None)
        self.micrographs = [file for file in self.micrographs if file not in reasons]
