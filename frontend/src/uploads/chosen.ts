import { comesBefore } from '../model/micrographs/name-order'

/** A file that a person chose; `folder`: where it is below what was dropped, '' if the browser does not say. */
export interface ChosenFile {
  readonly file: File
  readonly folder: string
}

/** What is left out, and why: names by reason. */
export type LeftOut = ReadonlyMap<string, readonly string[]>

export interface Chosen {
  readonly files: readonly ChosenFile[]
  readonly leftOut: LeftOut
}

/** What the server reads, the preferred kind first, and what files of other extensions are. */
export interface Kinds {
  readonly extensions: { readonly value: readonly string[] }
  readonly otherKinds: { readonly value: Readonly<Record<string, string>> }
}

export const OTHER_KIND = 'not an image format that CryoWeb reads'
export const COMPANION = 'same name as another file here'
export const UNREADABLE = 'the browser is not allowed to read it'

export const pathOf = ({ file, folder }: ChosenFile): string =>
  folder === '' ? file.name : `${folder}/${file.name}`

/** Files of a file input, in which a whole folder may have been chosen. */
export function fromInput(files: Iterable<File>): ChosenFile[] {
  return [...files].map(file => ({ file, folder: folderOf(file.webkitRelativePath) }))
}

/** Files that were dropped, and those in dropped folders. To be called while the drop is handled. */
export async function fromDrop(items: Iterable<DataTransferItem>): Promise<Chosen> {
  const dropped = [...items].map(item => item.webkitGetAsEntry() ?? item.getAsFile())
  const files: ChosenFile[] = []
  const unreadable: string[] = []
  for (const each of dropped) {
    if (each instanceof File) files.push({ file: each, folder: '' })
    else if (each) await walk(each, files, unreadable)
  }
  return { files, leftOut: new Map(unreadable.length > 0 ? [[UNREADABLE, unreadable]] : []) }
}

/**
 * The micrographs among files, in the order of their names, and what is left out. Names that begin with a dot are
 * skipped: macOS and rsync use them for unfinished files. The server lists a folder by the same rule
 * (picking/folders.py); both must pass the cases of tests/data/chosen_files.json.
 */
export function sortOut(files: readonly ChosenFile[], kinds: Kinds): Chosen {
  const extensions = kinds.extensions.value
  const kind = (file: ChosenFile): number =>
    extensions.findIndex(extension => file.file.name.toLowerCase().endsWith(extension))
  const seen = files.filter(
    file =>
      !pathOf(file)
        .split('/')
        .some(part => part.startsWith('.')),
  )
  const readable = seen.filter(file => kind(file) >= 0).sort((a, b) => kind(a) - kind(b))
  const firsts = new Map<string, string>()
  const kept: ChosenFile[] = []
  const companions: string[] = []
  for (const file of readable) {
    const path = pathOf(file)
    const name = path.slice(0, -(extensions[kind(file)] as string).length).normalize('NFC')
    const first = firsts.get(name) ?? path
    firsts.set(name, first)
    if (first === path) kept.push(file)
    else companions.push(path)
  }
  kept.sort((a, b) => (comesBefore(pathOf(a), pathOf(b)) ? -1 : 1))
  const others = seen.filter(file => kind(file) < 0).map(pathOf)
  others.sort((a, b) => (comesBefore(a, b) ? -1 : 1))
  let leftOut: LeftOut = new Map()
  for (const path of others) {
    const reason = kinds.otherKinds.value[extensionOf(path)] ?? OTHER_KIND
    leftOut = joined(leftOut, new Map([[reason, [path]]]))
  }
  return { files: kept, leftOut: joined(leftOut, new Map([[COMPANION, companions]])) }
}

/** Both, without reasons that concern nothing. */
export function joined(one: LeftOut, other: LeftOut): LeftOut {
  const all = new Map(one)
  for (const [reason, names] of other) {
    if (names.length > 0) all.set(reason, [...(all.get(reason) ?? []), ...names])
  }
  return all
}

/** Paths without the folders that all have in common. */
export function belowCommonFolder(paths: readonly string[]): string[] {
  const folders = paths.map(path => path.split('/').slice(0, -1))
  const [first = []] = folders
  let shared = 0
  while (shared < first.length && folders.every(parts => parts[shared] === first[shared])) shared++
  return paths.map(path => path.split('/').slice(shared).join('/'))
}

const extensionOf = (path: string): string => path.slice(path.lastIndexOf('.')).toLowerCase()

const folderOf = (path: string): string => path.split('/').filter(Boolean).slice(0, -1).join('/')

async function walk(entry: FileSystemEntry, files: ChosenFile[], unreadable: string[]): Promise<void> {
  if (entry.name.startsWith('.')) return
  try {
    if (entry.isFile) {
      const file = await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject),
      )
      files.push({ file, folder: folderOf(entry.fullPath) })
    } else {
      for (const inside of await entriesOf(entry as FileSystemDirectoryEntry)) {
        await walk(inside, files, unreadable)
      }
    }
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    unreadable.push(entry.fullPath.slice(1))
  }
}

/** All entries of a folder: browsers give them a hundred at a time, and none at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}
