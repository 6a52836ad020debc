import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from '../setup/build'
import { run } from '../setup/command'
import { projectRoot } from '../setup/places'
import { playwrightCounts, playwrightFailures, vitestCounts, vitestFailures } from './reports'
import { judge, oneFailed, onePassed } from './suite'
import type { Suite, SuiteContext } from './suite'

/** Limits are several times what a suite takes on two cores: they end what hangs, and never what is merely slow. */
const minutes = (count: number): number => count * 60_000
const bin = (path: string): string => join(projectRoot, 'node_modules', path)

/** Every folder with rules of its own; vue-tsc reads plain TypeScript as well. */
const typeProjects = [
  'src-main/shared',
  'src-main/contract',
  'src-main/domain',
  'src-main/preload',
  'src-main',
  'src-renderer',
  'test',
  'tools',
  '.',
]

/** Runs one Node program with its output on the screen; answers its exit code, null when it had to be ended. */
async function node(args: readonly string[], { env, show }: SuiteContext, limitMs: number): Promise<number | null> {
  const { code, timedOut } = await run(process.execPath, args, { cwd: projectRoot, env, limitMs, onLine: show })
  if (timedOut) show(`Ended: it took longer than ${Math.round(limitMs / 60_000)} minutes.`)
  return timedOut ? null : code
}

const types: Suite = {
  name: 'types',
  limitMs: minutes(10),
  quick: true,
  run: async (context) => {
    const configs = typeProjects
      .map((project) => join(projectRoot, project, 'tsconfig.json'))
      .filter((path) => existsSync(path))
    const check = (config: string): Promise<number | null> =>
      node([bin('vue-tsc/bin/vue-tsc.js'), '--noEmit', '-p', config], context, types.limitMs)
    const codes = await Promise.all(configs.map(check))
    return codes.every((code) => code === 0) ? onePassed : oneFailed
  },
}

const format: Suite = {
  name: 'format',
  limitMs: minutes(5),
  quick: true,
  run: async (context) => {
    const code = await node(
      [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
      context,
      format.limitMs,
    )
    return code === 0 ? onePassed : oneFailed
  },
}

const lint: Suite = {
  name: 'lint',
  limitMs: minutes(10),
  quick: true,
  run: async (context) => {
    const code = await node([bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'], context, lint.limitMs)
    return code === 0 ? onePassed : oneFailed
  },
}

function vitest(
  name: string,
  projects: readonly string[],
  limitMs: number,
  kind: Pick<Suite, 'quick' | 'waits'>,
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
  limitMs: minutes(40),
  quick: false,
  waits: true,
  run: async (context) => {
    const report = join(context.folder, 'end-to-end.json')
    const env = { ...context.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_JSON_OUTPUT_NAME: report }
    const args = [bin('@playwright/test/cli.js'), 'test', '--reporter=list,json']
    const code = await node(args, { ...context, env }, endToEnd.limitMs)
    context.failed.push(...playwrightFailures(report))
    return judge(playwrightCounts(report), code)
  },
}

/**
 * In this order: what is quick and fails most often comes first. The build comes before whatever starts it. What waits
 * for brokers comes last and runs side by side. Limits are several times what a machine
 * at rest takes: they end what hangs, and being slow alone is no failure.
 */
export const suites: readonly Suite[] = [
  types,
  format,
  lint,
  vitest('unit', ['unit', 'component'], minutes(12), { quick: true }),
  build,
  vitest('integration', ['integration'], minutes(40), { quick: false, waits: true }),
  endToEnd,
]
