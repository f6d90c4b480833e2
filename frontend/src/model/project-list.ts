import type { ListedProject } from '../wire'

export type ProjectSort = 'changed' | 'name'

export interface ProjectChoice {
  readonly sort: ProjectSort
  /** Part of the name of a project or of one of its people, in either case. */
  readonly text: string
}

const NAMES = new Intl.Collator('en', { numeric: true })

/** The chosen projects in order: the last changed first, or by name. */
export function chooseProjects(
  projects: readonly ListedProject[],
  { sort, text }: ProjectChoice,
): ListedProject[] {
  const part = text.trim().toLowerCase()
  const fits = ({ name, members }: ListedProject): boolean =>
    [name, ...members.map(member => member.username)].some(each => each.toLowerCase().includes(part))
  const byName = projects.filter(fits).sort((a, b) => NAMES.compare(a.name, b.name))
  if (sort === 'name') return byName
  return byName.sort((a, b) => Date.parse(b.changed_at) - Date.parse(a.changed_at))
}
