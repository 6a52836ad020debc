/** Text of strangers in Markdown, which it cannot break. Pure. */
import { printable } from './printable'

export const markdownText = (text: string | number): string => printable(String(text)).replace(/[\\`*_|<>[\]]/g, '\\$&')

const row = (cells: readonly (string | number)[]): string => `| ${cells.map(markdownText).join(' | ')} |`

export const markdownTable = (
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): readonly string[] => [row(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(row)]

/** Lines for a shell, as a block that nothing in them can end. */
export function fencedShell(text: string): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}sh`, text.split('\n').map(printable).join('\n'), fence]
}
