import type { ChosenFile } from './chosen'

/** Endings of files in which programs write coordinates; the server tells the format by the content. */
export const COORDINATE_ENDINGS = [
  '.star',
  '.box',
  '.json',
  '.cs',
  '.csg',
  '.txt',
  '.csv',
  '.cbox',
  '.coords',
]

/** The most that one request carries. */
const MOST_FILES = 100
const MOST_BYTES = 30 * 2 ** 20

/** Those among files that may hold coordinates. */
export function coordinateFiles(files: readonly ChosenFile[]): ChosenFile[] {
  return files.filter(({ file }) => {
    const name = file.name.toLowerCase()
    return !name.startsWith('.') && COORDINATE_ENDINGS.some(ending => name.endsWith(ending))
  })
}

/** Parts that each fit into a request; a file too large for one is alone in its part. */
export function parts(files: readonly ChosenFile[]): ChosenFile[][] {
  const result: ChosenFile[][] = []
  let size = 0
  for (const chosen of files) {
    const last = result.at(-1)
    if (last && last.length < MOST_FILES && size + chosen.file.size <= MOST_BYTES) {
      last.push(chosen)
      size += chosen.file.size
    } else {
      result.push([chosen])
      size = chosen.file.size
    }
  }
  return result
}
