import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { playwrightCounts, playwrightFailures, vitestCounts, vitestFailures } from '../../../tools/suites/reports'
import { add, closingLine, inGroups, inLanes, judge, onePassed } from '../../../tools/suites/suite'
import type { Suite } from '../../../tools/suites/suite'
import { takeTurns } from '../../../tools/suites/take-turns'

const folder = mkdtempSync(join(tmpdir(), 'highwater-reports-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function report(name: string, content: string): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

describe('what a suite counts as', () => {
  const good = { passed: 4, failed: 0, skipped: 1 }

  it.each([
    ['all passed', good, 0, good],
    ['some failed', { passed: 3, failed: 2, skipped: 0 }, 1, { passed: 3, failed: 2, skipped: 0 }],
    ['a file could not be loaded: a bad end without a failed test', good, 1, { passed: 4, failed: 1, skipped: 1 }],
    ['ended by the time limit', good, null, { passed: 4, failed: 1, skipped: 1 }],
    ['crashed before its report', null, 139, { passed: 0, failed: 1, skipped: 0 }],
    ['no report and a good end', null, 0, { passed: 0, failed: 1, skipped: 0 }],
    ['ran nothing at all', { passed: 0, failed: 0, skipped: 3 }, 0, { passed: 0, failed: 1, skipped: 3 }],
  ])('%s', (_, counts, exitCode, expected) => {
    expect(judge(counts, exitCode)).toEqual(expected)
  })

  it('reads the reports of both runners, where flaky is not passed', () => {
    const vitest = report('vitest.json', '{"numPassedTests":7,"numFailedTests":1,"numPendingTests":2,"numTodoTests":1}')
    const playwright = report('playwright.json', '{"stats":{"expected":5,"unexpected":1,"flaky":2,"skipped":3}}')
    expect(vitestCounts(vitest)).toEqual({ passed: 7, failed: 1, skipped: 3 })
    expect(playwrightCounts(playwright)).toEqual({ passed: 5, failed: 3, skipped: 3 })
  })

  it('names what failed, with the first line of why', () => {
    const vitest = report(
      'named.json',
      JSON.stringify({
        testResults: [
          {
            name: '/repo/test/unit/a.test.ts',
            status: 'failed',
            assertionResults: [
              { fullName: 'a b', status: 'failed', failureMessages: ['\u001b[31mwhy\u001b[0m\nat line 3'] },
              { fullName: 'a c', status: 'passed' },
            ],
          },
          { name: '/repo/test/unit/b.test.ts', status: 'failed', message: 'cannot be loaded', assertionResults: [] },
          {
            name: '/repo/test/unit/c.test.ts',
            status: 'passed',
            assertionResults: [{ fullName: 'c', status: 'passed' }],
          },
        ],
      }),
    )
    expect(vitestFailures(vitest)).toEqual(['unit/a.test.ts: a b: why', 'unit/b.test.ts: cannot be loaded'])
    const spec = (title: string, status: string, message?: string): unknown => ({
      title,
      file: 'x.spec.ts',
      tests: [{ status, results: [{}, { error: message === undefined ? undefined : { message } }] }],
    })
    const playwright = report(
      'named-too.json',
      JSON.stringify({
        suites: [
          {
            title: 'x',
            specs: [spec('good', 'expected'), spec('bad', 'unexpected', 'late')],
            suites: [{ title: 'inner', specs: [spec('odd', 'flaky', 'once')] }],
          },
        ],
      }),
    )
    expect(playwrightFailures(playwright)).toEqual(['x.spec.ts: bad: late', 'x.spec.ts: odd: once'])
    expect([vitestFailures(join(folder, 'missing.json')), playwrightFailures(join(folder, 'missing.json'))]).toEqual([
      [],
      [],
    ])
  })

  it('takes a missing or broken report for none', () => {
    expect(vitestCounts(join(folder, 'missing.json'))).toBeNull()
    expect(playwrightCounts(report('broken.json', '{"stats":'))).toBeNull()
  })
})

describe('what runs at the same time', () => {
  const suite = (name: string, kind: Pick<Suite, 'beside' | 'beneath'> = {}): Suite => ({
    name,
    limitMs: 1,
    quick: false,
    ...kind,
    run: () => Promise.resolve(onePassed),
  })
  const all = [
    suite('lint', { beside: 'reads', beneath: true }),
    suite('types', { beside: 'reads', beneath: true }),
    suite('build'),
    suite('brokers', { beside: 'brokers' }),
    suite('window', { beside: 'brokers' }),
  ]
  const lanes = (suites: readonly Suite[], cores: number): string[][] =>
    inLanes(suites, cores).map((lane) => lane.map(({ name }) => name))

  it('is what needs brokers and, beneath it, what needs the sources alone', () => {
    expect(lanes(all, 2)).toEqual([
      ['build', 'brokers', 'window'],
      ['lint', 'types'],
    ])
    expect(lanes(all.slice(0, 2), 2)).toEqual([['lint', 'types']])
    expect(lanes(all, 1)).toEqual([all.map(({ name }) => name)])
  })
  const names = (cores: number): string[][] => inGroups(all, cores).map((group) => group.map(({ name }) => name))

  it('are neighbours of one kind, where there are two cores', () => {
    expect(names(2)).toEqual([['lint', 'types'], ['build'], ['brokers', 'window']])
    expect(names(1)).toEqual([['lint'], ['types'], ['build'], ['brokers'], ['window']])
  })
})

describe('the closing line', () => {
  it('is plain and names what was skipped only where something was', () => {
    expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed')
    expect(closingLine(add({ passed: 1, failed: 1, skipped: 0 }, { passed: 1, failed: 0, skipped: 2 }))).toBe(
      '2 passed, 1 failed, 2 skipped',
    )
  })
})

describe('programs that take turns', () => {
  it('have as many places as there are, in order, and one that fails gives its place back', async () => {
    const turns = takeTurns(2)
    const ends: (() => void)[] = []
    const began: number[] = []
    const work = (at: number) =>
      turns(() => {
        began.push(at)
        return new Promise<number>((resolve, reject) => {
          ends[at] = () => (at === 0 ? reject(new Error('no')) : resolve(at))
        })
      })
    const all = Promise.allSettled([0, 1, 2, 3].map(work))
    await vi.waitFor(() => expect(began).toEqual([0, 1]))
    ends[0]!()
    await vi.waitFor(() => expect(began).toEqual([0, 1, 2]))
    ends[1]!()
    ends[2]!()
    await vi.waitFor(() => expect(began).toEqual([0, 1, 2, 3]))
    ends[3]!()
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled'])
  })
})
