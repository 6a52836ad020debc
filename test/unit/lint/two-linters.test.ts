/** .ts files are oxlint's and .vue files ESLint's: what is a fault in one is a fault in the other, and oxlint sees types. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ESLint } from 'eslint'
import { expect, it } from 'vitest'
import { projectRoot } from '../../../tools/setup/places'

type Level = number | string
type Rules = Readonly<Record<string, Level | readonly [Level, ...unknown[]]>>

/** ESLint's, without a counterpart in oxlint 1.94. */
const ESLINT_ALONE = ['no-unsafe-class-instance-assignment']

const oxlintRules = (JSON.parse(readFileSync(join(projectRoot, '.oxlintrc.json'), 'utf8')) as { rules: Rules }).rules
const levelOf = (rule: Rules[string]): Level => (typeof rule === 'object' ? rule[0] : rule)
const isOn = (rule: Rules[string]): boolean => !['off', 0].includes(levelOf(rule))
/** Of the part of a name that both have, as the two spell their plugins differently. */
const bare = (name: string): string => name.replace(/^.*\//, '')
/** Options that were given; an empty object is none. */
const optionsOf = (rule: Rules[string]): unknown[] =>
  (typeof rule === 'object' ? rule.slice(1) : []).filter((one) => JSON.stringify(one) !== '{}')

async function eslintRules(file: string): Promise<Map<string, unknown[]>> {
  const { rules } = (await new ESLint({ cwd: projectRoot }).calculateConfigForFile(join(projectRoot, file))) as {
    rules: Rules
  }
  const shared = Object.entries(rules).filter(([name, rule]) => isOn(rule) && !/^(vue|house)\//.test(name))
  return new Map(shared.map(([name, rule]) => [bare(name), optionsOf(rule)]))
}

it('every rule of .vue files holds in .ts files, with the same options', async () => {
  const inVue = await eslintRules('src-renderer/app/App.vue')
  for (const name of ESLINT_ALONE) expect(inVue.delete(name), name).toBe(true)
  const inTs = new Map(Object.entries(oxlintRules).map(([name, rule]) => [bare(name), optionsOf(rule)]))
  expect(Object.fromEntries(inTs)).toEqual(Object.fromEntries(inVue))
  for (const [name, rule] of Object.entries(oxlintRules)) expect([name, levelOf(rule)]).toEqual([name, 'error'])
}, 60_000)

/** A line each, which only types can tell, and the rule that has to tell it. */
const FAULTS: readonly (readonly [rule: string, line: string])[] = [
  ['no-floating-promises', 'Promise.resolve(1)'],
  ['no-misused-promises', 'if (Promise.resolve(true)) console.log(1)'],
  ['no-unsafe-member-access', 'console.log((JSON.parse("{}") as unknown as any).x.y)'],
  ['no-unsafe-assignment', 'export const value: string = JSON.parse("1")'],
  ['no-unnecessary-condition', 'export const always = (one: string) => one ?? "two"'],
  ['switch-exhaustiveness-check', 'export const f = (x: 1 | 2) => { switch (x) { case 1: return 1 } return 0 }'],
  ['restrict-template-expressions', 'export const text = `${{}}`'],
  ['await-thenable', 'export const g = async () => { await 1 }'],
  ['require-await', 'export const h = async () => 1'],
  ['consistent-type-imports', "import { Server } from 'node:net'\nexport type Mine = Server"],
]

it('oxlint tells what only types can', async () => {
  // Beside the sources, so that it finds the types that they find.
  const folder = mkdtempSync(join(projectRoot, 'test', 'unit', 'lint', 'faults-'))
  try {
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: '../../../../tsconfig.base.json', include: ['*.ts'] }),
    )
    for (const [rule, line] of FAULTS) writeFileSync(join(folder, `${rule}.ts`), `${line}\nexport {}\n`)
    const said = await new Promise<string>((resolve) => {
      const args = [join(projectRoot, 'node_modules/oxlint/bin/oxlint'), '--type-aware', '--format=unix', folder]
      execFile(process.execPath, args, { cwd: projectRoot }, (_, stdout) => resolve(stdout))
    })
    for (const [rule] of FAULTS)
      expect(
        said.split('\n').filter((line) => line.includes(`${rule}.ts:`)),
        rule,
      ).toContainEqual(expect.stringContaining(`(${rule})`))
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 60_000)
