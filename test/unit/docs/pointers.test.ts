/** Every path and page that a comment, a README or a page of docs/ names is there. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../../tools/setup/places'
import { pointersIn, prose, resolver } from './pointers'

const SKIPPED = new Set(['node_modules', 'out', 'dist', 'coverage', 'test-results', '.git'])

function walk(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return []
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    return entry.isDirectory() ? walk(path) : [path.split(sep).join('/')]
  })
}

const files = walk('')
const isThere = resolver(files)
const read = (file: string): string => readFileSync(join(projectRoot, file), 'utf8')

/** Journals and reports of another release name what was there then; decisions and the changelog are never rewritten. */
const OF_THEN = /^(?:test\/fixtures\/journal-|docs\/decisions\/\d|CHANGELOG\.md$)/
/** Its table is made of invented paths. */
const OF_THIS_TEST = /^test\/unit\/docs\//
const speaking = files.filter(
  (file) =>
    !OF_THEN.test(file) &&
    !OF_THIS_TEST.test(file) &&
    (file.endsWith('.md') || /^(?:src-main|src-renderer|tools|test)\/.*\.(?:ts|mts|mjs|vue|css|java)$/.test(file)),
)

const brokenIn = (file: string, text: string): string[] =>
  pointersIn(prose(file, text))
    .filter(({ target }) => !isThere(file, target))
    .map(({ line, target }) => `${file}:${line} ${target}`)

it('lead somewhere', () => {
  expect(speaking.length).toBeGreaterThan(500)
  expect(speaking.flatMap((file) => brokenIn(file, read(file)))).toEqual([])
})

describe('the finder', () => {
  it.each<[what: string, file: string, text: string, broken: readonly string[]]>([
    [
      'a made-up file in a comment',
      'src-main/a.ts',
      '// see change/no-such-file.ts for it',
      ['change/no-such-file.ts'],
    ],
    ['a made-up bare name', 'src-main/a.ts', '/** As in no-such-rule.ts. */', ['no-such-rule.ts']],
    ['a made-up page', 'src-main/a.ts', '/**\n * (no-such-page.md)\n */', ['no-such-page.md']],
    ['a made-up page of docs', 'tools/a.mjs', '// docs/no-such-page.md has more', ['docs/no-such-page.md']],
    ['a made-up folder', 'src-main/a.ts', '// gathered in change/no-such-folder/', ['change/no-such-folder/']],
    ['a comment of a template', 'src-renderer/A.vue', '<!-- as in ui/NoSuch.vue -->', ['ui/NoSuch.vue']],
    ['a made-up link', 'docs/a.md', 'See [it](no-such-page.md#part).', ['no-such-page.md']],
    ['a link that is right from elsewhere only', 'src-main/README.md', 'See [it](./glossary.md).', ['./glossary.md']],
    ['the old home of a file', 'src-main/a.ts', '// see domain/lag-tracker.ts', ['domain/lag-tracker.ts']],
    ['a file that is there', 'src-main/a.ts', '// see domain/lag/lag-tracker.ts', []],
    ['the end of its path', 'src-main/a.ts', '// see lag-tracker.ts, guards/index.ts and shared/states', []],
    ['a page by its name', 'src-main/a.ts', '// a rule of guardrails.md', []],
    ['a folder', 'src-main/a.ts', '// everything in change/plan/facts/', []],
    ['a link with an anchor', 'docs/a.md', 'See [it](glossary.md#kafkas-words) or [there](#here).', []],
    ['an address', 'src-main/a.ts', '// https://kafka.apache.org/docs/no-such-page.md', []],
    ['a string', 'src-main/a.ts', "const a = 'change/no-such-file.ts' // well", []],
    ['an import', 'src-main/a.ts', "import { a } from '../domain/no-such-file'", []],
    ['many names at once', 'src-main/a.ts', '// locales/*.json, scenes/<name>.ts, docs/pictures/NAME.png', []],
    ['a fenced block', 'docs/a.md', '```\nno-such-file.ts\n```\n', []],
    ["Kafka's own source", 'src-main/a.ts', '// ReplicaManager.java, AclOperation.java', []],
  ])('%s', (_what, file, text, broken) => {
    expect(
      pointersIn(prose(file, text))
        .map(({ target }) => target)
        .filter((target) => !isThere(file, target)),
    ).toEqual(broken)
  })

  it('tells the line', () => {
    expect(brokenIn('src-main/a.ts', 'const a = 1\n\n/**\n * x\n * no-such.md\n */')).toEqual([
      'src-main/a.ts:5 no-such.md',
    ])
  })
})
