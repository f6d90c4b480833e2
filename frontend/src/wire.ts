// What travels between page and server. Made by `manage.py typescript` from the Python that defines it.

/** What the page says of each role, and what it may do. */
export const ROLES = {
  "owner": {
    "title": "Owner – also archives or deletes the project and names its owners",
    "annotates": true,
    "manages": true,
    "owns": true
  },
  "manager": {
    "title": "Manager – also members, trainings, thresholds, imports",
    "annotates": true,
    "manages": true,
    "owns": false
  },
  "annotator": {
    "title": "Annotator – labels, judges picks, downloads",
    "annotates": true,
    "manages": false,
    "owns": false
  },
  "viewer": {
    "title": "Viewer – looks and downloads",
    "annotates": false,
    "manages": false,
    "owns": false
  }
}

/**
 * A link or a webhook was made, changed or taken away. Its address and its token are told to nobody.
 *
 * `name`: whom a shared link is for, the role of an invitation; empty for webhooks.
 */
export type AccessChanged = {
  readonly what: "invitation" | "shared_link" | "webhook"
  readonly name: string
  readonly change: "made" | "changed" | "removed"
  readonly type: "access.changed"
}

export type Adoption = {
  readonly from_training: number
}

/** The final picks compared with known coordinates, over the micrographs that have them. */
export type Agreement = {
  readonly reference_particles: number
  readonly picks: number
  readonly matched: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly micrographs: number
}

/** `sequence`: of the project, which includes what was applied. `results`: in the order of the operations. */
export type Applied = {
  readonly sequence: number
  readonly results: readonly OperationResult[]
}

/** What became of the operations that this browser asked for under the number `request`. */
export type AppliedMessage = {
  readonly type: "applied"
  readonly request: number
  readonly applied: Applied
}

/** As DoubleLabelling. */
export type AskForDoubleLabelling = {
  readonly people: readonly number[]
  readonly share: number
  readonly seed?: number | null
}

export type AskForNext = {
  /** the micrograph that you are at: the next is another one */
  readonly after?: number | null
  readonly order?: "name" | "teach"
}

export type AskToReveal = {
  readonly micrographs: readonly number[]
}

export type AskToReview = {
  /** whose work on the micrograph it is */
  readonly person: number
  readonly accepted: boolean
  /** why not, if not */
  readonly reason?: string
}

/** As Assigning. */
export type AskToShare = {
  readonly people: readonly number[]
  readonly micrographs?: readonly number[] | null
  readonly each?: number | null
  readonly order?: "name" | "random"
  readonly seed?: number
  readonly double?: boolean
}

export type AskToTakeBack = {
  readonly micrographs: readonly number[]
  readonly person?: number | null
}

/**
 * One person's work on one micrograph.
 *
 * `assigned`: given by a manager, and so not free for others when its holder leaves. `claimed_at`: since when they
 * work on it. `active_at`: when they last did something on it, as of the last change of this row. `seconds_worked`:
 * active time. `sent_back`: why a reviewer wants more work on it; empty if nobody does. Null: not yet, or by nobody.
 */
export type Assignment = {
  readonly id: number
  readonly micrograph: number
  readonly user: number
  readonly assigned: boolean
  readonly assigned_by: number | null
  readonly claimed_at: string | null
  readonly active_at: string | null
  readonly seconds_worked: number
  readonly done_at: string | null
  readonly reviewed_by: number | null
  readonly reviewed_at: string | null
  readonly sent_back: string
}

export type AssignmentPage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly Assignment[]
}

/**
 * Micrographs were given, taken, done, reviewed or freed.
 *
 * `removed`: ids of assignments that are no more. `doubled`: ids of micrographs that two are to label from now on.
 * `change`: what was done with `micrographs` of `people`, by their ids. Put down: no longer worked on, and still
 * assigned. Run out: others had it, for its holder has left.
 */
export type AssignmentsChanged = {
  readonly assignments: readonly Assignment[]
  readonly removed: readonly number[]
  readonly doubled: readonly number[]
  readonly change: "given" | "taken" | "put_down" | "freed" | "run_out" | "finished" | "reopened" | "accepted" | "sent_back" | "restored"
  readonly micrographs: readonly number[]
  readonly people: readonly number[]
  readonly type: "assignments.changed"
}

/**
 * One class. `number`: from 1, the largest class first, as in the files; the classes stand so in the picture.
 *
 * `count`: its members. `particle_score`, `contamination_score`: their means; null where no network saw them.
 * `resolution`: Å, from two halves of its members; null where they are too few.
 */
export type AverageClass = {
  readonly number: number
  readonly count: number
  readonly particle_score: number | null
  readonly contamination_score: number | null
  readonly resolution: number | null
}

/**
 * The members of a class, one list for each column, the best fit first.
 *
 * `x`, `y`: centres in full-resolution pixels. `particle`, `contamination`: scores, null where no network saw the
 * pick. `fit`: how well it fits its average, 0 to 1.
 */
export type AverageMembers = {
  readonly micrograph: readonly number[]
  readonly x: readonly number[]
  readonly y: readonly number[]
  readonly particle: readonly (number | null)[]
  readonly contamination: readonly (number | null)[]
  readonly fit: readonly number[]
}

/**
 * Averages, as far as they are. `number`: in their address. `source`, `source_name`: whose picks they are of.
 *
 * `training`: its version; null for the first guess. `picks`: how many are sorted, `of` how many there were: fewer
 * are a random part. `done`: the part of the work, 0 to 1. `round`: grows with each new picture, in which averages are
 * `size` pixels wide and high, `columns` in a row. `pixel_size`: of an average, `diameter`: of the particle, Å.
 * `micrographs`: how many were asked for, null for all; `least_particle`, `most_contamination`: scores asked for.
 * Before the first round `classes` and `pixel_size` are null, `size` and `columns` 0. `problem`: why they failed.
 */
export type Averages = {
  readonly number: number
  readonly source: number
  readonly source_name: string
  readonly training: number | null
  readonly job: Job
  readonly picks: number
  readonly of: number
  readonly done: number
  readonly round: number
  readonly size: number
  readonly columns: number
  readonly pixel_size: number | null
  readonly diameter: number
  readonly micrographs: number | null
  readonly least_particle: number | null
  readonly most_contamination: number | null
  readonly classes: readonly AverageClass[] | null
  readonly problem: string | null
  readonly created_by: number | null
  readonly created_at: string
}

/** They were asked for, sharpened by a round, or ended. Rounds are forgotten at the end, as progress is. */
export type AveragesChanged = {
  readonly averages: Averages
  readonly type: "averages.changed"
}

export type AveragesDeleted = {
  readonly number: number
  readonly type: "averages.deleted"
}

export type AveragesPage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly Averages[]
}

export type Batch = {
  readonly operations: readonly Operation[]
}

/** Two sets of averages beside one another: a pair for each class of the first. */
export type Beside = {
  readonly pairs: readonly BesidePair[]
}

/**
 * A class by its number, and the class of the others that holds most of the same picks; null where none does.
 *
 * `shared`: how many picks both hold.
 */
export type BesidePair = {
  readonly number: number
  readonly beside: number | null
  readonly shared: number
}

/**
 * What came of a file.
 *
 * `matched`: how many micrographs took values. `unmatched`: names in the file that no micrograph has. `missing`:
 * micrographs that the file does not name.
 */
export type BroughtCtf = {
  readonly matched: number
  readonly unmatched: readonly string[]
  readonly missing: readonly string[]
  readonly left_out: readonly UnusedRow[]
}

/** The socket closes for good. */
export type ByeMessage = {
  readonly type: "bye"
  readonly reason: string
  readonly offer: "projects" | "sign_in" | "reload" | "snapshot" | "nothing"
}

/** All events up to this one have been sent; what follows is new. `you`: who this browser is among those here. */
export type CaughtUpMessage = {
  readonly type: "caught_up"
  readonly sequence: number
  readonly you: number
}

/** In the order in which the places were asked. */
export type Centres = {
  readonly points: readonly (readonly [number, number])[]
}

export type CentresAsked = {
  readonly points: readonly (readonly [number, number])[]
}

/** What is left out stays as it is. */
export type ChangedComment = {
  readonly text?: string
  readonly resolved?: boolean
  readonly deleted?: boolean
}

/** Null takes a choice back: the likeliest then applies. */
export type ChangedCoordinateImport = {
  readonly format?: "relion" | "relion_particles" | "relion_manual" | "eman_box" | "eman2_json" | "cryolo" | "cryosparc" | "topaz" | "coords" | "csv" | null
  readonly rule?: ChosenRule | null
  readonly placing?: ChosenPlacing | null
  readonly merge_doubled?: boolean
}

export type ChangedMicrograph = {
  readonly particle_threshold?: number | null
  readonly contamination_threshold?: number | null
  readonly excluded?: boolean
  readonly flagged?: boolean
  readonly double?: boolean
  readonly note?: string
}

export type ChangedProject = {
  readonly name?: string
  readonly particle_diameter?: number | null
  readonly pixel_size?: number | null
  readonly particle_threshold?: number
  readonly contamination_threshold?: number
  readonly first_guess?: boolean
  readonly keep_training?: boolean
  readonly minimum_distance?: number
  readonly border_margin?: number
  readonly archived?: boolean
}

export type ChangedSource = {
  readonly name?: string
  readonly threshold?: number
  readonly teaches?: boolean
}

/** What is left out stays as it is. */
export type ChangedWebhook = {
  readonly url?: string
  readonly events?: readonly ("training.finished" | "picking.finished" | "export.ready" | "comment.made")[]
  readonly active?: boolean
}

export type ChosenPlacing = {
  readonly scale: number | null
  readonly unit: "pixels" | "fractions" | "angstrom"
  readonly flip_y: boolean
}

export type ChosenRule = {
  readonly starts: string
  readonly ends: string
}

/** A named snapshot, by its address below the server's and by the SHA-256 of its canonical form. */
export type CitedSnapshot = {
  readonly number: number
  readonly name: string
  readonly address: string
  readonly sha256: string
}

/**
 * `thread`: the comment that it answers, or its own id. `x`, `y`: of a place, full-resolution pixels.
 *
 * `micrograph`: null for the project as a whole. `author`, `resolved_by`: null if the account is gone.
 * `sequence`: the event since which it is to be read. `deleted`: its text is empty then; it is listed while it has
 * answers. `resolved_at`: of a thread; null while it is open.
 */
export type Comment = {
  readonly id: string
  readonly thread: string
  readonly micrograph: number | null
  readonly x: number | null
  readonly y: number | null
  readonly author: NamedPerson | null
  readonly text: string
  readonly sequence: number
  readonly created_at: string
  readonly edited_at: string | null
  readonly resolved_at: string | null
  readonly resolved_by: NamedPerson | null
  readonly deleted: boolean
  readonly mentions: readonly Mention[]
}

/** A comment as it is now, and what was done to it. */
export type CommentChanged = {
  readonly comment: Comment
  readonly change: "added" | "edited" | "resolved" | "reopened" | "deleted" | "restored"
  readonly type: "comment.changed"
}

export type CommentPage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly Comment[]
}

/** How many picks the first and the second have, and how many of these are the same particle. */
export type ComparedMicrograph = {
  readonly id: number
  readonly first: number
  readonly second: number
  readonly matched: number
}

/** Centres in full-resolution pixels of one micrograph; those that both have are where the first has them. */
export type ComparedPlaces = {
  readonly matched: readonly (readonly [number, number])[]
  readonly only_first: readonly (readonly [number, number])[]
  readonly only_second: readonly (readonly [number, number])[]
}

/** `offset`: median of second minus first over the pairs, in Å, and `offset_px` in pixels. */
export type Comparison = {
  readonly first: number
  readonly second: number
  readonly matched: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly offsets: readonly (readonly [number, number])[]
  readonly sentences: readonly string[]
  readonly micrographs: readonly ComparedMicrograph[]
  readonly titles: readonly string[]
  readonly offset: readonly [number, number]
  readonly offset_px: readonly [number, number]
}

/** How the coordinates in the file are to be read. */
export type Conventions = {
  readonly origin: string
  readonly place: string
  readonly unit: string
  readonly flip_y: boolean
  readonly scale: number
  readonly box: number | null
}

/** `paths`: of the files, in their order, below what was dropped; their names alone where it is missing. */
export type CoordinateFiles = {
  readonly files: readonly string[]
  readonly paths?: readonly string[]
}

/**
 * Files as they would be stored.
 *
 * `files`: how many. `format`: as told by the content, or as chosen. `doubt`: why it may be another, and which files
 * are left out; empty where there is nothing to say. `rule`, `placing`: in use; `chosen_rule`, `chosen_placing`:
 * whether a person chose them. `matched`: names in the files that mean one micrograph.
 * `unmatched`, `ambiguous`: the first of those that mean none, or may mean several. `missing`: micrographs of the
 * project without coordinates. `scored`: whether the files hold scores. `guess`: what the coordinates say of their
 * scale. `warnings`: sentences.
 */
export type CoordinateImport = {
  readonly id: string
  readonly files: number
  readonly format: string
  readonly doubt: string
  readonly rule: NameRule
  readonly chosen_rule: boolean
  readonly rules: readonly SuggestedRule[]
  readonly placing: Placing
  readonly chosen_placing: boolean
  readonly guess: string
  readonly merge_doubled: boolean
  readonly scored: boolean
  readonly matched: number
  readonly unmatched: readonly string[]
  readonly unmatched_count: number
  readonly ambiguous: readonly string[]
  readonly ambiguous_count: number
  readonly missing: number
  readonly picks: number
  readonly outside: number
  readonly doubled: number
  readonly warnings: readonly string[]
  readonly micrographs: readonly IncomingMicrograph[]
}

/**
 * What is known of the contrast transfer function.
 *
 * `defocus_u`, `defocus_v`, `resolution`: Å. `astigmatism_angle`: degrees, the direction of `defocus_u`, from the
 * x axis towards the y axis. `voltage`: kV. `spherical_aberration`: mm. `phase_shift`: degrees. `resolution`: up to
 * which the rings fit; null if unknown.
 */
export type Ctf = {
  readonly defocus_u: number
  readonly defocus_v: number
  readonly astigmatism_angle: number
  readonly voltage: number
  readonly spherical_aberration: number
  readonly amplitude_contrast: number
  readonly phase_shift: number
  readonly resolution: number | null
}

/** Many micrographs at once, as a file brings them. */
export type CtfChanged = {
  readonly values: readonly (readonly [number, Ctf])[]
  readonly type: "ctf.changed"
}

export type CtfFile = {
  readonly file: string
}

export type DeleteMark = {
  readonly operation: string
  readonly id: string
  readonly after?: number | null
  readonly type: "label.delete" | "region.delete" | "verdict.delete"
}

/**
 * A micrograph or a project. `size`: bytes on the disk, of what CryoWeb keeps itself.
 *
 * `deleted_by`: null if the account is gone. `expires_at`: when it is removed for good.
 */
export type Deleted = {
  readonly id: number
  readonly name: string
  readonly size: number
  readonly deleted_at: string
  readonly deleted_by: string | null
  readonly expires_at: string
}

export type DeletedPage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly Deleted[]
}

/** `next_try_at`: null once it is delivered or given up. `response`: the beginning of the last answer. */
export type Delivery = {
  readonly id: number
  readonly message_id: string
  readonly event: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly state: "waiting" | "delivered" | "given up"
  readonly attempts: number
  readonly created_at: string
  readonly tried_at: string | null
  readonly next_try_at: string | null
  readonly status_code: number | null
  readonly response: string
  readonly error: string
}

export type DeliveryPage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly Delivery[]
}

/** `suggested`: what the last scan found, null before the first. */
export type DiameterScan = {
  readonly suggested: SuggestedDiameter | null
}

export type DiameterSuggested = {
  readonly suggested: SuggestedDiameter
  readonly type: "diameter.suggested"
}

/** How many marks a restoration puts back, takes away and changes. `micrographs`: on how many. */
export type Difference = {
  readonly back: number
  readonly gone: number
  readonly changed: number
  readonly micrographs: number
}

/** A label as it was when the micrograph was revealed. `x`, `y`: in full-resolution pixels. */
export type DifferingLabel = {
  readonly id: string
  readonly author: number
  readonly kind: LabelKind
  readonly x: number
  readonly y: number
}

/** `people`: the two whose labels differ. `differences`: in all; `open`: those that nobody has settled. */
export type DifferingMicrograph = {
  readonly id: number
  readonly people: readonly [number, number]
  readonly differences: number
  readonly open: number
}

/**
 * `micrographs`: those that two labelled blind and finished, and that were revealed.
 *
 * `unfinished`: how many were revealed before two had finished: these are in no figure.
 */
export type DoubleAgreement = {
  readonly pairs: readonly PairAgreement[]
  readonly micrographs: readonly DifferingMicrograph[]
  readonly unfinished: number
}

/** Which micrographs are blind now, by their ids, and who has them. `seed`: by which they were drawn. */
export type DoubleLabellingBegun = {
  readonly seed: number
  readonly micrographs: readonly number[]
  readonly assignments: readonly Assignment[]
}

/** What was committed up to the sequence number `last`, in order, as far as this person may see it. */
export type EventsMessage = {
  readonly type: "events"
  readonly last: number
  readonly events: readonly Told[]
}

/**
 * An export. The file is there, with its size in bytes and its SHA-256, once the job has finished.
 *
 * `left_out`: micrographs that are not in it. `expires_at`: when the file is deleted.
 */
export type Export = {
  readonly id: number
  readonly format: string
  readonly options: ExportOptions
  readonly status: JobStatus
  readonly job: Job
  readonly file_name: string
  readonly size: number | null
  readonly sha256: string
  readonly counts: ExportCounts | null
  readonly left_out: readonly LeftOut[]
  readonly created_by: number | null
  readonly created_at: string
  readonly expires_at: string
}

/**
 * `micrographs`: with picks in the file; `empty`: without. `outside`: centres that are not on their image.
 *
 * `below_score`: with less than the least score. `doubled`: on a pick of an earlier source.
 */
export type ExportCounts = {
  readonly micrographs: number
  readonly empty: number
  readonly picks: number
  readonly by_source: readonly SourceCount[]
  readonly outside: number
  readonly below_score: number
  readonly doubled: number
}

/** An export with its manifest; null until the file is there. */
export type ExportDetail = {
  readonly id: number
  readonly format: string
  readonly options: ExportOptions
  readonly status: JobStatus
  readonly job: Job
  readonly file_name: string
  readonly size: number | null
  readonly sha256: string
  readonly counts: ExportCounts | null
  readonly left_out: readonly LeftOut[]
  readonly created_by: number | null
  readonly created_at: string
  readonly expires_at: string
  readonly manifest: Manifest | null
}

/** A file of the export, with its size in bytes and its SHA-256. */
export type ExportFile = {
  readonly path: string
  readonly size: number
  readonly sha256: string
}

/**
 * A coordinate format: the program whose it is, its name for people, and what to do with it there.
 *
 * `boxes`: whether it says how large a box is. `read`: whether its files can be imported.
 */
export type ExportFormat = {
  readonly key: string
  readonly program: string
  readonly title: string
  readonly after: string
  readonly boxes: boolean
  readonly read: boolean
}

/**
 * What an export is to hold, and how the next program wants it.
 *
 * `micrograph`: the only one, by its id; null for all. `sources`: ids of sources whose picks are joined, those nearer
 * than 0.4 diameters to one of an earlier source left out; 0 stands for the final picks, which are what the canvas
 * shows. `least_score`: picks of networks and of other programs need it; in the source's own units. `reviewed_only`:
 * micrographs alone on which a person has marked something. `folder`, `flip_y`, `scale`, `box_px`: of the next
 * program; the box in full-resolution pixels, null for one and a half diameters.
 * The other texts change the file names: first what begins or ends them is taken off, then something is added.
 * `extension`: instead of the file's own.
 * `snapshot`: the number of a named snapshot whose picks are meant instead of those of now; null for these.
 * `provenance`: with provenance.csv, which says of each coordinate where it comes from; CSV, and the tables of RELION
 * particles and stacks, say it in columns too.
 * `binned_box` (pixels; null for none), `invert`, `normalise` and `half_precision` are of particle stacks alone.
 */
export type ExportOptions = {
  readonly format: string
  readonly micrograph: number | null
  readonly sources: readonly number[]
  readonly least_score: number | null
  readonly reviewed_only: boolean
  readonly folder: string
  readonly flip_y: boolean
  readonly scale: number
  readonly box_px: number | null
  readonly remove_prefix: string
  readonly remove_suffix: string
  readonly add_prefix: string
  readonly add_suffix: string
  readonly extension: string
  readonly binned_box: number | null
  readonly invert: boolean
  readonly normalise: boolean
  readonly half_precision: boolean
  readonly snapshot: number | null
  readonly provenance: boolean
}

export type ExportPage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly Export[]
}

/** Somebody deleted an export. That one was made is told by its job. */
export type ExportRemoved = {
  readonly name: string
  readonly type: "export.removed"
}

/** `settings`: the SHA-256 of the settings that the networks were trained with, as sorted JSON. */
export type ExportTraining = {
  readonly version: number
  readonly seed: number
  readonly settings: string
}

/**
 * Places in full-resolution pixels of the micrograph, as they were read back from the file.
 *
 * `box`: along a box in the same pixels, where the format has boxes.
 */
export type ExportedPoints = {
  readonly points: readonly (readonly [number, number])[]
  readonly box: number | null
}

/** Nothing of the request was applied. */
export type FailedMessage = {
  readonly type: "failed"
  readonly request: number
  readonly problem: Problem
}

/** What is wrong with one field. `field`: its name; dots lead into lists and objects, as in `points.0`. */
export type FieldProblem = {
  readonly field: string
  readonly detail: string
}

/** What a validation found; `particles` and `others`: how many labels were held out. */
export type Figures = {
  readonly average_precision: number
  readonly best_f1: number
  readonly particles: number
  readonly others: number
  readonly whole_micrographs: boolean
}

/**
 * One list for each column. `x`, `y`: centres in full-resolution pixels, 0-based, row 0 first.
 *
 * `particle_score`, `contamination_score`: null where no network saw the particle. `source`: "label", "verdict" or
 * "network".
 */
export type FinalPicks = {
  readonly micrograph: readonly number[]
  readonly x: readonly number[]
  readonly y: readonly number[]
  readonly particle_score: readonly (number | null)[]
  readonly contamination_score: readonly (number | null)[]
  readonly source: readonly string[]
}

/**
 * What lies in a folder, what a list names, or what matches a pattern.
 *
 * `parent`: "" for the list of allowed roots, which has none itself. `lists`: files in a folder that may list
 * micrographs. `micrographs`, `left_out`: what an import would bring, and what it would not; `notes`: what more there
 * is to know of it.
 */
export type Folder = {
  readonly path: string
  readonly kind: "folder" | "list" | "pattern"
  readonly parent: string | null
  readonly folders: readonly FolderName[]
  readonly lists: readonly FolderName[]
  readonly micrographs: number
  readonly notes: readonly string[]
  readonly left_out: readonly LeftOut[]
}

/**
 * `path`: of a folder, of a list of micrographs (STAR, `.cs`), or a pattern such as `/data/g?/*_DW.mrc`.
 *
 * `subfolders`: whether the folders in a folder count too.
 */
export type FolderImport = {
  readonly path: string
  readonly subfolders?: boolean
}

/** `jobs`: imports that are queued. `skipped`: in the project already. `notes`: sentences for people. */
export type FolderImported = {
  readonly jobs: number
  readonly skipped: readonly string[]
  readonly notes: readonly string[]
  readonly left_out: readonly LeftOut[]
}

/** A folder, by the name that people see and by where it lies. */
export type FolderName = {
  readonly name: string
  readonly path: string
}

/** A browser says whose view its own follows. */
export type FollowMessage = {
  readonly type: "follow"
  readonly person: number | null
}

/**
 * Changes of one kind by one person, made without a long pause.
 *
 * `first`, `last`: sequence numbers. `actor`, `who`: null and empty where nobody did it, or the account is gone.
 * `type`: of the events; a mark's is put, changed, deleted or restored; of the queue it says what was done: given,
 * taken, put_down, freed, finished, reopened, accepted, sent_back. `count`: of marks, or changes. `micrograph`,
 * `name`: null and empty for none and for several; the id of one that was removed may stand there. `micrographs`: how
 * many. `kinds`: of the labels and verdicts that were put, and how many of each; what a restoration did. `places`: of
 * some marks, x and y in pixels. `changes`: setting -> (before, after). `about`: what it is about in a word: a source,
 * a training, a job, whose micrographs.
 */
export type HistoryEntry = {
  readonly first: number
  readonly last: number
  readonly since: string
  readonly until: string
  readonly actor: number | null
  readonly who: string
  readonly type: string
  readonly count: number
  readonly micrograph: number | null
  readonly micrographs: number
  readonly name: string
  readonly kinds: Readonly<Record<string, number>>
  readonly places: readonly (readonly [number, number])[]
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>
  readonly about: string
}

export type HistoryPage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly HistoryEntry[]
}

/** `picks`: that would be stored. `outside`: whose centre is outside of the image, which are left out. */
export type IncomingMicrograph = {
  readonly micrograph: number
  readonly picks: number
  readonly outside: number
  readonly doubled: number
}

/** An open invitation, without its address. `uses`: how many have joined by it; `most_uses`: null for any number. */
export type Invitation = {
  readonly id: number
  readonly role: Role
  readonly created_by: number | null
  readonly created_at: string
  readonly expires_at: string
  readonly uses: number
  readonly most_uses: number | null
}

/** `hours`: how long it lasts. `most_uses`: how many people may join by it; null for any number. */
export type InvitationAsked = {
  readonly role: "owner" | "manager" | "annotator" | "viewer"
  readonly hours?: number
  readonly most_uses?: number | null
}

export type InvitationPage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly Invitation[]
}

/** `done` of `total` steps; `error`: why it failed, until somebody has dismissed it (`dismissed`). */
export type Job = {
  readonly id: number
  readonly kind: JobKind
  readonly status: JobStatus
  readonly name: string
  readonly done: number
  readonly total: number
  readonly message: string
  readonly error: string
  readonly dismissed: boolean
  readonly created_by: number | null
  readonly created_at: string
  readonly losses?: readonly (readonly ["particle" | "contamination", number, number])[]
}

export type JobChanged = {
  readonly job: Job
  readonly type: "job.changed"
}

export type JobKind = "import" | "train" | "pick" | "guess" | "validate" | "export" | "snapshot" | "diameter" | "average"

export type JobPage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly Job[]
}

/** Told while a job runs. Forgotten when it ends: the job's row then holds it all. */
export type JobProgress = {
  readonly id: number
  readonly done: number
  readonly total: number
  readonly message: string
  readonly losses: readonly (readonly ["particle" | "contamination", number, number])[]
  readonly type: "job.progress"
}

export type JobStatus = "queued" | "running" | "finished" | "failed" | "cancelled"

/** How many labels of each kind. */
export type LabelCounts = {
  readonly particle: number
  readonly background: number
  readonly contamination: number
}

export type LabelDeleted = {
  readonly id: string
  readonly micrograph: number
  readonly type: "label.deleted"
}

/**
 * `what`: `only_first`, `only_second`, `kind` or `apart`. `first`, `second`: the labels; null where there is none.
 *
 * `settled`: one of the labels is gone or agrees now, or somebody accepted what is left.
 */
export type LabelDifference = {
  readonly what: "only_first" | "only_second" | "kind" | "apart"
  readonly first: DifferingLabel | null
  readonly second: DifferingLabel | null
  readonly settled: boolean
}

/** Of one micrograph; empty where it was not labelled blind by two who finished. */
export type LabelDifferences = {
  readonly people: readonly number[]
  readonly differences: readonly LabelDifference[]
}

export type LabelKind = "particle" | "background" | "contamination"

export type LabelPage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly LabelRow[]
}

export type LabelPut = {
  readonly id: string
  readonly micrograph: number
  readonly author: number | null
  readonly changed_by: number | null
  readonly created_at: string
  readonly kind: LabelKind
  readonly x: number
  readonly y: number
  readonly type: "label.put"
}

/**
 * `x`, `y`: full-resolution pixels, 0-based, row 0 first. `author`: null if the account is gone.
 *
 * `changed_by`: who changed it last, where that was not its author.
 */
export type LabelRow = {
  readonly id: string
  readonly micrograph: number
  readonly author: number | null
  readonly changed_by: number | null
  readonly created_at: string
  readonly kind: string
  readonly x: number
  readonly y: number
}

/** All labels of a micrograph. */
export type Labels = {
  readonly labels: readonly LabelRow[]
}

/** `sequence`: of the project, which includes them. */
export type LabelsAdded = {
  readonly sequence: number
  readonly added: number
  readonly refused: readonly RefusedLabel[]
}

/** When a member last had a window on the project. */
export type LastSeen = {
  readonly user: number
  readonly at: string
}

/** Files or micrographs that were left out: why, how many, and the names of the first. */
export type LeftOut = {
  readonly reason: string
  readonly count: number
  readonly names: readonly string[]
}

/**
 * With its contents.
 *
 * `picks`: network picks that pass the thresholds and keep the border margin. `quality`: of the current training.
 * `cover`: the key of one of its micrographs; in a response, the address of a picture. `changed_at`, `changed_by`:
 * when a person last changed it, and who; null if the account is gone. `waiting`: threads of comments that wait for
 * the person who asks.
 */
export type ListedProject = {
  readonly id: number
  readonly name: string
  readonly particle_diameter: number | null
  readonly diameter_provisional: boolean
  readonly pixel_size: number | null
  readonly archived: boolean
  readonly particle_threshold: number
  readonly contamination_threshold: number
  readonly minimum_distance: number
  readonly border_margin: number
  readonly current_training: number | null
  readonly first_guess: boolean
  readonly keep_training: boolean
  readonly role: Role
  readonly members: readonly Member[]
  readonly micrographs: number
  readonly labels: LabelCounts
  readonly picks: number
  readonly quality: Figures | null
  readonly cover: string | null
  readonly changed_at: string
  readonly changed_by: string | null
  readonly waiting: number
}

/** A browser says which micrograph it shows. */
export type LookMessage = {
  readonly type: "look"
  readonly micrograph: number | null
}

/** `url`: the link to send. It is told this once. */
export type MadeInvitation = {
  readonly invitation: Invitation
  readonly url: string
}

/** `url`: the link to send. It is told this once. */
export type MadeSharedLink = {
  readonly shared_link: SharedLink
  readonly url: string
}

/** `text`: what programs send. It is told this once. */
export type MadeToken = {
  readonly token: Token
  readonly text: string
}

/** `secret`: what messages are signed with. It is told this once. */
export type MadeWebhook = {
  readonly webhook: Webhook
  readonly secret: string
}

/**
 * What is in an export and how it came to be: cryoweb_manifest.json beside the picks.
 *
 * `program`: with its version. `sequence`: of the last event in it. `snapshot`: null for an export of how things were
 * then. `particle_diameter`: Å. `training`: null where the networks were not trained yet. `first_guess`: whether picks
 * of the networks that are shipped with CryoWeb are in it. `files`: all but the manifest.
 */
export type Manifest = {
  readonly program: string
  readonly project: string
  readonly sequence: number
  readonly snapshot: CitedSnapshot | null
  readonly created_at: string
  readonly created_by: string
  readonly format: string
  readonly options: ExportOptions
  readonly particle_diameter: number
  readonly conventions: Conventions
  readonly thresholds: Thresholds
  readonly training: ExportTraining | null
  readonly first_guess: boolean
  readonly counts: ExportCounts
  readonly left_out: readonly LeftOut[]
  readonly files: readonly ExportFile[]
}

/** The marks of a project. */
export type MarkColumns = {
  readonly labels: {
    readonly id: readonly string[]
    readonly micrograph: readonly number[]
    readonly author: readonly (number | null)[]
    readonly changed_by: readonly (number | null)[]
    readonly created_at: readonly string[]
    readonly kind: readonly LabelKind[]
    readonly x: readonly number[]
    readonly y: readonly number[]
  }
  readonly regions: {
    readonly id: readonly string[]
    readonly micrograph: readonly number[]
    readonly author: readonly (number | null)[]
    readonly changed_by: readonly (number | null)[]
    readonly created_at: readonly string[]
    readonly polygon: readonly (readonly (readonly [number, number])[])[]
  }
  readonly verdicts: {
    readonly id: readonly string[]
    readonly micrograph: readonly number[]
    readonly author: readonly (number | null)[]
    readonly changed_by: readonly (number | null)[]
    readonly created_at: readonly string[]
    readonly kind: readonly VerdictKind[]
    readonly x: readonly number[]
    readonly y: readonly number[]
    readonly to_x: readonly (number | null)[]
    readonly to_y: readonly (number | null)[]
    readonly fit: readonly (number | null)[]
  }
}

/**
 * The marks told of from `since` up to here are as they were at `at`: both are sequence numbers.
 *
 * Of one micrograph, of one person, or all. `undoes`: the number of such an event that this takes back. `back`,
 * `gone`, `changed`: how many were put, deleted and changed. `left`: how many were not, as somebody had changed them.
 */
export type MarksRestored = {
  readonly since: number
  readonly at: number
  readonly micrograph: number | null
  readonly person: number | null
  readonly undoes: number | null
  readonly back: number
  readonly gone: number
  readonly changed: number
  readonly left: number
  readonly type: "marks.restored"
}

/**
 * The person who asks. `is_admin`: of the server. `guest`: who came by a shared link and has no account.
 *
 * `token`: with which they ask; null for a browser.
 */
export type Me = {
  readonly id: number
  readonly username: string
  readonly is_admin: boolean
  readonly guest: boolean
  readonly token: Token | null
}

export type Member = {
  readonly id: number
  readonly username: string
  readonly role: Role
}

/** `joined`: they came by an invitation, and nobody else did it. */
export type MemberChanged = {
  readonly member: Member
  readonly joined: boolean
  readonly type: "member.changed"
}

export type MemberRemoved = {
  readonly id: number
  readonly type: "member.removed"
}

/** `written`: what stands in the text after the @; `username` is what they are called now. */
export type Mention = {
  readonly id: number
  readonly username: string
  readonly written: string
}

export type Message = EventsMessage | CaughtUpMessage | PresenceMessage | ViewsMessage | PointedMessage | AppliedMessage | FailedMessage | ByeMessage

/**
 * What is known of a micrograph, and what people say of it as a whole.
 *
 * `key`: the name of its folder of tiles. `pixel_size`: Å per pixel, of the project if a person entered it, else of
 * the file; null if unknown. `replaced_pixels`: NaN or infinite in the file, replaced from their surroundings.
 * `levels`: of its pyramid. `particle_threshold`, `contamination_threshold`: its own; null if the project's apply.
 * `excluded`: left out of training, picking and exports. `double`: two people are to label it. `blind`: people see
 * only their own marks on it for now, and it is left out of training and exports. `ctf`: null until it is imported.
 */
export type Micrograph = {
  readonly id: number
  readonly key: string
  readonly name: string
  readonly file_name: string
  readonly width: number
  readonly height: number
  readonly pixel_size: number | null
  readonly replaced_pixels: number
  readonly levels: number
  readonly picks: PickCount | null
  readonly has_reference: boolean
  readonly created_at: string
  readonly particle_threshold: number | null
  readonly contamination_threshold: number | null
  readonly excluded: boolean
  readonly flagged: boolean
  readonly double: boolean
  readonly note: string
  readonly blind: boolean
  readonly ctf: Ctf | null
}

export type MicrographAdded = {
  readonly micrograph: Micrograph
  readonly type: "micrograph.added"
}

export type MicrographChanged = {
  readonly micrograph: Micrograph
  readonly type: "micrograph.changed"
}

export type MicrographPage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly Micrograph[]
}

export type MicrographRemoved = {
  readonly id: number
  readonly type: "micrograph.removed"
}

/** Follows MicrographAdded where that was deleted: its marks. Its picks are there again as well. */
export type MicrographRestored = {
  readonly micrograph: number
  readonly marks: MarkColumns
  readonly type: "micrograph.restored"
}

/**
 * It is blind no more; with all its marks. `early`: before all had finished, because somebody wanted it so.
 *
 * `people`: the ids of those who had finished it: agreement is told of them (docs/decisions/0067-arbitration.md).
 */
export type MicrographRevealed = {
  readonly micrograph: Micrograph
  readonly marks: MarkColumns
  readonly early: boolean
  readonly people: readonly number[]
  readonly type: "micrograph.revealed"
}

/** From now on people see only their own marks on these. `seed`: by which they were drawn. */
export type MicrographsBlind = {
  readonly micrographs: readonly number[]
  readonly seed: number
  readonly type: "micrographs.blind"
}

export type Moment = {
  readonly sequence: number
  readonly at: string
}

/** What is ignored in names, as people type it: texts between commas. `#` stands for a number. */
export type NameRule = {
  readonly starts: string
  readonly ends: string
}

/** Somebody who may have left the project. */
export type NamedPerson = {
  readonly id: number
  readonly username: string
}

/**
 * A named snapshot. `number`: in its address. `sequence`: of the last event that it holds.
 *
 * `sha256`: of its canonical form; empty until its job has finished. `size`: of its file, bytes. `job`: null once the
 * job is forgotten. `created_by`: null if the account is gone.
 */
export type NamedSnapshot = {
  readonly number: number
  readonly name: string
  readonly note: string
  readonly address: string
  readonly status: JobStatus
  readonly job: Job | null
  readonly sequence: number
  readonly sha256: string
  readonly size: number | null
  readonly counts: SnapshotCounts | null
  readonly created_by: string | null
  readonly created_at: string
}

export type NamedSnapshotPage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly NamedSnapshot[]
}

/** Networks that another project may start from. */
export type Networks = {
  readonly id: number
  readonly project: number
  readonly project_name: string
  readonly particle_diameter: number
  readonly version: number
  readonly created_at: string
  readonly labels: LabelCounts
  readonly validation: Figures | NoFigures | null
}

export type NetworksList = readonly Networks[]

/** Which of the picks that count are sorted, and into how many classes. */
export type NewAverages = {
  readonly micrographs?: readonly number[] | null
  readonly least_particle?: number | null
  readonly most_contamination?: number | null
  readonly classes?: number | null
}

/** Without a micrograph it is about the project, without a place about the micrograph. */
export type NewComment = {
  readonly text: string
  readonly micrograph?: number | null
  /** full-resolution pixels */
  readonly x?: number | null
  readonly y?: number | null
  /** the comment that it answers */
  readonly thread?: string | null
}

export type NewConsensus = {
  readonly name: string
  readonly sets: readonly string[]
  readonly at_least: number
}

/** `files`: how many it holds so far. */
export type NewCoordinateImport = {
  readonly id: string
  readonly files: number
}

/** As ExportOptions. */
export type NewExport = {
  readonly format: "relion" | "relion_particles" | "relion_manual" | "eman_box" | "eman2_json" | "cryolo" | "cryosparc" | "topaz" | "coords" | "csv" | "relion_stacks"
  readonly micrograph?: number | null
  readonly sources?: readonly number[]
  readonly least_score?: number | null
  readonly reviewed_only?: boolean
  readonly folder?: string
  readonly flip_y?: boolean
  readonly scale?: number
  readonly box_px?: number | null
  readonly remove_prefix?: string
  readonly remove_suffix?: string
  readonly add_prefix?: string
  readonly add_suffix?: string
  readonly extension?: string
  readonly binned_box?: number | null
  readonly invert?: boolean
  readonly normalise?: boolean
  readonly half_precision?: boolean
  readonly snapshot?: number | null
  readonly provenance?: boolean
}

export type NewLabel = {
  readonly x: number
  readonly y: number
  readonly kind?: "particle" | "background" | "contamination"
}

export type NewLabels = {
  readonly labels: readonly NewLabel[]
}

export type NewMember = {
  readonly role: "owner" | "manager" | "annotator" | "viewer"
  readonly username: string
}

export type NewProject = {
  readonly name: string
  readonly particle_diameter?: number | null
  readonly pixel_size?: number | null
}

/** `name`: whom it is for; people see it beside its guests. `hours`: how long it lasts. */
export type NewSharedLink = {
  readonly name: string
  readonly hours?: number
}

export type NewSnapshot = {
  readonly name: string
  readonly note?: string
}

/** `project`: null for all projects of the person, those made later too. `days`: until it expires. */
export type NewToken = {
  readonly name: string
  readonly role: "owner" | "manager" | "annotator" | "viewer"
  readonly project?: number | null
  readonly days?: number
}

/** Trimming could turn a name into that of another file: names are taken as they are. */
export type NewUpload = {
  readonly name: string
  readonly size: number
  readonly folder?: string
  readonly fingerprint?: string
}

export type NewWebhook = {
  readonly url: string
  readonly events: readonly ("training.finished" | "picking.finished" | "export.ready" | "comment.made")[]
}

/** `assignment`: null where nothing is left for this person. */
export type NextInQueue = {
  readonly assignment: Assignment | null
}

/** Why there are none, in words. */
export type NoFigures = {
  readonly reason: string
}

export type Operation = PutLabel | PutRegion | PutVerdict | WriteComment | ResolveComment | RemoveComment | DeleteMark

/**
 * What became of an operation. `detail`: why it was not applied.
 *
 * `overtaken`: the person `by` (null: nobody, or an account that is gone) had changed the mark since, which stands.
 */
export type OperationResult = {
  readonly operation: string
  readonly status: "applied" | "repeated" | "refused" | "overtaken"
  readonly detail?: string
  readonly by?: number | null
}

/** A browser asks for operations, as in the body of POST …/operations. `request`: a number of its own choice. */
export type OperationsMessage = {
  readonly type: "operations"
  readonly request: number
  readonly operations: readonly unknown[]
}

/** Where adopted networks come from: the project's name and the version there. */
export type Origin = {
  readonly project: string
  readonly training: number
}

/** A micrograph's own thresholds; null where the project's apply. */
export type OwnThresholds = {
  readonly micrograph: string
  readonly particle_threshold: number | null
  readonly contamination_threshold: number | null
}

/**
 * Two people, by their ids, over the micrographs that both have finished; as it was when these were revealed.
 *
 * What is matched are particles. `surplus`: how many more the second has on a micrograph, the median.
 * `kinds_matched`: places that both labelled, whatever as; `kinds_agreed`: those as the same; `kinds_by_chance`: the
 * share that would agree by chance; `kappa`: Cohen's, null where all are of one kind. `offset`: mean of second minus
 * first over the matched particles in Å, `offset_px` in pixels, `offset_spread` its standard deviation in Å.
 */
export type PairAgreement = {
  readonly first: number
  readonly second: number
  readonly matched: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly offsets: readonly (readonly [number, number])[]
  readonly sentences: readonly string[]
  readonly micrographs: readonly ComparedMicrograph[]
  readonly people: readonly [number, number]
  readonly surplus: number
  readonly kinds_matched: number
  readonly kinds_agreed: number
  readonly kinds_by_chance: number
  readonly kappa: number | null
  readonly offset: readonly [number, number]
  readonly offset_px: readonly [number, number]
  readonly offset_spread: readonly [number, number]
}

/**
 * A micrograph as of an event, with its marks.
 *
 * `sequence`, `at`: of the last event until then; 0 and null before the first. `project`: the settings of then.
 * `micrograph`: null if it was not in the project. `source`: whose picks were shown; null if there were none.
 * `source_kept`: whether these picks are still there. `previous`, `following`: sequence numbers of the states before
 * and after what one person changed here at once; null at the ends.
 */
export type Past = {
  readonly labels: {
    readonly id: readonly string[]
    readonly micrograph: readonly number[]
    readonly author: readonly (number | null)[]
    readonly changed_by: readonly (number | null)[]
    readonly created_at: readonly string[]
    readonly kind: readonly LabelKind[]
    readonly x: readonly number[]
    readonly y: readonly number[]
  }
  readonly regions: {
    readonly id: readonly string[]
    readonly micrograph: readonly number[]
    readonly author: readonly (number | null)[]
    readonly changed_by: readonly (number | null)[]
    readonly created_at: readonly string[]
    readonly polygon: readonly (readonly (readonly [number, number])[])[]
  }
  readonly verdicts: {
    readonly id: readonly string[]
    readonly micrograph: readonly number[]
    readonly author: readonly (number | null)[]
    readonly changed_by: readonly (number | null)[]
    readonly created_at: readonly string[]
    readonly kind: readonly VerdictKind[]
    readonly x: readonly number[]
    readonly y: readonly number[]
    readonly to_x: readonly (number | null)[]
    readonly to_y: readonly (number | null)[]
    readonly fit: readonly (number | null)[]
  }
  readonly sequence: number
  readonly at: string | null
  readonly project: Project
  readonly micrograph: Micrograph | null
  readonly source: number | null
  readonly source_kept: boolean
  readonly previous: number | null
  readonly following: number | null
}

/**
 * Someone who is here, the micrograph they look at, and whose view theirs follows; null where there is none.
 *
 * `id`: of a user, or of one guest among those of a shared link, for as long as they stay.
 */
export type Person = {
  readonly id: number
  readonly username: string
  readonly micrograph: number | null
  readonly following: number | null
}

/** How many picks there are, and of which source. */
export type PickCount = {
  readonly source: number
  readonly count: number
}

/**
 * Of all micrographs that take part, at some thresholds and limits.
 *
 * One list for each column: `micrographs`, their ids; `source`, whose picks are shown there, null for none; `count`,
 * how many; `final`, the picks that count; `found`, those of them that the networks found; `score`, their mean
 * particle score, null without any.
 * Of the picks that keep the margin, whatever their scores: `total`; `particle` and `contamination`, how many have
 * which score, in equal bins over [0, 1]; `plane`, in cells of the score plane, rows of falling contamination score.
 * `passing`: those that pass the thresholds, whatever people said of them. `sureness`: their mean combined score.
 */
export type PickSummary = {
  readonly micrographs: readonly number[]
  readonly source: readonly (number | null)[]
  readonly count: readonly number[]
  readonly final: readonly number[]
  readonly found: readonly number[]
  readonly score: readonly (number | null)[]
  readonly total: number
  readonly particle: readonly number[]
  readonly contamination: readonly number[]
  readonly plane: readonly number[]
  readonly passing: number
  readonly sureness: number
}

export type PicksAdded = {
  readonly micrograph: number
  readonly source: number
  readonly count: number
  readonly type: "picks.added"
}

/**
 * `scale`: a pixel of the files is so many of the micrograph's; null where each file says so itself.
 *
 * `flip_y`: rows are counted from the other end.
 */
export type Placing = {
  readonly scale: number | null
  readonly unit: "pixels" | "fractions" | "angstrom"
  readonly flip_y: boolean
}

/** A browser points at a place of the micrograph that it shows, for others to look at. */
export type PointMessage = {
  readonly type: "point"
  readonly micrograph: number
  readonly at: readonly [number, number]
}

/** Somebody wants others to look at a place. */
export type PointedMessage = {
  readonly type: "pointed"
  readonly person: number
  readonly micrograph: number
  readonly at: readonly [number, number]
}

/** Who is here now. */
export type PresenceMessage = {
  readonly type: "presence"
  readonly people: readonly Person[]
}

/** Why a request failed. `type`: for programs. `detail`: for people, with what to do. `errors`: the wrong fields. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly errors?: readonly FieldProblem[]
}

/**
 * What members set for everyone, and the training whose picks they see.
 *
 * `particle_diameter`: Å, null while it is unknown. `diameter_provisional`: it was suggested from the micrographs, and
 * no person has set it yet. `pixel_size`: Å per pixel, null if that of each file applies. In particle diameters:
 * `minimum_distance` between network picks, `border_margin` between them and the border of the micrograph.
 * `first_guess`: whether micrographs are picked with the shipped networks until the first training. `keep_training`:
 * train automatically after people's changes.
 */
export type Project = {
  readonly id: number
  readonly name: string
  readonly particle_diameter: number | null
  readonly diameter_provisional: boolean
  readonly pixel_size: number | null
  readonly archived: boolean
  readonly particle_threshold: number
  readonly contamination_threshold: number
  readonly minimum_distance: number
  readonly border_margin: number
  readonly current_training: number | null
  readonly first_guess: boolean
  readonly keep_training: boolean
}

export type ProjectChanged = {
  readonly project: Project
  readonly type: "project.changed"
}

export type ProjectPage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly ListedProject[]
}

/** Sockets that come to this close, unless the project was restored meanwhile. */
export type ProjectRemoved = {
  readonly type: "project.removed"
}

export type ProjectRestored = {
  readonly type: "project.restored"
}

/** What a project has, with what is on its way, and what it may have; null: no limit. `bytes`: of files here. */
export type ProjectUse = {
  readonly bytes: number
  readonly micrographs: number
  readonly most_bytes: number | null
  readonly most_micrographs: number | null
}

export type PutLabel = {
  readonly operation: string
  readonly id: string
  readonly after?: number | null
  readonly micrograph: number
  readonly type: "label.put"
  readonly kind: "particle" | "background" | "contamination"
  readonly x: number
  readonly y: number
}

export type PutRegion = {
  readonly operation: string
  readonly id: string
  readonly after?: number | null
  readonly micrograph: number
  readonly type: "region.put"
  readonly polygon: readonly (readonly [number, number])[]
}

export type PutVerdict = {
  readonly operation: string
  readonly id: string
  readonly after?: number | null
  readonly micrograph: number
  readonly type: "verdict.put"
  readonly kind: "accept" | "reject" | "move"
  readonly x: number
  readonly y: number
  readonly to_x?: number | null
  readonly to_y?: number | null
  readonly fit?: number | null
}

/** The queue of a project as it stands now. `people`: those who have or had a micrograph. */
export type Queue = {
  readonly progress: QueueProgress
  readonly people: readonly QueuePerson[]
}

/**
 * One person's part: how many micrographs they are to begin, work on, have finished and had reviewed.
 *
 * `median_seconds`: active time on a micrograph, of those finished; null before the first. `labels_per_micrograph`:
 * the same.
 */
export type QueuePerson = {
  readonly user: number
  readonly assigned: number
  readonly claimed: number
  readonly done: number
  readonly reviewed: number
  readonly median_seconds: number | null
  readonly labels_per_micrograph: number | null
}

/** How many micrographs are how far, each as far as the least far of its people. Excluded ones do not count. */
export type QueueProgress = {
  readonly to_do: number
  readonly assigned: number
  readonly claimed: number
  readonly done: number
  readonly reviewed: number
}

export type ReadUpTo = {
  readonly sequence: number
}

/** Bytes that the server holds of the file. */
export type Received = {
  readonly received: number
}

/** `row`: which one of those sent, 0-based. */
export type RefusedLabel = {
  readonly row: number
  readonly detail: string
}

export type RegionDeleted = {
  readonly id: string
  readonly micrograph: number
  readonly type: "region.deleted"
}

export type RegionPut = {
  readonly id: string
  readonly micrograph: number
  readonly author: number | null
  readonly changed_by: number | null
  readonly created_at: string
  readonly polygon: readonly (readonly [number, number])[]
  readonly type: "region.put"
}

export type RemoveComment = {
  readonly operation: string
  readonly id: string
  readonly type: "comment.remove"
  readonly deleted: boolean
}

export type ResolveComment = {
  readonly operation: string
  readonly id: string
  readonly type: "comment.resolve"
  readonly resolved: boolean
}

export type Restoration = {
  readonly at?: number
  /** its marks alone */
  readonly micrograph?: number | null
  /** their marks alone */
  readonly person?: number | null
  /** instead of `at`: the sequence number of the restoration that is taken back */
  readonly undoes?: number | null
}

/** `sequence`: of the event that sums it up, by which it is undone. `left`: marks changed by somebody since. */
export type Restored = {
  readonly sequence: number
  readonly back: number
  readonly gone: number
  readonly changed: number
  readonly left: number
}

/** As they are now. */
export type RestoredMicrographs = {
  readonly micrographs: readonly Micrograph[]
}

/** Which were blind and are not any more, by their ids. */
export type Revealed = {
  readonly micrographs: readonly number[]
}

export type Role = "owner" | "manager" | "annotator" | "viewer"

/** A browser says what it sees of the micrograph that it shows, and where its pointer is. */
export type SeeMessage = {
  readonly type: "see"
  readonly micrograph: number
  readonly at: readonly [number, number] | null
  readonly view: readonly [number, number, number, number]
}

/** What somebody sees of a micrograph, and where they point, null while their pointer is elsewhere. */
export type Seen = {
  readonly person: number
  readonly at: readonly [number, number] | null
  readonly view: readonly [number, number, number, number]
}

/**
 * Numbers that page and server must agree on.
 *
 * `least_labels`: particle labels, and as many background labels, that a training needs. `corners`: the most in a
 * region. `operations`: the most in one request. `centres`: the most places in one request. `tile`: edge of a tile,
 * pixels. `crops`, `crops_across`: the most crops in a sheet, and how many are side by side.
 * `coordinate_files`: bytes of the files of coordinates in one request. `comment`: the most characters of one.
 * `claim_seconds`: how long a micrograph that somebody took stays theirs after they have left.
 */
export type ServerLimits = {
  readonly least_labels: number
  readonly corners: number
  readonly operations: number
  readonly centres: number
  readonly tile: number
  readonly crops: number
  readonly crops_across: number
  readonly coordinate_files: number
  readonly claim_seconds: number
  readonly comment: number
}

/** A link that lets people without an account look, without its address. `guest`: who they are among those here. */
export type SharedLink = {
  readonly id: number
  readonly name: string
  readonly guest: number
  readonly created_by: number | null
  readonly created_at: string
  readonly expires_at: string
  readonly last_opened_at: string | null
}

export type SharedLinkPage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly SharedLink[]
}

/** What was given; empty where nothing was free. */
export type SharedOut = {
  readonly assignments: readonly Assignment[]
}

/** A project at one sequence number. `tiles`: the start of the addresses of its tiles, valid for some hours. */
export type Snapshot = {
  readonly labels: {
    readonly id: readonly string[]
    readonly micrograph: readonly number[]
    readonly author: readonly (number | null)[]
    readonly changed_by: readonly (number | null)[]
    readonly created_at: readonly string[]
    readonly kind: readonly LabelKind[]
    readonly x: readonly number[]
    readonly y: readonly number[]
  }
  readonly regions: {
    readonly id: readonly string[]
    readonly micrograph: readonly number[]
    readonly author: readonly (number | null)[]
    readonly changed_by: readonly (number | null)[]
    readonly created_at: readonly string[]
    readonly polygon: readonly (readonly (readonly [number, number])[])[]
  }
  readonly verdicts: {
    readonly id: readonly string[]
    readonly micrograph: readonly number[]
    readonly author: readonly (number | null)[]
    readonly changed_by: readonly (number | null)[]
    readonly created_at: readonly string[]
    readonly kind: readonly VerdictKind[]
    readonly x: readonly number[]
    readonly y: readonly number[]
    readonly to_x: readonly (number | null)[]
    readonly to_y: readonly (number | null)[]
    readonly fit: readonly (number | null)[]
  }
  readonly sequence: number
  readonly you: Member
  readonly guest: boolean
  readonly project: Project
  readonly members: readonly Member[]
  readonly micrographs: readonly Micrograph[]
  readonly assignments: readonly Assignment[]
  readonly last_seen: readonly LastSeen[]
  readonly trainings: readonly Training[]
  readonly sources: readonly Source[]
  readonly jobs: readonly Job[]
  readonly watched: readonly Watched[]
  readonly comments: readonly Comment[]
  readonly comments_read: Readonly<Record<string, number>>
  readonly extensions: readonly string[]
  readonly other_kinds: Readonly<Record<string, string>>
  readonly formats: readonly ExportFormat[]
  readonly tiles: string
  readonly limits: ServerLimits
}

/** `picks`: final picks. */
export type SnapshotCounts = {
  readonly micrographs: number
  readonly excluded: number
  readonly picks: number
  readonly labels: number
  readonly regions: number
  readonly verdicts: number
}

/** The file of a named snapshot was deleted. That one was made is told by its job. */
export type SnapshotRemoved = {
  readonly number: number
  readonly name: string
  readonly type: "snapshot.removed"
}

export type SomeMicrographs = {
  readonly micrographs: readonly number[]
}

/**
 * `training`: whose picks these are; null for the other kinds.
 *
 * `threshold`: its picks count from this score, in its own units. `lowest_score`, `highest_score`: of its picks. All
 * three are null where the picks have no scores, and for trainings and the first guess, which go by the project's
 * thresholds.
 * `teaches`: whether its picks are examples of particles in training. `how`: what it was made from.
 */
export type Source = {
  readonly id: number
  readonly kind: SourceKind
  readonly name: string
  readonly training: number | null
  readonly threshold: number | null
  readonly lowest_score: number | null
  readonly highest_score: number | null
  readonly teaches: boolean
  readonly how: Readonly<Record<string, unknown>>
  readonly created_by: number | null
  readonly created_at: string
}

/** With all its picks, unless it is a training's, which are picked one micrograph after the other. */
export type SourceAdded = {
  readonly source: Source
  readonly type: "source.added"
}

export type SourceChanged = {
  readonly source: Source
  readonly type: "source.changed"
}

/** How many of the picks are labels, verdicts, of the network, or of a source by its name. */
export type SourceCount = {
  readonly source: string
  readonly picks: number
}

export type SourceKind = "training" | "first_guess" | "imported" | "consensus"

export type SourcePage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly Source[]
}

export type SourceRemoved = {
  readonly id: number
  readonly type: "source.removed"
}

/** `kind`: of the labels; `name`: of the source. */
export type StoreCoordinates = {
  readonly store_as: "labels" | "source"
  readonly kind?: "particle" | "background" | "contamination"
  readonly name?: string
}

/** `source`: the new source; null for labels. `labels`: ids of the new labels. `already`: labels that were there. */
export type StoredCoordinates = {
  readonly source: Source | null
  readonly labels: readonly string[]
  readonly already: number
}

/** `box_px`: null where no micrograph is included whose pixel size is known. */
export type SuggestedBox = {
  readonly box_px: number | null
}

/**
 * What a scan of the micrographs found.
 *
 * `diameter`: Å, null where there is nothing to suggest. `certainty`: the likelihood that it is right within 15 %;
 * `sure`: enough of it. `curve`: each size in Å, and how likely it is. `places`: by the id of a micrograph, x and y of
 * what was found there at that size, full-resolution pixels. `reason`: why there is no curve; empty where there is.
 * `micrographs`: how many were looked at.
 */
export type SuggestedDiameter = {
  readonly diameter: number | null
  readonly certainty: number
  readonly sure: boolean
  readonly dark: boolean
  readonly curve: readonly (readonly [number, number])[]
  readonly places: Readonly<Record<string, readonly (readonly [number, number])[]>>
  readonly reason: string
  readonly micrographs: number
  readonly made_at: string
}

/** A rule, and how many names in the files match one micrograph, none, or several by it. */
export type SuggestedRule = {
  readonly starts: string
  readonly ends: string
  readonly matched: number
  readonly unmatched: number
  readonly ambiguous: number
}

/** A place to label, in full-resolution pixels. `question`: what the networks do not know there, or "sure". */
export type Suggestion = {
  readonly micrograph: number
  readonly x: number
  readonly y: number
  readonly question: "background" | "contamination" | "sure"
}

/** The places where a label would teach most, in the order in which to go. */
export type Suggestions = {
  readonly places: readonly Suggestion[]
}

/** How many assignments are no more. */
export type TakenBack = {
  readonly count: number
}

/** `minimum_distance`: between network picks. `border_margin`: between them and the border. Both in diameters. */
export type Thresholds = {
  readonly particle_threshold: number
  readonly contamination_threshold: number
  readonly minimum_distance: number
  readonly border_margin: number
  readonly own: readonly OwnThresholds[]
}

/** `type`: of the event. `name`: of the training or the source; empty for micrographs. `count`: how many came. */
export type Tick = {
  readonly sequence: number
  readonly at: string
  readonly type: string
  readonly name: string
  readonly count: number
}

/** `moments`: some events, about as many changes apart from one another, the first and the last among them. */
export type Timeline = {
  readonly moments: readonly Moment[]
  readonly ticks: readonly Tick[]
}

/** A token, without its text. `project`: null for all projects of the person. `last_used_at`: to the minute. */
export type Token = {
  readonly id: number
  readonly name: string
  readonly role: Role
  readonly project: number | null
  readonly project_name: string | null
  readonly created_at: string
  readonly expires_at: string
  readonly expired: boolean
  readonly last_used_at: string | null
}

export type TokenPage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly Token[]
}

/** One committed change. `actor`: null where nobody did it. `operation`: that a browser asked for, by its id. */
export type Told = {
  readonly sequence: number
  readonly event: LabelPut | LabelDeleted | RegionPut | RegionDeleted | VerdictPut | VerdictDeleted | MicrographAdded | MicrographChanged | MicrographRemoved | MicrographRestored | MicrographsBlind | MicrographRevealed | AssignmentsChanged | CtfChanged | ProjectChanged | DiameterSuggested | ProjectRemoved | ProjectRestored | MemberChanged | MemberRemoved | AccessChanged | ExportRemoved | SnapshotRemoved | JobChanged | JobProgress | TrainingFinished | TrainingMadeCurrent | TrainingValidated | SourceAdded | SourceChanged | SourceRemoved | PicksAdded | AveragesChanged | AveragesDeleted | MarksRestored | WatchedChanged | CommentChanged
  readonly actor: number | null
  readonly operation: string | null
  readonly at: string
}

/**
 * `labels`: how many it learnt from. `seconds`: how long it ran; null for networks that were not trained here.
 *
 * `validation`: null until it is there.
 */
export type Training = {
  readonly id: number
  readonly version: number
  readonly created_at: string
  readonly created_by: number | null
  readonly labels: LabelCounts
  readonly has_contamination_network: boolean
  readonly losses: readonly (readonly ["particle" | "contamination", number, number])[]
  readonly seconds: number | null
  readonly validation: Figures | NoFigures | null
  readonly origin: Origin | null
}

/** With what made it, and what its validation saw. */
export type TrainingDetail = {
  readonly id: number
  readonly version: number
  readonly created_at: string
  readonly created_by: number | null
  readonly labels: LabelCounts
  readonly has_contamination_network: boolean
  readonly losses: readonly (readonly ["particle" | "contamination", number, number])[]
  readonly seconds: number | null
  readonly validation: Figures | NoFigures | null
  readonly origin: Origin | null
  readonly seed: number
  readonly settings: Readonly<Record<string, unknown>>
  readonly held_out: readonly (readonly [LabelKind, number, number])[]
}

export type TrainingFinished = {
  readonly training: Training
  readonly type: "training.finished"
}

/** An older training is the project's again: the picks that are kept of it show at once. */
export type TrainingMadeCurrent = {
  readonly training: number
  readonly type: "training.made_current"
}

export type TrainingPage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly Training[]
}

export type TrainingValidated = {
  readonly training: Training
  readonly type: "training.validated"
}

/** A row of the file that could not be used. */
export type UnusedRow = {
  readonly name: string
  readonly reason: string
}

/** An unfinished upload. `received`: bytes that the server holds. */
export type Upload = {
  readonly id: string
  readonly name: string
  readonly folder: string
  readonly size: number
  readonly fingerprint: string
  readonly received: number
  readonly created_at: string
}

export type UploadPage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly Upload[]
}

export type VerdictDeleted = {
  readonly id: string
  readonly micrograph: number
  readonly type: "verdict.deleted"
}

export type VerdictKind = "accept" | "reject" | "move"

export type VerdictPut = {
  readonly id: string
  readonly micrograph: number
  readonly author: number | null
  readonly changed_by: number | null
  readonly created_at: string
  readonly kind: VerdictKind
  readonly x: number
  readonly y: number
  readonly to_x: number | null
  readonly to_y: number | null
  readonly fit: number | null
  readonly type: "verdict.put"
}

/** People on the micrograph that this browser shows have moved, itself perhaps among them. */
export type ViewsMessage = {
  readonly type: "views"
  readonly micrograph: number
  readonly seen: readonly Seen[]
}

/**
 * A watched place, and how far its import and picking are, as the last scan found it.
 *
 * `place`: a folder, list or pattern. `stopped_at`: null while it is watched. `error`: why it could not be looked at;
 * empty if it could. `found`: micrographs there; `imported`: of these in the project; `picked`: of these with picks by
 * the networks; `growing`: waiting until they are whole; `refused`: not usable; the rest is on its way.
 * `median_delay`, `newest_delay`: seconds from a file's arrival to its picks, of files that came since then; null if
 * there are none. `waiting_since`: when the oldest file without picks arrived, null if there is none.
 */
export type Watched = {
  readonly id: number
  readonly place: string
  readonly subfolders: boolean
  readonly since: string
  readonly stopped_at: string | null
  readonly error: string
  readonly found: number
  readonly imported: number
  readonly picked: number
  readonly growing: number
  readonly refused: number
  readonly median_delay: number | null
  readonly newest_delay: number | null
  readonly waiting_since: string | null
}

/** A watched folder was started or stopped, or a scan of it found something new. */
export type WatchedChanged = {
  readonly watched: Watched
  readonly type: "watched.changed"
}

/**
 * With what the page shows when asked.
 *
 * `waiting`, `left_out`: files that wait until they are whole, and those that are refused, by reason. `delays`: of the
 * last files with picks, in the order of arrival: (seconds since 1970 at arrival, seconds until the picks).
 */
export type WatchedDetail = {
  readonly id: number
  readonly place: string
  readonly subfolders: boolean
  readonly since: string
  readonly stopped_at: string | null
  readonly error: string
  readonly found: number
  readonly imported: number
  readonly picked: number
  readonly growing: number
  readonly refused: number
  readonly median_delay: number | null
  readonly newest_delay: number | null
  readonly waiting_since: string | null
  readonly waiting: readonly LeftOut[]
  readonly left_out: readonly LeftOut[]
  readonly delays: readonly (readonly [number, number])[]
}

export type WatchedPage = {
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly Watched[]
}

/** `last`: its newest delivery. */
export type Webhook = {
  readonly id: number
  readonly url: string
  readonly events: readonly WebhookEvent[]
  readonly active: boolean
  readonly created_at: string
  readonly last: Delivery | null
}

export type WebhookEvent = "training.finished" | "picking.finished" | "export.ready" | "comment.made"

export type WebhookList = readonly Webhook[]

export type WithRole = {
  readonly role: "owner" | "manager" | "annotator" | "viewer"
}

export type WriteComment = {
  readonly operation: string
  readonly id: string
  readonly type: "comment.write"
  readonly text: string
  readonly micrograph?: number | null
  readonly x?: number | null
  readonly y?: number | null
  readonly thread?: string | null
}
