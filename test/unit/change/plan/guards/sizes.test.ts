import { describe, expect, it } from 'vitest'
import type { SampleFacts } from '../../../../../src-main/change/plan/guards/guard'
import { guardFacts, known, lines, said, unknown } from '../../../../support/guard-facts'
import type { MadeChanges, MadeTopic } from '../../../../support/guard-facts'

type Version = readonly [number, number] | null
const facts = (changes: MadeChanges, rest: MadeTopic = {}, version: Version = [4, 1]) =>
  guardFacts([{ changes, ...rest }], { version })
const largest = (largestBatchBytes: number) =>
  known<SampleFacts>({
    partitions: 1,
    records: 5,
    withoutKey: 0,
    unreadable: 0,
    compression: 'none',
    largestBatchBytes,
  })

describe('max.message.bytes', () => {
  const KEY = 'max.message.bytes'
  it.each<[string, string | null, string, MadeTopic, string[]]>([
    ['down, stored batches are larger', '2000000', '1500000', { sample: largest(1_600_000) }, ['larger-seen block 1']],
    ['down, they fit', '2000000', '1500000', { sample: largest(1_500_000) }, ['fits info 1']],
    ['down below the default', '1048588', '1048587', { sample: largest(900) }, ['below-default warn 1', 'fits info 1']],
    ['down to the default', '2000000', '1048588', { sample: largest(900) }, ['fits info 1']],
    ['down, none seen', '2000000', '1500000', { sample: largest(0) }, ['none-seen info 1']],
    ['down, none seen (not a number)', '2000000', '1500000', { sample: largest(NaN) }, ['none-seen info 1']],
    ['down, not known', '2000000', '1500000', { sample: unknown('x') }, ['unknown unknown 1']],
    ['not told before counts as down', null, '1500000', { sample: largest(1_600_000) }, ['larger-seen block 1']],
    ['up', '1000', '2000', { sample: unknown('x') }, []],
  ])('%s', (_, before, after, rest, expected) => {
    expect(lines('max-message-lower', facts({ [KEY]: [before, after] }, rest))).toEqual(expected)
  })

  it('tells the largest batch and the limit', () => {
    const plan = guardFacts(
      [1_600_000, 1_900_000].map((bytes, at) => ({
        topic: `t${at}`,
        changes: { [KEY]: ['2000000', '1500000'] },
        sample: largest(bytes),
      })),
    )
    const effect = said('max-message-lower', plan).get('larger-seen')!
    expect(effect).toMatchObject({ figures: { largestBytes: 1_900_000, limitText: '1500000' }, noteUnit: 'bytes' })
    expect(effect.rows.map(({ topic }) => topic)).toEqual(['t1', 't0'])
  })

  it('tells the largest of the batches that fit', () => {
    const plan = guardFacts(
      [900, 300].map((bytes, at) => ({
        topic: `t${at}`,
        changes: { [KEY]: ['2000000', '1500000'] },
        sample: largest(bytes),
      })),
    )
    expect(said('max-message-lower', plan).get('fits')!.figures['largestBytes']).toBe(900)
  })

  it.each<[string | null, string, string[]]>([
    ['1048588', '10485761', ['large warn 1']],
    [null, '20000000', ['large warn 1']],
    ['1048588', '10485760', []],
    ['20000000', '10485761', []],
  ])('up from %s to %s', (before, after, expected) => {
    expect(lines('max-message-raise', facts({ [KEY]: [before, after] }))).toEqual(expected)
  })
})

describe('segments', () => {
  const MIB = 1024 ** 2
  const sizes = known(
    new Map([
      [0, 3000 * MIB],
      [1, 10 * MIB],
    ]),
  )
  const two = { partitions: [{}, {}], sizes }

  it.each<[string, MadeChanges, MadeTopic, Version, string[]]>([
    [
      'so small that the data of now is cut to pieces',
      { 'segment.bytes': ['1073741824', String(2 * MIB)] },
      two,
      [4, 1],
      ['too-many block 1'],
    ],
    [
      'a thousand to a partition',
      { 'segment.bytes': ['1073741824', String(2 * MIB)] },
      { sizes: known(new Map([[0, 2000 * MIB]])) },
      [4, 1],
      [],
    ],
    [
      'one more',
      { 'segment.bytes': ['1073741824', String(2 * MIB)] },
      { sizes: known(new Map([[0, 2000 * MIB + 1]])) },
      [4, 1],
      ['too-many block 1'],
    ],
    ['small enough', { 'segment.bytes': ['1073741824', String(4 * MIB)] }, two, [4, 1], []],
    [
      'below what 4.1 accepts',
      { 'segment.bytes': [null, '1000'] },
      { partitions: [{}] },
      [4, 1],
      ['refused-by-broker block 1'],
    ],
    ['before 4.1 it is accepted', { 'segment.bytes': [null, '1000'] }, { partitions: [{}] }, [4, 0], []],
    [
      'whether it is accepted is not known',
      { 'segment.bytes': [null, '1000'] },
      { partitions: [{}] },
      null,
      ['unknown unknown 1'],
    ],
    [
      'sizes not known',
      { 'segment.bytes': [null, String(MIB)] },
      { sizes: unknown('x') },
      [4, 1],
      ['unknown unknown 1'],
    ],
    ['larger', { 'segment.bytes': [String(MIB), String(2 * MIB)] }, two, [4, 1], []],
    [
      'rolled too often for its retention',
      { 'segment.ms': ['604800000', '600000'] },
      {},
      [4, 1],
      ['too-often block 1'],
    ],
    ['rolled a thousand times within its retention', { 'segment.ms': ['604800000', '604800'] }, {}, [4, 1], []],
    ['rolled once more', { 'segment.ms': ['604800000', '604799'] }, {}, [4, 1], ['too-often block 1']],
    ['rolled often enough', { 'segment.ms': ['604800000', '605000'] }, {}, [4, 1], []],
    [
      'rolled often, never deleted',
      { 'segment.ms': ['604800000', '599999'] },
      { config: { 'retention.ms': '-1' } },
      [4, 1],
      ['for-ever block 1'],
    ],
    [
      'rolled seldom, never deleted',
      { 'segment.ms': ['604800000', '600000'] },
      { config: { 'retention.ms': '-1' } },
      [4, 1],
      [],
    ],
    [
      'retention not told',
      { 'segment.ms': ['604800000', '600000'] },
      { config: { 'retention.ms': '' } },
      [4, 1],
      ['unknown unknown 1'],
    ],
    ['rolled less often', { 'segment.ms': ['1000', '2000'] }, {}, [4, 1], []],
  ])('%s', (_, changes, rest, version, expected) => {
    expect(lines('segment-small', facts(changes, rest, version))).toEqual(expected)
  })

  it('reckons with the retention of the same plan', () => {
    const plan = facts({ 'segment.ms': ['604800000', '600000'], 'retention.ms': ['604800000', '60000'] })
    expect(lines('segment-small', plan)).toEqual([])
  })

  it('counts the segments of the worst partition', () => {
    const effect = said('segment-small', facts({ 'segment.bytes': [null, String(2 * MIB)] }, two)).get('too-many')!
    expect([effect.figures['mostCount'], effect.rows.map(({ partition, note }) => [partition, note])]).toEqual([
      1500,
      [[0, 1500]],
    ])
  })
})

describe('settings that cost', () => {
  it.each<[string, string, string | null, string, string[]]>([
    ['compression', 'compression.type', 'producer', 'lz4', ['recompress warn 1']],
    ['compression', 'compression.type', 'producer', 'zstd', ['recompress warn 1', 'zstd warn 1']],
    ['compression', 'compression.type', 'zstd', 'producer', []],
    ['compression', 'compression.type', 'zstd', 'uncompressed', ['grows warn 1', 'recompress warn 1']],
    ['timestamp-type', 'message.timestamp.type', 'CreateTime', 'LogAppendTime', ['log-append warn 1']],
    ['timestamp-type', 'message.timestamp.type', 'LogAppendTime', 'CreateTime', ['create warn 1']],
    ['flush', 'flush.messages', '9223372036854775807', '999', ['messages warn 1']],
    ['flush', 'flush.messages', '9223372036854775807', '1000', []],
    ['flush', 'flush.ms', null, '10', ['ms warn 1']],
    ['flush', 'flush.ms', '10', '5000', []],
  ])('%s: %s from %s to %s', (rule, key, before, after, expected) => {
    expect(lines(rule, facts({ [key]: [before, after] }))).toEqual(expected)
  })

  it('names the lowest value and the type', () => {
    expect(said('flush', facts({ 'flush.ms': [null, '10'] })).get('ms')!.figures).toMatchObject({ lowestMs: 10 })
    expect(said('flush', facts({ 'flush.messages': [null, '7'] })).get('messages')!.figures).toMatchObject({
      lowestCount: 7,
    })
    expect(
      said('compression', facts({ 'compression.type': ['producer', 'lz4'] })).get('recompress')!.figures,
    ).toMatchObject({ typeText: 'lz4' })
  })
})

describe('preallocate', () => {
  const GIB = 1024 ** 3
  const disk = (broker: number, freeGib: number, replicas: number, folder = '/a') => ({
    broker,
    folder,
    freeBytes: freeGib * GIB,
    replicas,
  })
  const on = (...disks: ReturnType<typeof disk>[]): MadeTopic => ({
    changes: { preallocate: ['false', 'true'] },
    partitions: [{}, {}],
    disks: known(disks),
  })

  it.each<[string, MadeTopic, string[]]>([
    ['there is room for a segment of each replica', on(disk(1, 2, 2), disk(2, 2, 2)), ['at-once warn 2']],
    ['one disk lacks it', on(disk(1, 2, 2), disk(2, 1.9, 2)), ['at-once warn 2', 'no-room block 2']],
    ['two directories are two disks', on(disk(1, 1, 1), disk(1, 1, 1, '/b')), ['at-once warn 2']],
    ['segments are small', { ...on(disk(1, 1, 2)), config: { 'segment.bytes': '1048576' } }, ['at-once warn 2']],
    [
      'how large they are is not told',
      { ...on(disk(1, 1, 2)), config: { 'segment.bytes': '' } },
      ['at-once warn 2', 'unknown unknown 2'],
    ],
    ['what is free is not known', { ...on(), disks: unknown('x') }, ['at-once warn 2', 'unknown unknown 2']],
  ])('%s', (_, topic, expected) => {
    expect(lines('preallocate', guardFacts([topic]))).toEqual(expected)
  })

  it('adds up what the topics of a plan take of one disk, and tells the worst', () => {
    const plan = guardFacts([
      { topic: 'a', ...on(disk(1, 3, 2), disk(2, 3, 2)) },
      { topic: 'b', ...on(disk(1, 3, 2)) },
      { topic: 'c', ...on(disk(3, 0, 1)) },
    ])
    const effect = said('preallocate', plan).get('no-room')!
    expect(effect.figures).toMatchObject({ neededBytes: 4 * GIB, freeBytes: 3 * GIB, brokersText: '1, 3' })
    expect(effect.rows.map(({ topic }) => topic).sort()).toEqual(['a', 'b', 'c'])
  })
})
