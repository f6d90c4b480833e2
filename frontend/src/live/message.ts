import type { ByeMessage, Told } from '../wire'

/** The closed set of changes that travel live. */
export type LiveEvent = Told['event']

/** What a disconnected page offers the person; with `snapshot` it continues by itself from a new one. */
export type Offer = ByeMessage['offer']
