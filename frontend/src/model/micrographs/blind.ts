import type { Assignment } from '../../wire'

/** What the page says on a micrograph that is labelled blind. `work`: who has it; `you`: this person's id. */
export function blindWords(
  work: readonly Pick<Assignment, 'user' | 'done_at'>[],
  you: number | null,
  name: (user: number) => string,
): string {
  const left = work.filter(({ done_at }) => done_at === null).map(({ user }) => user)
  const others = left.filter(user => user !== you).map(name)
  const who = others.length < left.length ? [...others, 'you'] : others
  const verb = who.length === 1 && others.length === 1 ? 'is' : 'are'
  const until = who.length === 0 ? 'two people are done' : `${who.join(' and ')} ${verb} done`
  return `Blind: you see only your own labels until ${until}`
}
