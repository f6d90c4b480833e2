"""The networks' numbers that people see. Separate from the networks, so that the web process need not load torch."""

MINIMUM_LABELS = 5
"""Fewest particle labels, and fewest background labels, that a training takes."""

DEFAULT_PARTICLE_THRESHOLD = 0.5
"""Picks with at least this particle score are shown at first."""

DEFAULT_CONTAMINATION_THRESHOLD = 0.5
"""Picks with at most this contamination score are shown at first."""

DEFAULT_BORDER_MARGIN = 0.5
"""Picks at least this many particle diameters from the border are shown at first: particles are whole."""
