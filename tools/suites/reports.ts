import { readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import type { Counts } from './suite'

/** The parts of the two runners' JSON reports that are counted here. */
interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults?: readonly {
    readonly name: string
    readonly status: string
    readonly message?: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages?: readonly string[]
    }[]
  }[]
}

interface PlaywrightSuite {
  readonly title: string
  readonly specs?: readonly {
    readonly title: string
    readonly file: string
    readonly tests: readonly {
      readonly status: string
      readonly results: readonly { readonly error?: { readonly message?: string } }[]
    }[]
  }[]
  readonly suites?: readonly PlaywrightSuite[]
}

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number
    readonly unexpected: number
    readonly flaky: number
    readonly skipped: number
  }
  readonly suites?: readonly PlaywrightSuite[]
}

/** Null when the runner did not get as far as writing its report. */
const readVitest = (file: string): VitestReport | null => read(file) as VitestReport | null
const readPlaywright = (file: string): PlaywrightReport | null => read(file) as PlaywrightReport | null

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

export function vitestCounts(file: string): Counts | null {
  const report = readVitest(file)
  if (!report) return null
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
}

/** A test that only passed when tried again counts as failed: green has to mean green. */
export function playwrightCounts(file: string): Counts | null {
  const stats = readPlaywright(file)?.stats
  if (!stats) return null
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}

const MOST_CHARACTERS = 300

/** `file: test: the first line of why`, without the colours that runners print. */
function failure(file: string, name: string, why = ''): string {
  const [line = ''] = stripVTControlCharacters(why).split('\n')
  return [file.split('/test/').at(-1), name, line].filter(Boolean).join(': ').slice(0, MOST_CHARACTERS)
}

/** Failed tests by name; files that could not be run are named too. */
export function vitestFailures(file: string): string[] {
  return (readVitest(file)?.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((one) => one.status === 'failed')
    if (failed.length === 0) return status === 'failed' ? [failure(name, '', message)] : []
    return failed.map(({ fullName, failureMessages }) => failure(name, fullName, failureMessages?.[0]))
  })
}

export function playwrightFailures(file: string): string[] {
  const of = ({ specs = [], suites = [] }: PlaywrightSuite): string[] => [
    ...specs.flatMap(({ title, file: spec, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ results }) => failure(spec, title, results.find(({ error }) => error)?.error?.message)),
    ),
    ...suites.flatMap(of),
  ]
  return (readPlaywright(file)?.suites ?? []).flatMap(of)
}
