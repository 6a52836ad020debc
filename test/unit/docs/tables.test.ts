/** Tables of the pages, held against what they tell of. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ELECTION_RULE } from '../../../src-main/change/plan/election/judge-election'
import { GUARDS } from '../../../src-main/change/plan/guards/index'
import { projectRoot } from '../../../tools/setup/places'

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8')
const anchors = (page: string): string[] => [...page.matchAll(/<a id="([\w-]+)">/g)].map((match) => match[1] ?? '')

interface Layer {
  readonly imports: readonly string[]
  readonly packages: readonly string[]
}

it('docs/architecture.md has the layers of tools/lint/layers.mjs', async () => {
  const module: unknown = await import(pathToFileURL(join(projectRoot, 'tools/lint/layers.mjs')).href)
  const { LAYERS } = module as { readonly LAYERS: Readonly<Record<string, Layer>> }
  const short = (name: string): string =>
    name.includes('/') ? name.replace(/^src-(?:main|renderer)\//, '') : `all of ${name}`
  const expected = Object.entries(LAYERS).map(([folder, { imports, packages }]) =>
    [
      `\`${folder}\``,
      imports.map(short).join(', ') || 'nothing',
      packages.map((name) => `\`${name}\``).join(', ') || 'none',
    ].join(' | '),
  )
  const told = [
    ...read('docs/architecture.md').matchAll(/^\| (`(?:src|tools|test)\S*`) +\|[^|]*\|([^|]*)\|([^|]*)\|$/gm),
  ].map((match) =>
    match
      .slice(1)
      .map((cell) => cell.trim())
      .join(' | '),
  )
  expect(told).toEqual(expected)
})

it('docs/guardrails.md has a row for every rule, and no other', () => {
  const rules = [...GUARDS.map(({ rule }) => rule), ELECTION_RULE]
  const told = [...read('docs/guardrails.md').matchAll(/^\| <a id="([\w-]+)"><\/a>`([\w-]+)`/gm)]
  expect(told.map((match) => match[1]).sort()).toEqual([...rules].sort())
  expect(told.filter((match) => match[1] !== match[2])).toEqual([])
})

describe('places of docs/kafka-facts.md', () => {
  const there = new Set(anchors(read('docs/kafka-facts.md')))
  it.each(['src-main', 'src-renderer', 'tools', 'test', 'docs'])('that %s cites are there', (folder) => {
    const cited = readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|mjs|vue|md)$/.test(name))
      .flatMap((name) =>
        [
          ...read(join(folder, name)).matchAll(
            /kafka-facts (?:\w+\.)?([a-h]\d*(?:-safe)?)\b|kafka-facts\.md#([\w-]+)/g,
          ),
        ].map((match) => [name, match[1] ?? match[2] ?? ''] as const),
      )
    expect(cited.filter(([, place]) => !there.has(place))).toEqual([])
  })

  it('have one name each', () => {
    const all = anchors(read('docs/kafka-facts.md'))
    expect(all).toEqual([...new Set(all)])
  })
})
