/** Cells of one size in rows, in a box that scrolls. All in CSS pixels. */
export interface Shelves {
  readonly columns: number
  readonly rows: number
  /** From one cell to the next, across and down. */
  readonly stepX: number
  readonly stepY: number
  /** Of all rows together. */
  readonly height: number
}

/** As many columns as fit, at least one; `gap` lies between cells and around them. */
export function shelvesOf(
  count: number,
  width: number,
  cell: { readonly width: number; readonly height: number },
  gap: number,
): Shelves {
  const stepX = cell.width + gap
  const stepY = cell.height + gap
  const columns = Math.max(1, Math.floor((width - gap) / stepX))
  const rows = Math.ceil(count / columns)
  return { columns, rows, stepX, stepY, height: rows * stepY + gap }
}

/** Cells [first, end) of the rows in sight and of `spare` more beyond either end. */
export function inSight(
  { columns, rows, stepY }: Shelves,
  top: number,
  height: number,
  spare: number,
): readonly [first: number, end: number] {
  const firstRow = Math.max(0, Math.floor(top / stepY) - spare)
  const endRow = Math.min(rows, Math.ceil((top + height) / stepY) + spare)
  return [firstRow * columns, Math.max(firstRow, endRow) * columns]
}

/** Where to scroll so that a cell is in sight, moving as little as it takes. */
export function scrollTo(shelves: Shelves, index: number, top: number, height: number): number {
  const above = Math.floor(index / shelves.columns) * shelves.stepY
  const below = above + shelves.stepY + (shelves.height - shelves.rows * shelves.stepY) - height
  return above < top ? above : Math.max(top, below)
}

/** The cell that a key of movement leads to from `index` of `count`; null for other keys. */
export function stepTo(
  key: string,
  index: number,
  count: number,
  { columns, stepY }: Shelves,
  height: number,
): number | null {
  const page = Math.max(1, Math.floor(height / stepY) - 1) * columns
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -page,
    PageDown: page,
    Home: -count,
    End: count,
  }
  const step = steps[key]
  if (step === undefined || count === 0) return null
  if (index < 0) return 0
  const vertical =
    Math.abs(step) === columns && columns > 1 && !key.endsWith('Left') && !key.endsWith('Right')
  if (vertical && (index + step < 0 || index + step >= count)) return index
  return Math.min(count - 1, Math.max(0, index + step))
}
