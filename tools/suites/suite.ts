export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** What suites get from the set-up. */
export interface SuiteContext {
  /** Environment of every child: display, Electron, no colours. */
  readonly env: NodeJS.ProcessEnv
  /** A folder of this run's own for reports. */
  readonly folder: string
  /** Names of failed tests, told once more at the very end: of a long log often only that is kept. */
  readonly failed: string[]
  /** `N/M`: which part of the integration suite is run, '' for all of it. */
  readonly shard: string
  /** Shows one line of what a suite prints. */
  readonly show: (line: string) => void
  /** `npm run check`: what was fine last time need not be read again. */
  readonly quick: boolean
  /** Its processes get the processors when what waits for brokers leaves them idle. */
  readonly yields: boolean
  /** This file is there once nothing else needs brokers; '' = nothing does. */
  readonly aloneFile: string
}

export interface Suite {
  readonly name: string
  /** After this long the suite is ended and counts as failed: a hanging test must never hang the whole. */
  readonly limitMs: number
  /** Part of `npm run check`. */
  readonly quick: boolean
  /**
   * Runs at the same time as its neighbours of the same kind. 'reads': programs of one process each, which take turns. 'brokers': mostly waits for real
   * ones, whose deadlines no machine makes shorter.
   */
  readonly beside?: 'reads' | 'brokers'
  /** Needs no more than the sources, so it runs beneath what does: it yields the processors, and half of what brokers' tests leave of them is enough. */
  readonly beneath?: true
  run(context: SuiteContext): Promise<Counts>
}

export const onePassed: Counts = { passed: 1, failed: 0, skipped: 0 }
export const oneFailed: Counts = { passed: 0, failed: 1, skipped: 0 }

export const add = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
})

/** Suites in the order in which they are run; those of one group run at the same time. One core runs them one by one. */
export function inGroups(suites: readonly Suite[], cores: number): Suite[][] {
  const groups: Suite[][] = []
  for (const suite of suites) {
    const group = groups.at(-1)
    if (cores > 1 && suite.beside !== undefined && group?.[0]?.beside === suite.beside) group.push(suite)
    else groups.push([suite])
  }
  return groups
}

/** Suites that run at the same time, each list in its order: what needs a build and brokers, and beneath it what does not. One core runs all of them one by one. */
export function inLanes(suites: readonly Suite[], cores: number): readonly (readonly Suite[])[] {
  if (cores === 1) return [suites]
  const beneath = suites.filter((suite) => suite.beneath === true)
  const above = suites.filter((suite) => suite.beneath !== true)
  return [above, beneath].filter((lane) => lane.length > 0)
}

/** The plain closing line that people and CI read. */
export const closingLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

/**
 * A runner's own figures and its exit code, put together. A run that ended badly without naming a failed test (a crash, a
 * file that cannot be loaded, a time limit) is a failure, and so is one that ran nothing.
 */
export function judge(counts: Counts | null, exitCode: number | null): Counts {
  if (!counts) return oneFailed
  if (exitCode !== 0 && counts.failed === 0) return add(counts, oneFailed)
  if (counts.passed + counts.failed === 0) return add(counts, oneFailed)
  return counts
}
