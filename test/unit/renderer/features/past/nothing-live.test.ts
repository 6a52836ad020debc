/** A page of the past is made of the store of the past alone: what it shows cannot be of now. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const FOLDER = join(import.meta.dirname, '../../../../../src-renderer/features/past')
const LIVE = [
  'stores/cluster',
  'stores/history',
  'stores/live-',
  'stores/losses',
  'stores/what-if',
  'stores/watches',
  'stores/frame-',
]

it.each(readdirSync(FOLDER).filter((name) => !name.endsWith('.css')))(
  '%s takes nothing of the live cluster',
  (name) => {
    const text = readFileSync(join(FOLDER, name), 'utf8')
    const imports = [...text.matchAll(/from '([^']+)'/g)].map(([, from]) => from!)
    expect(imports.filter((from) => LIVE.some((live) => from.includes(live)))).toEqual([])
  },
)

it('the store of the past takes the id of the open cluster, and nothing else of it', () => {
  const text = readFileSync(join(FOLDER, '../../stores/past.ts'), 'utf8')
  expect(
    [...text.matchAll(/const (\{[^}]*\}) = storeToRefs\(useClusterStore\(\)\)/g)].map(([, taken]) => taken),
  ).toEqual(['{ cluster }'])
  expect(text.match(/useClusterStore/g)).toHaveLength(2)
})
