import type { ProjectState } from '../model/project'
import type { Told } from '../wire'

/** Records who changed what, before the event is applied: for undo messages. */
export function noteChanger(state: ProjectState, { event, actor }: Told): void {
  const { changers } = state
  switch (event.type) {
    case 'label.put':
    case 'label.deleted':
    case 'region.put':
    case 'region.deleted':
    case 'verdict.put':
    case 'verdict.deleted':
      changers.set(event.id, actor)
      return
    case 'project.changed':
      for (const name of differing(state.project.peek(), event.project))
        changers.set(`project ${name}`, actor)
      return
    case 'micrograph.changed': {
      const { id } = event.micrograph
      for (const name of differing(state.micrograph(id), event.micrograph))
        changers.set(`${id} ${name}`, actor)
    }
  }
}

function differing<T extends object>(old: T | null, row: T): (keyof T & string)[] {
  return (Object.keys(row) as (keyof T & string)[]).filter(name => old?.[name] !== row[name])
}
