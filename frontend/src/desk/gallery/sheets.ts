import { signal } from '@preact/signals'
import { type CropLook, type CropPlace, sheetUrl } from '../../api/crops'
import type { ServerLimits } from '../../wire'

/** Where a crop's picture is: its place in a sheet that has been loaded. */
export interface Sprite {
  readonly url: string
  readonly column: number
  readonly row: number
  /** Of the sheet. */
  readonly columns: number
  readonly rows: number
}

/** Requests under way at once. */
const PARALLEL = 3
/** Sheets kept: some ten thousand crops. */
const KEPT = 160

export interface SheetHandlers {
  tiles(): string
  limits(): Pick<ServerLimits, 'crops' | 'crops_across'>
  /** Resolves once the browser holds the picture. */
  load(url: string): Promise<void>
  failed(): void
}

/**
 * Pictures of crops, asked for in sheets. Only what was wanted last is waited for, so that fast scrolling skips
 * what it passes; a crop's picture stays when the order of the list changes.
 */
export class Sheets {
  /** A new map when pictures have loaded, so that those who show them are notified. */
  readonly #sprites = signal<ReadonlyMap<string, Sprite>>(new Map())
  /** Crops of each sheet, oldest first. */
  readonly #sheets = new Map<string, string[]>()
  readonly #asked = new Set<string>()
  readonly #failed = new Set<string>()
  #wanted: readonly CropPlace[] = []
  #look: CropLook = { side: 0, smooth: false }
  #running = 0

  constructor(readonly handlers: SheetHandlers) {}

  /** Asks for pictures, the first ones first, instead of what was wanted before. */
  want(places: readonly CropPlace[], look: CropLook): void {
    this.#wanted = places
    this.#look = look
    while (this.#running < PARALLEL && this.#work());
  }

  of(place: CropPlace, look: CropLook): Sprite | null {
    return this.#sprites.value.get(name(place, look)) ?? null
  }

  /** Tries again what could not be loaded: after a new token for tiles. */
  forgive(): void {
    this.#failed.clear()
    this.want(this.#wanted, this.#look)
  }

  /** Starts one request; says whether there was one to start. */
  #work(): boolean {
    const look = this.#look
    const most = this.handlers.limits().crops
    const batch: CropPlace[] = []
    for (const place of this.#wanted) {
      const id = name(place, look)
      if (this.#sprites.peek().has(id) || this.#asked.has(id) || this.#failed.has(id)) continue
      this.#asked.add(id)
      batch.push(place)
      if (batch.length === most) break
    }
    if (batch.length === 0) return false
    void this.#fetch(batch, look)
    return true
  }

  async #fetch(batch: readonly CropPlace[], look: CropLook): Promise<void> {
    this.#running++
    const url = sheetUrl(this.handlers.tiles(), look, batch)
    const ids = batch.map(place => name(place, look))
    try {
      await this.handlers.load(url)
      this.#keep(url, ids)
    } catch {
      for (const id of ids) this.#failed.add(id)
      this.handlers.failed()
    }
    for (const id of ids) this.#asked.delete(id)
    this.#running--
    this.want(this.#wanted, this.#look)
  }

  #keep(url: string, ids: string[]): void {
    const columns = this.handlers.limits().crops_across
    const rows = Math.ceil(ids.length / columns)
    const sprites = new Map(this.#sprites.peek())
    ids.forEach((id, i) => {
      sprites.set(id, { url, column: i % columns, row: Math.floor(i / columns), columns, rows })
    })
    this.#sheets.set(url, ids)
    for (const [old, gone] of this.#sheets) {
      if (this.#sheets.size <= KEPT) break
      this.#sheets.delete(old)
      for (const id of gone) sprites.delete(id)
    }
    this.#sprites.value = sprites
  }
}

function name({ key, box, x, y }: CropPlace, { side, smooth }: CropLook): string {
  return `${key} ${box} ${x} ${y} ${side} ${smooth}`
}

/** Loads a picture through the browser's own cache, from where style sheets take it again. */
export async function loadImage(url: string): Promise<void> {
  const image = new Image()
  image.src = url
  await image.decode()
}
