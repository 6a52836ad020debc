/** docs/questions.md: all 22, none that costs more than two actions, and a test for each that has an answer. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../../tools/setup/places'

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8')

interface Row {
  readonly number: number
  readonly cells: readonly string[]
  readonly isThere: boolean
}
const rows: readonly Row[] = [...read('docs/questions.md').matchAll(/^\| (\d+) +\|(.*)\|$/gm)].map(
  ([, number, rest]) => {
    const cells = rest!.split('|').map((cell) => cell.trim())
    return { number: Number(number), cells, isThere: cells[2] !== 'not yet' }
  },
)
const tested = new Set(
  [...read('test/e2e/questions.spec.ts').matchAll(/^\s*test\('(\d+) /gm)].map(([, number]) => Number(number)),
)
/** Ways of one cell are parted by a semicolon, the actions of a way by a comma. */
const dearest = (actions: string): number =>
  actions === 'none' ? 0 : Math.max(...actions.split(/;|, or /).map((way) => way.split(', ').length))

describe('the questions of on-call', () => {
  it('are 22, in order, each with an answer, its data and its row', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 22 }, (_, at) => at + 1))
    for (const { number, cells } of rows) {
      expect(cells, `question ${number}`).toHaveLength(6)
      expect(
        cells.filter((cell) => cell === ''),
        `question ${number}`,
      ).toEqual([])
    }
  })

  it('cost two actions at most', () => {
    const costs = rows
      .filter(({ isThere }) => isThere)
      .map(({ number, cells }) => [number, dearest(cells[2]!)] as const)
    expect(costs.filter(([, cost]) => cost > 2)).toEqual([])
    expect(dearest('G W, click 2, Enter')).toBe(3)
    expect(dearest('Ctrl K `who flaps`; or G H, click **ISR changes**')).toBe(2)
  })

  it('have a test where they have an answer, and none where they say "not yet"', () => {
    expect(rows.filter(({ isThere }) => isThere).map(({ number }) => number)).toEqual([...tested].sort((a, b) => a - b))
  })
})
