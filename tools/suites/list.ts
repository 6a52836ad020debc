import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from '../setup/build'
import { run } from '../setup/command'
import { projectRoot } from '../setup/places'
import { playwrightCounts, playwrightFailures, vitestCounts, vitestFailures } from './reports'
import { judge, oneFailed, onePassed } from './suite'
import type { Suite, SuiteContext } from './suite'
import { takeTurns } from './take-turns'

/** Limits are several times what a suite takes on two cores: they end what hangs, and never what is merely slow. */
const minutes = (count: number): number => count * 60_000
const bin = (path: string): string => join(projectRoot, 'node_modules', path)

/** What linters and compilers remember of the last run; `npm ci` begins anew. */
const cache = (name: string): string => join(projectRoot, 'node_modules', '.cache', 'highwater', name)

/** Folders whose types only vue-tsc can read: it knows what stands in a .vue file. */
const vueProjects = ['src-renderer', 'test/unit/renderer']

/** Every other folder with rules of its own, the slow ones first: read by TypeScript's native compiler, ten times as fast. */
const plainProjects = [
  'test',
  'src-main',
  'tools',
  '.',
  'src-main/domain',
  'src-main/contract',
  'src-main/shared',
  'src-main/preload',
]

/** Runs one Node program with its output on the screen; answers its exit code, null when it had to be ended. */
async function node(
  args: readonly string[],
  { env, show, yields }: SuiteContext,
  limitMs: number,
): Promise<number | null> {
  const { code, timedOut } = await run(process.execPath, args, { cwd: projectRoot, env, limitMs, onLine: show, yields })
  if (timedOut) show(`Ended: it took longer than ${Math.round(limitMs / 60_000)} minutes.`)
  return timedOut ? null : code
}

const seats = takeTurns(availableParallelism())

/** A suite of programs that end with 0 when all is well: one process each, as many at a time over all such suites as there are processors. */
function programs(
  name: string,
  limitMs: number,
  lists: (context: SuiteContext) => readonly (readonly string[])[],
): Suite {
  return {
    name,
    limitMs,
    quick: true,
    beside: 'reads',
    beneath: true,
    run: async (context) => {
      const codes = await Promise.all(lists(context).map((args) => seats(() => node(args, context, limitMs))))
      return codes.every((code) => code === 0) ? onePassed : oneFailed
    },
  }
}

const checked = (compiler: string, project: string): readonly string[] => [
  bin(compiler),
  '--noEmit',
  '--incremental',
  '--tsBuildInfoFile',
  cache(join('types', `${project.replaceAll('/', '-')}.tsbuildinfo`)),
  '-p',
  join(projectRoot, project, 'tsconfig.json'),
]

const types = programs('types', minutes(20), () => [
  ...vueProjects.map((project) => checked('vue-tsc/bin/vue-tsc.js', project)),
  ...plainProjects.map((project) => checked('typescript-7/bin/tsc', project)),
])

const format = programs('format', minutes(10), () => [
  [
    bin('prettier/bin/prettier.cjs'),
    '--check',
    '--log-level=warn',
    '--cache',
    '--cache-strategy=content',
    `--cache-location=${cache('format')}`,
    '.',
  ],
])

/**
 * Two linters: oxlint for .ts files with types, ESLint for what it alone can (docs/decisions/0029-two-linters.md). Rules that know types may find something new in a file
 * that has not changed, because another one has. So only `npm run check` remembers files that were fine, and of ESLint's alone; the whole suite reads all
 * of them again. ESLint does not see when a rule of ours changes, so that starts a memory of its own.
 */
const lint = programs('lint', minutes(25), ({ quick }) => [
  [
    bin('oxlint/bin/oxlint'),
    '--type-aware',
    '--deny-warnings',
    '--report-unused-disable-directives-severity=error',
    '--format=unix',
  ],
  [
    bin('eslint/bin/eslint.js'),
    '.',
    '--max-warnings=0',
    ...(quick ? ['--cache', '--cache-strategy=content', `--cache-location=${cache(join('lint', ownRules()))}`] : []),
  ],
])

function ownRules(): string {
  const folder = join(projectRoot, 'tools', 'lint')
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)))
  return hash.digest('hex').slice(0, 16)
}

/** Unused files, exports, types and dependencies; see knip.json. */
const unused = programs('unused', minutes(15), () => [[bin('knip/bin/knip.js'), '--no-progress', '--no-config-hints']])

function vitest(
  name: string,
  projects: readonly string[],
  limitMs: number,
  kind: Pick<Suite, 'quick' | 'beside' | 'beneath'>,
): Suite {
  return {
    name,
    limitMs,
    ...kind,
    run: async (context) => {
      const report = join(context.folder, `${name}.json`)
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
      const args = [
        bin('vitest/vitest.mjs'),
        'run',
        ...projects.flatMap((project) => ['--project', project]),
        ...(name === 'integration' && context.shard !== '' ? [`--shard=${context.shard}`] : []),
        ...reporters,
      ]
      const code = await node(args, context, limitMs)
      context.failed.push(...vitestFailures(report))
      return judge(vitestCounts(report), code)
    },
  }
}

const build: Suite = {
  name: 'build',
  limitMs: minutes(8),
  quick: false,
  run: async () => {
    await ensureBuilt(() => {})
    return onePassed
  },
}

const endToEnd: Suite = {
  name: 'end-to-end',
  limitMs: minutes(55),
  quick: false,
  beside: 'brokers',
  run: async (context) => {
    const report = join(context.folder, 'end-to-end.json')
    const env = {
      ...context.env,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      HIGHWATER_ALONE_FILE: context.aloneFile,
    }
    const args = [bin('@playwright/test/cli.js'), 'test', '--reporter=list,json']
    const code = await node(args, { ...context, env }, endToEnd.limitMs)
    context.failed.push(...playwrightFailures(report))
    return judge(playwrightCounts(report), code)
  },
}

/**
 * The build comes before whatever starts it, then what waits for brokers, side by side; beneath it runs what needs the sources alone. Limits are
 * several times what a machine at rest takes: they end what hangs, and being slow alone is no failure.
 */
export const suites: readonly Suite[] = [
  lint,
  types,
  format,
  unused,
  vitest('unit', ['unit', 'component'], minutes(30), { quick: true, beneath: true }),
  build,
  vitest('integration', ['integration'], minutes(40), { quick: false, beside: 'brokers' }),
  endToEnd,
]
