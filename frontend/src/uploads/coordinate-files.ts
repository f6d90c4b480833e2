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

/** The most files that one request carries. */
const MOST_FILES = 100

/** Those among files that may hold coordinates. */
export function coordinateFiles(files: readonly ChosenFile[]): ChosenFile[] {
  return files.filter(({ file }) => {
    const name = file.name.toLowerCase()
    return !name.startsWith('.') && COORDINATE_ENDINGS.some(ending => name.endsWith(ending))
  })
}

/** Says how to import a file that is larger than a request may be; null where there is none. */
export function tooLarge(project: number, files: readonly ChosenFile[], mostBytes: number): string | null {
  const large = files.find(({ file }) => file.size > mostBytes)
  if (!large) return null
  const { name } = large.file
  const path = /^[\w.+-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`
  const command = `.venv/bin/python manage.py import_coordinates ${project} ${path} --as source NAME`
  return `${name} is larger than ${mostBytes / 2 ** 20} MiB, the most that the page takes. Import it on the server, in CryoWeb’s folder: ${command}`
}

/** Parts that each fit into a request. */
export function parts(files: readonly ChosenFile[], mostBytes: number): ChosenFile[][] {
  const result: ChosenFile[][] = []
  let size = 0
  for (const chosen of files) {
    const last = result.at(-1)
    if (last && last.length < MOST_FILES && size + chosen.file.size <= mostBytes) {
      last.push(chosen)
      size += chosen.file.size
    } else {
      result.push([chosen])
      size = chosen.file.size
    }
  }
  return result
}
