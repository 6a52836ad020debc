import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { playwrightCounts, vitestCounts } from '../../../tools/suites/reports'
import { add, closingLine, judge } from '../../../tools/suites/suite'

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

  it('takes a missing or broken report for none', () => {
    expect(vitestCounts(join(folder, 'missing.json'))).toBeNull()
    expect(playwrightCounts(report('broken.json', '{"stats":'))).toBeNull()
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
