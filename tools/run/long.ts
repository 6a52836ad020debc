/** `npm run test:long`: what takes too long for `npm test`. */
import { ensureBuilt } from '../setup/build'
import { ensureElectron } from '../setup/electron'
import { RELEASES, isReleaseName, releaseNames, type ReleaseName } from '../sandbox/releases'
import { ensureKafka } from '../setup/kafka'
import { SetupError, step } from '../setup/progress.mjs'
import { which } from '../setup/command'
import { openDisplay } from '../setup/display'
import { bin, handOver } from './hand-over'

interface LongTest {
  /** What is played, for who asks. */
  readonly what: string
  /** Resolves with the exit code; null = it does not take these words. */
  readonly run: (words: readonly string[]) => Promise<number> | null
}

interface TestFile {
  readonly project: 'unit' | 'integration' | 'long'
  readonly file: string
  /** Variable that says how many, and as many as none is named; left out: it plays all there is. */
  readonly count?: readonly [variable: string, usual: number]
  /** Left out: it needs brokers. */
  readonly alone?: true
}

/** Hours, some of them, so there is no limit per test: only the number says when it is done. */
const vitest = (
  { project, file }: Pick<TestFile, 'project' | 'file'>,
  env: Readonly<Record<string, string>>,
): Promise<number> =>
  handOver(
    [bin('vitest/vitest.mjs'), 'run', '--project', project, file, '--testTimeout=0', '--disable-console-intercept'],
    env,
  )

function file(what: string, test: TestFile): LongTest {
  const { count } = test
  return {
    what,
    run(words) {
      const [many, ...more] = words
      if (more.length > 0 || (many !== undefined && (count === undefined || !/^[1-9]\d*$/.test(many)))) return null
      const env = count === undefined ? {} : { [count[0]]: many ?? String(count[1]) }
      return (test.alone === true ? Promise.resolve() : kafka()).then(() => vitest(test, env))
    },
  }
}

async function kafka(version?: string): Promise<void> {
  await step(
    version === undefined ? 'Kafka' : `Kafka ${version}`,
    (report) => ensureKafka(version, report),
    (found) => found.version,
  )
}

/** A spec in the real window. */
async function inWindow(spec: string, own: Readonly<Record<string, string>>): Promise<number> {
  const electron = await step('Electron', ensureElectron, ({ version, source }) => `${version} (${source})`)
  await step('Build', (report) => ensureBuilt(report))
  const display = await step('Display', (report) => openDisplay(report, true))
  const env = { ...display.env, ELECTRON_EXEC_PATH: electron.executable, ...own }
  const code = await handOver([bin('@playwright/test/cli.js'), 'test', spec], env)
  display.close()
  return code
}

/** A desktop's message bus is part of it. */
async function inTray(minutes: string): Promise<number> {
  if (which('dbus-daemon') === null || which('dbus-send') === null)
    throw new SetupError('A tray needs dbus-daemon and dbus-send (on Debian the packages dbus and dbus-bin).')
  await kafka()
  return inWindow('long/tray.spec.ts', { HIGHWATER_LONG: '1', HIGHWATER_MINUTES: minutes })
}

async function onReleases(names: readonly ReleaseName[]): Promise<number> {
  for (const version of new Set(names.flatMap((name) => RELEASES[name]))) await kafka(version)
  const test = { project: 'long', file: 'test/integration/kafka-versions.test.ts' } as const
  return vitest(test, { HIGHWATER_VERSIONS: names.join() })
}

const CHANGES = file('random changes and undos on real brokers, 10,000 or NUMBER', {
  project: 'integration',
  file: 'test/integration/change-property.test.ts',
  count: ['HIGHWATER_CHANGES', 10_000],
})

const LONG: Readonly<Record<string, LongTest>> = {
  five: file('every scene on five brokers, and what a stop of each does', {
    project: 'long',
    file: 'test/integration/five-brokers.test.ts',
  }),
  random: file('random faults on five brokers, 60 sequences or NUMBER', {
    project: 'long',
    file: 'test/integration/random-faults.test.ts',
    count: ['HIGHWATER_SEQUENCES', 60],
  }),
  faults: file("random faults against Kafka's own classes, 100,000 sequences or NUMBER", {
    project: 'integration',
    file: 'test/integration/faults.test.ts',
    count: ['HIGHWATER_FAULTS', 100_000],
  }),
  events: file("what is remembered of every scene, against the controllers' own log", {
    project: 'long',
    file: 'test/integration/events.test.ts',
  }),
  audit: file('a fault for each rule of the audit, accepted until its end date, and put right by its own lines', {
    project: 'long',
    file: 'test/integration/audit-rules.test.ts',
  }),
  advisor: file('the lag advisor, against stalls, evictions and a fencing that were made', {
    project: 'long',
    file: 'test/integration/advisor.test.ts',
  }),
  quorum: file('a leader of the quorum killed, ELRs, and brokers that do not agree', {
    project: 'long',
    file: 'test/integration/quorum.test.ts',
  }),
  night: file('what is recorded of a night of trouble, 30 or NUMBER minutes, and of a clock that moves', {
    project: 'long',
    file: 'test/integration/night.test.ts',
    count: ['HIGHWATER_MINUTES', 30],
  }),
  tray: {
    what: 'the same with the real window in the tray, shown again, and killed in the middle of trouble, 30 or NUMBER minutes',
    run: ([minutes = '30', ...more]) => (more.length > 0 || !/^[1-9]\d*$/.test(minutes) ? null : inTray(minutes)),
  },
  fleet: {
    what: 'what the page of clusters costs with twenty that live',
    run: (words) =>
      words.length > 0 ? null : kafka().then(() => inWindow('long/fleet-costs.spec.ts', { HIGHWATER_LONG: '1' })),
  },
  'what-if': file('what a stop of each broker and pair does, partition by partition', {
    project: 'long',
    file: 'test/integration/what-if.test.ts',
  }),
  acls: file('the kafka-acls commands of the guide', {
    project: 'long',
    file: 'test/integration/guide-acls.test.ts',
  }),
  names: file('two clusters behind one name, at every step of a change', {
    project: 'long',
    file: 'test/integration/two-clusters-all.test.ts',
  }),
  rights: {
    what: 'every page with each of five logins, in the window',
    run: (words) => (words.length > 0 ? null : inWindow('rights.spec.ts', { HIGHWATER_LOGINS: 'all' })),
  },
  stores: file('starts on damaged or replaced stores, 1,000 or NUMBER', {
    project: 'unit',
    file: 'test/unit/history/damaged-stores.test.ts',
    count: ['HIGHWATER_STORES', 1000],
    alone: true,
  }),
  versions: {
    what: `the whole path on other releases of Kafka, on all or on some of ${releaseNames.join(' ')}`,
    run: (words) => (words.every(isReleaseName) ? onReleases(words.length === 0 ? releaseNames : words) : null),
  },
}

/** All of them print their figures. */
export function long(words: readonly string[]): Promise<number> {
  const [name = '', ...rest] = words
  const run = LONG[name] === undefined ? CHANGES.run(words) : LONG[name].run(rest)
  if (run !== null) return run
  const names = Object.entries(LONG).map(([one, { what }]) => `  ${one.padEnd(8)} ${what}`)
  throw new SetupError(
    `Use: npm run test:long [-- NUMBER | NAME …]\n  ${''.padEnd(8)} ${CHANGES.what}\n${names.join('\n')}`,
  )
}
