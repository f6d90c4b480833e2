/**
 * What to sort a name by: numbers by their value, letters in either case. A number stands after how many digits
 * it has, so that more digits come later. The server sorts by the same rule (science/name_order.py); both are
 * held to tests/data/name_order.json.
 */
function orderOf(name: string): string {
  return name.toLowerCase().replace(/[0-9]+/g, number => {
    const digits = number.replace(/^0+/, '')
    return String(digits.length).padStart(3, '0') + digits
  })
}

/** Whether a name comes before another: mic_2 before mic_10. Names that are alike, as they are written. */
export function comesBefore(a: string, b: string): boolean {
  const [first, second] = [orderOf(a), orderOf(b)]
  return first === second ? a < b : first < second
}

/** Adds a row where its name belongs, to rows in the order of their names. */
export function insertByName<Row extends { readonly name: string }>(
  rows: readonly Row[],
  row: Row,
): readonly Row[] {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (comesBefore((rows[middle] as Row).name, row.name)) low = middle + 1
    else high = middle
  }
  return [...rows.slice(0, low), row, ...rows.slice(low)]
}
