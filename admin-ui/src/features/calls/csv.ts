/** Text that a spreadsheet would reckon with; plain numbers, `+14155550100` among them, do no harm. */
const FORMULA = /^[=+\-@\t\r]/
const NUMBER = /^[+-]?\d+(\.\d+)?$/

/** One cell (RFC 4180), which no spreadsheet takes for a formula. */
export function cell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return ''
  const text = String(value)
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function line(values: readonly Parameters<typeof cell>[0][]): string {
  return `${values.map(cell).join(',')}\r\n`
}
