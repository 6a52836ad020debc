import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Plan } from '../../../../src-main/contract/history'
import { createPlanFile } from '../../../../src-main/history/book/plan-file'

const NOW = 1_800_000_000_000
const plan: Plan = { broker: 4, by: '小林 "=cmd|', at: NOW, until: NOW + 60_000 }
let folder: string
let path: string
let problems: unknown[]
const open = () => createPlanFile({ path, now: () => NOW, onProblem: (cause) => void problems.push(cause) })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-plans-'))
  path = join(folder, 'history', 'a.planned.json')
  problems = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('none is kept where there is no file, and that is no trouble', () => {
  expect(open().list()).toEqual([])
  expect(problems).toEqual([])
})

it('what one keeps another reads at once, and what that one changes the first', () => {
  const [one, other] = [open(), open()]
  one.keep([plan])
  expect(other.list()).toEqual([plan])
  other.keep([plan, { ...plan, broker: 2 }])
  expect(one.list()).toHaveLength(2)
  one.keep([])
  expect(other.list()).toEqual([])
})

it.each([
  ['cut off', '{"format":1,"pla'],
  ['of another kind', '{"format":9,"plans":[]}'],
  ['of no length', ''],
])('one that is %s is put aside and told once, and announcing goes on', (_, text) => {
  open().keep([plan])
  writeFileSync(path, text)
  const book = open()
  expect([book.list(), book.list()]).toEqual([[], []])
  expect(problems).toHaveLength(1)
  const [aside] = readdirSync(join(folder, 'history')).filter((name) => name.includes('unreadable'))
  expect(readFileSync(join(folder, 'history', aside!), 'utf8')).toBe(text)
  book.keep([plan])
  expect(book.list()).toEqual([plan])
})

it('where it cannot be written that is thrown, and nothing is left behind', () => {
  writeFileSync(join(folder, 'history'), 'a file')
  expect(() => open().keep([plan])).toThrow()
  expect(existsSync(path)).toBe(false)
})
