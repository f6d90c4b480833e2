"""The names of micrographs' files: which to look at, and what the micrograph is called."""

EXTENSIONS = (".mrc", ".mrcs", ".mrc.gz", ".mrc.bz2", ".tif", ".tiff", ".png", ".jpg", ".jpeg")
"""What an import looks for, in lower case. The type of a file is recognised from its first bytes."""


def extension(file_name: str) -> str:
    """The ending that is one of EXTENSIONS, as it is written; empty for the name of any other file."""
    ending = max((each for each in EXTENSIONS if file_name.lower().endswith(each)), key=len, default="")
    return file_name[len(file_name) - len(ending) :] if len(ending) < len(file_name) else ""


def micrograph_name(file_name: str) -> str:
    """The name of a file, or its whole path, without the extension: `x` of `x.mrc.gz`, `x.tif` of `x.tif.mrc`."""
    return file_name.removesuffix(extension(file_name))
