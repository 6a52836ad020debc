/** What a cell of a CSV file may be made of; null and numbers that are not finite are unknown. */
export type CsvValue = string | number | boolean | null

/** A text that a spreadsheet would run as a formula is kept a text by an apostrophe (OWASP, CSV injection); a negative number is none, `-1` stays `-1`. */
export function noFormula(value: string): string {
  const formula = /^[=+@\t\r]/.test(value) || (value.startsWith('-') && !/^-\d+(\.\d+)?$/.test(value))
  return formula ? `'${value}` : value
}

/** A cell of RFC 4180. Unknown is empty. */
export function csvCell(value: CsvValue): string {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return ''
  if (typeof value !== 'string') return String(value)
  const text = noFormula(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * The one writer of CSV, for tables of the window and reports of the journal. Lines end as RFC 4180 wants them, the last one too. No byte order mark:
 * most of these files go to scripts, which would take it for a part of the first column's name.
 */
export const csvLines = (rows: Iterable<readonly CsvValue[]>): string =>
  Array.from(rows, (row) => `${row.map(csvCell).join(',')}\r\n`).join('')
