type Row = Record<string, string | number | null>

/** How high each day reaches: its parts on each other (`isStacked`), or the highest of its lines. */
export function heights(rows: readonly Row[], keys: readonly string[], isStacked: boolean): number[] {
  return rows.map((row) => {
    const values = keys.map((key) => Number(row[key] ?? 0))
    return isStacked ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values)
  })
}

/** Marks of an axis from 0 to beyond the highest value: 1, 2 or 5 times a power of ten apart, whole where all values are. */
export function ticks(values: readonly number[]): number[] {
  const highest = Math.max(0, ...values)
  const isWhole = values.every(Number.isInteger)
  if (highest === 0) return [0, 1]
  const rough = highest / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(isWhole ? 1 : 0, ([1, 2, 5].find((times) => times * power >= rough) ?? 10) * power)
  const count = Math.max(1, Math.ceil(highest / step - 1e-9))
  return Array.from({ length: count + 1 }, (_, at) => Number((at * step).toPrecision(12)))
}
