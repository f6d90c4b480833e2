"""Numbers that page and server must agree on: they stand where they are needed, and the snapshot tells the page."""

from picking import wire
from picking.api.marks.centres import MOST
from picking.api.marks.coordinates import MOST_BYTES
from picking.models.assignment import CLAIM_LASTS
from picking.operation_forms import BATCH, COMMENT, VERTICES
from picking.science.thresholds import MINIMUM_LABELS
from picking.tiles.crops import ACROSS
from picking.tiles.crops import MOST as MOST_CROPS
from picking.tiles.render import TILE

SERVER_LIMITS: wire.ServerLimitsWire = {
    "least_labels": MINIMUM_LABELS,
    "corners": VERTICES,
    "operations": BATCH,
    "centres": MOST,
    "tile": TILE,
    "crops": MOST_CROPS,
    "crops_across": ACROSS,
    "coordinate_files": MOST_BYTES,
    "claim_seconds": round(CLAIM_LASTS.total_seconds()),
    "comment": COMMENT,
}
