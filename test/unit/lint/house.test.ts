/** House rules that no linter knows. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../../tools/setup/places'
import en from '../../../src-renderer/locales/en.json'
import zh from '../../../src-renderer/locales/zh-CN.json'

interface Source {
  readonly path: string
  readonly text: string
}

const sources: readonly Source[] = ['src-main', 'src-renderer', 'tools', 'test'].flatMap((folder) =>
  readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs|vue)$/.test(name))
    .map((name) => {
      const path = join(folder, name)
      const text = readFileSync(join(projectRoot, path), 'utf8')
      return { path, text }
    }),
)

const paths = (found: readonly Source[]): string[] => found.map(({ path }) => path)

describe('files', () => {
  it('switch off no check and promise nothing for later', () => {
    const forbidden = new RegExp(
      [
        'eslint-' + 'disable',
        '@ts-' + 'ignore',
        '@ts-' + 'expect-error',
        '@ts-' + 'nocheck',
        '\\bTO' + 'DO\\b',
        '\\bFIX' + 'ME\\b',
      ].join('|'),
    )
    expect(paths(sources.filter(({ text }) => forbidden.test(text)))).toEqual([])
  })

  it('have names in kebab-case, components in PascalCase of two words', () => {
    const odd = sources.filter(({ path }) => {
      const name = path.split(/[\\/]/).at(-1) ?? ''
      return name.endsWith('.vue')
        ? !/^(App|([A-Z][a-z0-9]+){2,})\.vue$/.test(name)
        : !/^[a-z0-9]+([-.][a-z0-9]+)*\.(d\.)?m?ts$|^[a-z0-9-]+\.mjs$/.test(name)
    })
    expect(paths(odd)).toEqual([])
  })
})

describe('keys', () => {
  it('are listened to in one place', () => {
    const listening = sources.filter(
      ({ path, text }) => path.startsWith('src-renderer') && /addEventListener\(\s*'key/.test(text),
    )
    expect(paths(listening)).toEqual([join('src-renderer', 'stores', 'keys.ts')])
  })

  it('are written on buttons as the table of keys has them', () => {
    const byHand = sources.filter(
      ({ path, text }) => path.endsWith('.vue') && /\skeys="|<kbd[^>]*>\s*[^{<\s]/.test(text),
    )
    expect(paths(byHand)).toEqual([])
  })
})

describe('changes', () => {
  it('are made and moved on by the store alone, so that a refusal reads the same wherever it comes from', () => {
    const writers = sources.filter(
      ({ path, text }) => /^src-renderer.(?!stores)/.test(path) && /calls\[['"`](change|cluster:arm)/.test(text),
    )
    expect(paths(writers)).toEqual([])
  })
})

/** `board.headline.well` for every text, with the names of its placeholders. */
function texts(tree: object, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(tree) as [string, string | object][]) {
    const path = prefix === '' ? key : `${prefix}.${key}`
    if (typeof value === 'string') found.set(path, [...new Set(value.match(/\{\w+\}/g) ?? [])].sort().join(' '))
    else for (const [inner, names] of texts(value, path)) found.set(inner, names)
  }
  return found
}

describe('languages', () => {
  it('have the same texts', () => {
    expect([...texts(zh).keys()].sort()).toEqual([...texts(en).keys()].sort())
  })

  it('have the same figures in each text', () => {
    const chinese = texts(zh)
    // A plural form may leave out the number that the other language has to say.
    const differ = [...texts(en)].filter(([path, names]) => (chinese.get(path) ?? names) !== names)
    expect(differ.map(([path, names]) => `${path}: ${names} / ${chinese.get(path)}`)).toEqual([])
  })

  it('leave no text empty', () => {
    const empty = (tree: object): string[] =>
      Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
        typeof value === 'string' ? (value.trim() === '' ? [key] : []) : empty(value as object),
      )
    expect([empty(en), empty(zh)]).toEqual([[], []])
  })
})
