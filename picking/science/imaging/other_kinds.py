"""Files of electron microscopy that are no micrographs: what they are, and what to import instead.

Signatures are the first bytes as the programs' own readers check them. EER is TIFF with compressions of its own (EER's
file format, version 3); Digital Micrograph: ncempy's dm.py; HDF5: its format specification; SER: TIA's header.
"""

import re

from picking.science.imaging.micrograph import OtherKind

MOTION_CORRECTED = "Import the motion-corrected micrograph instead."
_EER = "a movie (EER). Correct its motion and import the motion-corrected micrograph."
_DM = "a file of Digital Micrograph. Convert it to MRC first, for example with IMOD's dm2mrc."
_SER = "a file of TIA (SER). Convert it to MRC first."
_HDF = "an HDF5 file. Convert the micrograph in it to MRC first, for example with e2proc2d.py."
_MDOC = "SerialEM's description of an image (MDOC). Import the image itself, motion-corrected."
_TBL = "a table of Dynamo, which are places in tomograms. CryoWeb picks on single micrographs, not in tomograms."
_TOMOGRAM = "a volume or a tilt series. CryoWeb picks on single micrographs, not in tomograms."
_STAR = "a STAR file. Open it as a list of micrographs, or import its coordinates, instead of adding it as an image."
_CS = "a data set of cryoSPARC. Open it as a list of exposures instead of adding it as an image."
_GAIN = "a gain reference. It is needed for motion correction only; leave it out."

_STARTS = {
    b"\x89HDF\r\n\x1a\n": _HDF,
    b"\0\0\0\x04\0\0\0\0": _DM,
    b"\0\0\0\x03": _DM,
    b"II\x97\x01": _SER,
    b"\x93NUMPY": _CS,
}
_TEXTS = {
    re.compile(rb"\s*(#[^\n]*\n\s*)*data_", re.ASCII): _STAR,
    re.compile(rb"\s*(\[ZValue = |\[T = |PixelSpacing = |DataMode = |ImageFile = |Voltage = )"): _MDOC,
    re.compile(rb"\s*([-+0-9.eEnNaAiIfF]+[ \t]+){30,}[-+0-9.eE]+[ \t]*\r?\n"): _TBL,
}
_BY_EXTENSION = {
    ".eer": _EER,
    ".dm3": _DM,
    ".dm4": _DM,
    ".ser": _SER,
    ".hdf": _HDF,
    ".h5": _HDF,
    ".mdoc": _MDOC,
    ".tbl": _TBL,
    ".st": _TOMOGRAM,
    ".ali": _TOMOGRAM,
    ".rec": _TOMOGRAM,
    ".map": "a volume. CryoWeb picks on micrographs: import those that it was made from.",
    ".gain": _GAIN,
    ".star": _STAR,
    ".cs": _CS,
}
PARTICLE_SIDE = 1024
"""Square images in a stack are extracted particles up to this size, and frames of a movie above it."""


OTHER_KINDS = {extension: f"it is {kind}" for extension, kind in _BY_EXTENSION.items()}
"""Extension -> what such a file is, and what to do instead. The page says the same of files that are dropped there."""


def kind_by_name(file_name: str) -> str:
    """What a file with another extension than a micrograph's is, and what to do instead; empty if that is not known."""
    ending = file_name[file_name.rfind(".") :].lower() if "." in file_name else ""
    return OTHER_KINDS.get(ending, "")


def kind_by_content(start: bytes) -> str:
    """What a file that starts so is, and what to do instead; empty if that is not known. Not of TIFF and MRC."""
    known = (kind for signature, kind in _STARTS.items() if start.startswith(signature))
    written = (kind for pattern, kind in _TEXTS.items() if pattern.match(start))
    return next(known, "") or next(written, "")


def refuse_eer() -> None:
    """Raise OtherKind for a TIFF with one of the compressions of EER."""
    raise OtherKind(f"it is {_EER}")


def refuse_stack(sections: int, width: int, height: int, volume: bool = False) -> None:
    """Raise OtherKind for more than one section. `volume`: the header says so (ISPG of MRC2014 is 1 or more).

    Many programs write movies with the header of a volume: only cubes, and small ones of many sections, are called one.
    """
    if sections <= 1:
        return
    size = f"{width} × {height}"
    if sections == width == height or (volume and max(width, height) <= 2048 and sections >= 128):
        raise OtherKind(
            f"it is a volume of {size} × {sections} voxels. CryoWeb picks on single micrographs, "
            "not in volumes or tomograms: import the motion-corrected micrographs."
        )
    if width == height <= PARTICLE_SIDE:
        raise OtherKind(
            f"it is a stack of {sections} images of {size} pixels, such as extracted particles. "
            "Import the whole micrographs."
        )
    raise OtherKind(f"it is a movie of {sections} frames, or a tilt series. {MOTION_CORRECTED}")
