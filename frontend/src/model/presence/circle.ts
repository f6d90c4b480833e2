import type { Person } from '../../wire'

/** Whether somebody's view follows this person's, perhaps by way of others: following them back would run away. */
export function comesBack(people: readonly Person[], from: number, you: number): boolean {
  const following = new Map(people.map(person => [person.id, person.following]))
  const passed = new Set<number>()
  for (let id: number | null | undefined = from; id !== null && id !== undefined; id = following.get(id)) {
    if (id === you) return true
    if (passed.has(id)) return false
    passed.add(id)
  }
  return false
}
