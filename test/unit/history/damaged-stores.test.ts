/**
 * Highwater starts on stores that were damaged or replaced, each in its own way and made again from the seed: HIGHWATER_STORES says how many (`npm run
 * test:long -- stores` takes 1,000), HIGHWATER_SEED makes others.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Verdict } from '../../support/stores/cases'
import { judge, outcomeOf } from '../../support/stores/judge'
import type { Known, Observed } from '../../support/stores/judge'

const WANTED = Number(process.env['HIGHWATER_STORES'] ?? 100)
const SEED = Number(process.env['HIGHWATER_SEED'] ?? 20_261_129)

/** In memory where there is such a place: what a disk takes for its fsyncs is no matter here. */
const ROOM = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

let root: string
beforeAll(() => {
  root = mkdtempSync(join(ROOM, 'highwater-damaged-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** One process plays until it is through, or until it ends in the middle of a case. */
async function play(from: number, to: number): Promise<Verdict[]> {
  const program = fileURLToPath(new URL('../../support/stores/child.ts', import.meta.url))
  const args = ['--import', 'tsx', program, root, String(SEED), String(from), String(to)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>
  const verdicts: Verdict[] = []
  for await (const line of createInterface({ input: child.stdout })) verdicts.push(JSON.parse(line) as Verdict)
  const [code, signal] = await ended
  if (from + verdicts.length === to) return verdicts
  if (signal === null) throw new Error(`case ${from + verdicts.length} could not be played (code ${code})`)
  const n = from + verdicts.length
  const faults = [`the process ended (${signal})`]
  const last: Verdict = { n, kind: 'not known', outcome: 'WRONG', faults, line: 'refused', notes: [], ms: 0 }
  return [...verdicts, last]
}

async function playAll(): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  while (verdicts.length < WANTED) verdicts.push(...(await play(verdicts.length, WANTED)))
  return verdicts
}

/** A line a kind: how often, and what came of it. */
function tally(verdicts: readonly Verdict[]): string {
  const byKind = new Map<string, Map<string, number>>()
  for (const { kind, outcome, line } of verdicts) {
    const counts = byKind.get(kind) ?? new Map<string, number>()
    for (const what of [outcome, `line ${line}`]) counts.set(what, (counts.get(what) ?? 0) + 1)
    byKind.set(kind, counts)
  }
  const lines = [...byKind].map(
    ([kind, counts]) => `  ${kind}: ${[...counts].map(([what, count]) => `${what} ${count}`).join(', ')}`,
  )
  const count = (outcome: string): number => verdicts.filter((verdict) => verdict.outcome === outcome).length
  const ms = verdicts.reduce((sum, verdict) => sum + verdict.ms, 0)
  const all = ['served whole', 'served in part and said', 'not served and said', 'WRONG']
    .map((outcome) => `${outcome} ${count(outcome)}`)
    .join(', ')
  return `${verdicts.length} stores, seed ${SEED}, ${(ms / verdicts.length).toFixed(1)} ms each: ${all}\n${lines.join('\n')}`
}

it(`${WANTED} damaged or replaced stores: it starts, keeps what was there, serves what was written, says what it does not serve`, async () => {
  const verdicts = await playAll()
  console.log(tally(verdicts))
  const wrong = verdicts.filter(({ faults }) => faults.length > 0)
  expect(wrong.map(({ n, kind, notes, faults }) => ({ n, kind, notes, faults }))).toEqual([])
  expect(verdicts).toHaveLength(WANTED)
}, 600_000)

describe('the judge', () => {
  const known: Known = {
    expected: new Map([
      ['journal 1', 'A'],
      ['cluster c1', 'B'],
    ]),
    written: new Map([
      ['journal 1', new Set(['A', 'older A'])],
      ['cluster c1', new Set(['B'])],
    ]),
  }
  const well: Observed = { thrown: '', notes: [], served: known.expected, destroyed: [], line: 'found' }

  it.each<[string, Partial<Observed>, string[]]>([
    ['all is served and the line is found', {}, []],
    ['the line is refused', { line: 'refused' }, []],
    ['nothing is served, and the whole file is set aside', { served: new Map(), notes: ['storage-set-aside'] }, []],
    [
      'one line is not served, and it says so',
      { served: new Map([['cluster c1', 'B']]), notes: ['journal-unreadable'] },
      [],
    ],
    ['it does not start', { thrown: 'no such table', served: new Map() }, ['it does not start: no such table']],
    [
      'it serves another text',
      { served: new Map([...known.expected, ['cluster c1', 'b']]), notes: ['cluster-unreadable'] },
      ['serves what nobody wrote: cluster c1'],
    ],
    [
      'it serves a row that never was',
      { served: new Map([...known.expected, ['cluster c2', 'B']]) },
      ['serves what nobody wrote: cluster c2'],
    ],
    ['a line is gone without a word', { served: new Map([['cluster c1', 'B']]) }, ['lost and not said: journal 1']],
    [
      'an older text without a word',
      { served: new Map([...known.expected, ['journal 1', 'older A']]) },
      ['lost and not said: journal 1'],
    ],
    [
      'it says it of the wrong rows',
      { served: new Map([['cluster c1', 'B']]), notes: ['cluster-unreadable'] },
      ['lost and not said: journal 1'],
    ],
    [
      'a log was put aside, and nobody says that a line is gone',
      { served: new Map([['cluster c1', 'B']]), notes: ['storage-log-aside'] },
      ['lost and not said: journal 1'],
    ],
    [
      'what was there is overwritten',
      { served: new Map(), notes: ['storage-set-aside'], destroyed: ['highwater.db'] },
      ['destroyed: highwater.db'],
    ],
    ['a line is taken and lost', { line: 'lost' }, ['a line was taken that the next start does not find']],
  ])('%s', (_what, seen, faults) => {
    const observed = { ...well, ...seen }
    expect(judge(observed, known)).toEqual(faults)
    expect(outcomeOf(observed, known) === 'WRONG').toBe(faults.length > 0)
  })
})
