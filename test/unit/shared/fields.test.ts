import { describe, expect, it } from 'vitest'
import { SAVED_CLUSTER } from '../../../src-main/contract/profiles'
import {
  choice,
  flag,
  group,
  list,
  maybe,
  pattern,
  restored,
  text,
  union,
  whole,
} from '../../../src-main/shared/fields'

const field = group({
  name: text(5, 1),
  key: pattern(/^[a-z]*$/),
  level: choice('low', 'high'),
  on: flag(true),
  many: list(text(3), 2),
  at: maybe(group({ port: whole(1, (port) => port < 10, 'no port') })),
  by: maybe(union('kind', { door: { key: text(3) }, window: { floor: whole(0, (floor) => floor > 0, 'no floor') } })),
})
const well = {
  name: 'abc',
  key: 'k',
  level: 'high',
  on: false,
  many: ['a'],
  at: { port: 7 },
  by: { kind: 'window', floor: 2 },
} as const

describe('a value', () => {
  it('of every field is taken', () => {
    expect(field.fault(well)).toBeNull()
    expect(field.fault({ ...well, at: null, by: null })).toBeNull()
    expect(field.fault({ ...well, by: { kind: 'door', key: 'x' } })).toBeNull()
  })

  it.each([
    ['name', { name: '' }],
    ['name', { name: 'abcdef' }],
    ['name', { name: 'a\nb' }],
    ['name', { name: 7 }],
    ['name', { name: undefined }],
    ['key', { key: 'K' }],
    ['level', { level: 'middle' }],
    ['on', { on: 1 }],
    ['many', { many: [] }],
    ['many', { many: ['a', 'b', 'c'] }],
    ['many.1', { many: ['a', 'four'] }],
    ['many', { many: 'a' }],
    ['at', { at: [] }],
    ['at', { at: { port: 1, more: 1 } }],
    ['at.port', { at: { port: 1.5 } }],
    ['at.port', { at: { port: 10 } }],
    ['at.port', { at: {} }],
    ['by.kind', { by: { kind: 'roof' } }],
    ['by.kind', { by: { floor: 1 } }],
    ['by.floor', { by: { kind: 'window', floor: 0 } }],
    ['by', { by: { kind: 'door', key: 'x', floor: 1 } }],
    ['', { more: 1 }],
    ['', JSON.parse('{"__proto__": 1}') as object],
  ])('is refused at %j: %j', (path, change) => {
    const given: object = { ...well, ...change }
    if (Object.hasOwn(change, '__proto__')) Object.defineProperty(given, '__proto__', { value: 1, enumerable: true })
    expect(field.fault(given)?.path.join('.')).toBe(path)
  })

  it.each([null, undefined, 'x', 7, []])('%j is no group', (value) => {
    expect(field.fault(value)).not.toBeNull()
  })
})

describe('what was stored', () => {
  it('comes back as it was', () => {
    expect(restored(field, JSON.parse(JSON.stringify(well)))).toEqual(well)
  })

  it('gets what an older version did not know, and loses what is not known any more', () => {
    const { on, at, ...older } = well
    expect([on, at]).toEqual([false, { port: 7 }])
    expect(restored(field, { ...older, gone: 1 })).toEqual({ ...well, on: true, at: null })
    expect(restored(field, { ...well, at: {} })).toEqual({ ...well, at: { port: 1 } })
  })

  it.each([{ ...well, on: 'yes' }, { ...well, at: 'x' }, { ...well, by: { kind: 'roof' } }, null, 'x'])(
    'is refused where it is wrong, and never connected to in half: %j',
    (stored) => {
      expect(() => restored(field, stored)).toThrow(/What was stored cannot be used/)
    },
  )
})

it('a new cluster starts read-only and as production, with nothing switched on', () => {
  expect(SAVED_CLUSTER.initial).toMatchObject({
    id: '',
    name: '',
    environment: 'prod',
    readOnly: true,
    bootstrap: [],
    tls: null,
    sasl: null,
    intervalMs: 0,
  })
})
