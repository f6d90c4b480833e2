import type { ComponentType } from 'preact'
import type { Desk } from '../../desk/desk'
import type { SideName } from '../../desk/side'
import type { IconName } from '../kit/icons'
import { later } from '../kit/later'
import { RightPanel } from '../right-panel/right-panel'

export interface SideTab {
  readonly title: string
  readonly icon: IconName
  readonly view: ComponentType<{ desk: Desk }>
  /** How many things wait for this person there. */
  readonly waiting?: (desk: Desk) => number
}

const back = ({ desk }: { desk: Desk }): void => {
  desk.side.value = 'picking'
}

const LaterPeople = later(async () => (await import('../people/people-tab')).PeopleTab, back)

const LaterQueue = later(async () => (await import('../queue/queue-tab')).QueueTab, back)

const LaterComments = later(async () => (await import('../comments/comments-tab')).CommentsTab, back)

const LaterHistory = later(async () => (await import('../history/history-tab')).HistoryTab, back)

/** The tabs of the right column. All but the first are files of their own, which `preloadTabs` fetches. */
export const TABS: Record<SideName, SideTab> = {
  picking: { title: 'Picking', icon: 'target', view: RightPanel },
  people: { title: 'People', icon: 'people', view: LaterPeople },
  queue: {
    title: 'Queue',
    icon: 'queue',
    view: LaterQueue,
    waiting: desk => desk.state.queue.mine.value.length,
  },
  comments: {
    title: 'Comments',
    icon: 'comment',
    view: LaterComments,
    waiting: desk => desk.comments.waiting.value,
  },
  history: { title: 'History', icon: 'history', view: LaterHistory },
}

export function preloadTabs(): void {
  for (const tab of [LaterPeople, LaterQueue, LaterComments, LaterHistory]) void tab.preload()
}
