"""How rows look on the wire: the same shapes in answers, snapshots and events, one noun a file.

frontend/src/wire.ts and the schema of the API are generated from them (docs/decisions/0041-one-shape.md). What a class
says of its fields is all that readers there know: units and the meaning of null belong in it.
"""

from picking.wire.applied import AppliedWire, OperationResultWire
from picking.wire.assignment import (
    AssignmentWire,
    QueuePersonWire,
    QueueProgressWire,
    QueueWire,
    assignment_wire,
)
from picking.wire.averages import (
    AverageClassWire,
    AverageMembersWire,
    AveragesWire,
    BesidePairWire,
    BesideWire,
    averages_wire,
)
from picking.wire.comment import CommentWire, MentionWire, NamedPersonWire, comment_wire
from picking.wire.comparison import ComparedMicrographWire, ComparedPlacesWire, ComparisonWire, MatchedWire
from picking.wire.coordinate_import import CoordinateImportWire, coordinate_import_wire
from picking.wire.deleted import DeletedWire, deleted_wire
from picking.wire.diameter import SuggestedDiameterWire, suggested_diameter_wire
from picking.wire.double_agreement import (
    DifferingLabelWire,
    DifferingMicrographWire,
    DoubleAgreementWire,
    LabelDifferencesWire,
    LabelDifferenceWire,
    PairAgreementWire,
)
from picking.wire.export import (
    CitedSnapshotWire,
    ExportCountsWire,
    ExportDetailWire,
    ExportOptions,
    ExportWire,
    ManifestWire,
    export_detail_wire,
    export_wire,
)
from picking.wire.figures import AgreementWire, FiguresWire, NoFiguresWire
from picking.wire.history import (
    DifferenceWire,
    HistoryEntryWire,
    MomentWire,
    PastWire,
    RestoredWire,
    TickWire,
    TimelineWire,
    restored_wire,
)
from picking.wire.job import JobWire, LossPoint, job_wire
from picking.wire.labels import LabelCounts
from picking.wire.left_out import LeftOutWire, left_out_wire
from picking.wire.marks import COLUMNS, MarkColumns, MarkEvent
from picking.wire.member import (
    InvitationWire,
    LastSeenWire,
    MemberWire,
    SharedLinkWire,
    guest_wire,
    invitation_wire,
    member_wire,
    shared_link_wire,
)
from picking.wire.micrograph import CtfWire, MicrographWire, PickCountWire, ctf_wire, micrograph_wire
from picking.wire.named_snapshot import NamedSnapshotWire, named_snapshot_wire
from picking.wire.pick_summary import PickSummaryWire
from picking.wire.project import ListedProjectWire, ProjectWire, project_wire
from picking.wire.snapshot import ServerLimitsWire, SnapshotRowsWire, SnapshotWire
from picking.wire.source import SourceWire, source_wire
from picking.wire.training import (
    HeldOutRow,
    NetworksWire,
    TrainingDetailWire,
    TrainingWire,
    networks_wire,
    training_detail_wire,
    training_wire,
)
from picking.wire.watched import WatchedDetailWire, WatchedWire, watched_wire
from picking.wire.webhook import DeliveryWire, WebhookWire, delivery_wire, webhook_wire

__all__ = [
    "COLUMNS",
    "AgreementWire",
    "AppliedWire",
    "AssignmentWire",
    "AverageClassWire",
    "AverageMembersWire",
    "AveragesWire",
    "BesidePairWire",
    "BesideWire",
    "CitedSnapshotWire",
    "CommentWire",
    "ComparedMicrographWire",
    "ComparedPlacesWire",
    "ComparisonWire",
    "CoordinateImportWire",
    "CtfWire",
    "DeletedWire",
    "DeliveryWire",
    "DifferenceWire",
    "DifferingLabelWire",
    "DifferingMicrographWire",
    "DoubleAgreementWire",
    "ExportCountsWire",
    "ExportDetailWire",
    "ExportOptions",
    "ExportWire",
    "FiguresWire",
    "HeldOutRow",
    "HistoryEntryWire",
    "InvitationWire",
    "JobWire",
    "LabelCounts",
    "LabelDifferenceWire",
    "LabelDifferencesWire",
    "LastSeenWire",
    "LeftOutWire",
    "ListedProjectWire",
    "LossPoint",
    "ManifestWire",
    "MarkColumns",
    "MarkEvent",
    "MatchedWire",
    "MemberWire",
    "MentionWire",
    "MicrographWire",
    "MomentWire",
    "NamedPersonWire",
    "NamedSnapshotWire",
    "NetworksWire",
    "NoFiguresWire",
    "OperationResultWire",
    "PairAgreementWire",
    "PastWire",
    "PickCountWire",
    "PickSummaryWire",
    "ProjectWire",
    "QueuePersonWire",
    "QueueProgressWire",
    "QueueWire",
    "RestoredWire",
    "ServerLimitsWire",
    "SharedLinkWire",
    "SnapshotRowsWire",
    "SnapshotWire",
    "SourceWire",
    "SuggestedDiameterWire",
    "TickWire",
    "TimelineWire",
    "TrainingDetailWire",
    "TrainingWire",
    "WatchedDetailWire",
    "WatchedWire",
    "WebhookWire",
    "assignment_wire",
    "averages_wire",
    "comment_wire",
    "coordinate_import_wire",
    "ctf_wire",
    "deleted_wire",
    "delivery_wire",
    "export_detail_wire",
    "export_wire",
    "guest_wire",
    "invitation_wire",
    "job_wire",
    "left_out_wire",
    "member_wire",
    "micrograph_wire",
    "named_snapshot_wire",
    "networks_wire",
    "project_wire",
    "restored_wire",
    "shared_link_wire",
    "source_wire",
    "suggested_diameter_wire",
    "training_detail_wire",
    "training_wire",
    "watched_wire",
    "webhook_wire",
]
