import { readFileSync } from 'node:fs'
import type { Counts } from './suite'

/** The parts of the two runners' JSON reports that are counted here. */
interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
}

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number
    readonly unexpected: number
    readonly flaky: number
    readonly skipped: number
  }
}

/** Null when the runner did not get as far as writing its report. */
function read<Report>(file: string): Report | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return null
  }
}

export function vitestCounts(file: string): Counts | null {
  const report = read<VitestReport>(file)
  if (!report) return null
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
}

/** A test that only passed when tried again counts as failed: green has to mean green. */
export function playwrightCounts(file: string): Counts | null {
  const stats = read<PlaywrightReport>(file)?.stats
  if (!stats) return null
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}
