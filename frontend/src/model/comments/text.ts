import type { Member, Mention } from '../../wire'

/** A piece of a comment's text. */
export type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'link'; readonly text: string }
  | { readonly type: 'mention'; readonly text: string; readonly person: number }

/** Addresses of the web, without what ends a sentence after them. */
const LINK = /https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]]/
/** What an account may be called. */
const NAME = '[\\w.+@-]'
/** Most names that are offered. */
const OFFERED = 6

/** A text, its links and those whom it names apart. Nothing in it is markup. */
export function partsOf(text: string, mentions: readonly Mention[]): Part[] {
  const names = mentions.map(({ written }) => written).sort((a, b) => b.length - a.length)
  const named = names.length > 0 ? `|(?<!${NAME})@(?:${names.map(escaped).join('|')})` : ''
  const parts: Part[] = []
  let end = 0
  for (const match of text.matchAll(new RegExp(`${LINK.source}${named}`, 'gu'))) {
    if (match.index > end) parts.push({ type: 'text', text: text.slice(end, match.index) })
    const mention = mentions.find(({ written }) => `@${written}` === match[0])
    if (mention) parts.push({ type: 'mention', text: `@${mention.username}`, person: mention.id })
    else parts.push({ type: 'link', text: match[0] })
    end = match.index + match[0].length
  }
  if (end < text.length) parts.push({ type: 'text', text: text.slice(end) })
  return parts
}

/** The name that is being typed at the caret: where it begins, after its @, and what is there of it. */
export function nameAt(
  text: string,
  caret: number,
): { readonly from: number; readonly begun: string } | null {
  const found = new RegExp(`(?<!${NAME})@([\\w.+-]*)$`).exec(text.slice(0, caret))
  return found ? { from: found.index + 1, begun: found[1] ?? '' } : null
}

/** Members whose names fit what is typed: those that begin with it first. */
export function fitting(members: readonly Member[], begun: string): readonly Member[] {
  const wanted = begun.toLowerCase()
  const place = ({ username }: Member): number => username.toLowerCase().indexOf(wanted)
  return members
    .filter(member => place(member) >= 0)
    .sort((a, b) => Math.min(place(a), 1) - Math.min(place(b), 1) || a.username.localeCompare(b.username))
    .slice(0, OFFERED)
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
