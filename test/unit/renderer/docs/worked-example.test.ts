// @vitest-environment node
/** The figures of docs/worked-example.md come out of the code that the pages use, from what was seen of a real run, and its sums by hand add up. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Cause, KeptEvent } from '../../../../src-main/contract/history'
import { evictionRange } from '../../../../src-main/shared/eviction'
import { atOrAbove, bucketFrom, bucketTo, countIn } from '../../../../src-main/shared/late-buckets'
import type { CountRange, LateCounts } from '../../../../src-main/shared/late-buckets'
import type { LateTally } from '../../../../src-main/shared/late-tally'
import { judgeWindow } from '../../../../src-main/shared/window-judge'
import { flapsOf, scoreOf } from '../../../../src-renderer/features/history/churn'
import { buildEvent } from '../../../support/incidents'
import { NOW } from '../../../support/summaries'

interface Example {
  readonly tally: LateTally
  /** kind, cause, topic, partition, broker, its leader, and the span it happened in (ms since the first). */
  readonly events: readonly (readonly [string, Cause, string, number, number, number, number, number])[]
}

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../../${path}`, import.meta.url)), 'utf8')
const { tally, events } = JSON.parse(read('test/fixtures/advisor/worked-example.json')) as Example
const doc = read('docs/worked-example.md')
const cells = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
/** Rows of the table that begins with this head, without it. */
function table(head: string): string[][] {
  const lines = doc.split('\n')
  const at = lines.findIndex((line) => cells(line).join(' | ') === head)
  expect(at, head).toBeGreaterThan(0)
  const rows = lines.slice(at + 2)
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map(cells)
}

const seconds = (ms: number): string => (ms / 1000).toFixed(2)
const span = (bucket: number): string => `${seconds(bucketFrom(bucket))} – ${seconds(bucketTo(bucket))} s`
const range = ({ least, most }: CountRange): string => (least === most ? String(least) : `${least} – ${most}`)
const rowsOf = (end: string, bound: string, counts: LateCounts): string[][] =>
  counts.map(([bucket, n]) => [end, bound, span(bucket), String(n)])

describe('the lag advisor', () => {
  it('has the counts of the run', () => {
    expect(table('end | bound | late for | excursions')).toEqual([
      ...rowsOf('stayed in', 'at least', tally.returned.least),
      ...rowsOf('stayed in', 'at most', tally.returned.most),
      ...rowsOf('left by lag, came back', 'at least', tally.evicted.least),
      ...rowsOf('left by lag, came back', 'at most', tally.evicted.most),
    ])
    expect(countIn(tally.returned.least)).toBe(countIn(tally.returned.most))
    expect(countIn(tally.unknown) + countIn(tally.cut)).toBe(0)
  })

  it('says of each value what the page says', () => {
    const rows = table('value | leaves between | certainly leave | may leave | would have stayed | would have left too')
    expect(rows.length).toBeGreaterThan(3)
    for (const row of rows) {
      const valueMs = 1000 * Number.parseFloat(row[0]!)
      const { from, to } = evictionRange(0, valueMs)
      const { avoided, added } = judgeWindow([tally], valueMs)
      const judged = valueMs < tally.windowMs ? tally.returned : tally.evicted
      expect(row).toEqual([
        `${valueMs / 1000} s`,
        `${from / 1000} and ${to / 1000} s`,
        String(atOrAbove(judged.least, to).least),
        String(atOrAbove(judged.most, from).most),
        valueMs < tally.windowMs ? '–' : range(avoided),
        valueMs < tally.windowMs ? range(added) : '–',
      ])
    }
  })
})

describe('ISR changes', () => {
  const end = Math.max(...events.map(([, , , , , , , to]) => to))
  const kept = events.map(([kind, cause, topic, partition, broker, other, from, to], at): KeptEvent =>
    buildEvent(at + 1, kind === 'left' ? 'left-isr' : 'joined-isr', end - to, {
      from: NOW - end + from,
      topic,
      partition,
      broker,
      other,
      cause,
    }),
  )

  it('have the scores of the run', () => {
    const flaps = flapsOf(kept, true, NOW + 1000).filter(({ broker }) => broker >= 0)
    expect(table('broker | departures | back within 10 min | median time out | score')).toEqual(
      flaps.map(({ broker, left, back, known, outMs, score }) => [
        String(broker),
        String(left),
        `${back} of ${known}`,
        `${(outMs / 1000).toFixed(1)} s`,
        score.toFixed(1),
      ]),
    )
  })
})

describe('by hand', () => {
  it('each sum adds up', () => {
    const sums = [...doc.matchAll(/(\d+(?: [+−] \d+)+) = (\d+)/g)]
    expect(sums.length).toBeGreaterThan(3)
    for (const [whole, terms, total] of sums) {
      const signed = terms!.replaceAll('+ ', '+').replaceAll('− ', '-').split(' ').map(Number)
      expect(
        signed.reduce((sum, one) => sum + one, 0),
        whole,
      ).toBe(Number(total))
    }
  })

  it('each score is that of its formula', () => {
    const scores = [...doc.matchAll(/100 × \(1 − e\^\(−(\d+) \/ 40\)\) × (\d+) \/ (\d+) = (\d+\.\d)/g)]
    expect(scores.length).toBeGreaterThan(1)
    for (const [whole, n, back, known, score] of scores) {
      const share = Number(back) / Number(known)
      expect((100 * (1 - Math.exp(-Number(n) / 40)) * share).toFixed(1), whole).toBe(score)
      expect(scoreOf(Number(n), share).toFixed(1), whole).toBe(score)
    }
  })
})
