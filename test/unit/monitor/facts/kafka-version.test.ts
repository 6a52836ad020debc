import { describe, expect, it } from 'vitest'
import {
  guessVersion,
  isZooKeeperMode,
  keepsElr,
  lowestVersion,
} from '../../../../src-main/monitor/facts/kafka-version'

/** Largest version per API key (Fetch, ListOffsets, Metadata, LeaderAndIsr, 18, 35, 45, 60, 75), -1 = not offered; as seen on real brokers. */
const SEEN: readonly (readonly [string, readonly [number, number], readonly number[]])[] = [
  ['2.8.2', [2, 8], [12, 6, 11, 5, 3, 2, 0, 0, -1]],
  ['3.3.2', [3, 1], [13, 7, 12, -1, 3, 4, 0, 0, -1]],
  ['3.6.2', [3, 6], [15, 8, 12, -1, 3, 4, 0, 0, -1]],
  ['3.7.2', [3, 7], [16, 8, 12, -1, 3, 4, 0, 1, -1]],
  ['3.9.1 ZooKeeper', [3, 9], [17, 9, 12, 7, 4, 4, 0, 1, -1]],
  ['3.9.1', [3, 9], [17, 9, 12, -1, 4, 4, 0, 1, 0]],
  ['4.0.0', [4, 0], [17, 10, 13, -1, 4, 4, 0, 2, 0]],
  ['4.1.1', [4, 1], [18, 10, 13, -1, 4, 4, 1, 2, 0]],
  // What a broker forwards is offered in the version of its controller.
  ['4.1.1 behind a controller of 3.9.1', [4, 1], [18, 10, 13, -1, 4, 4, 0, 2, 0]],
  // By its schemas; not asked.
  ['4.3.1', [4, 3], [18, 11, 13, -1, 4, 5, 1, 2, 0]],
  ['4.4.0', [4, 4], [18, 11, 13, -1, 5, 5, 1, 2, 0]],
]
const KEYS = [1, 2, 3, 4, 18, 35, 45, 60, 75]
const rangesOf = (maxima: readonly number[]) =>
  new Map(maxima.flatMap((max, i) => (max < 0 ? [] : [[KEYS[i]!, { min: 0, max }] as const])))

describe('guessVersion', () => {
  it.each(SEEN)('%s', (_, version, maxima) => {
    expect(guessVersion(rangesOf(maxima), new Map())).toEqual(version)
  })

  it('takes the newer of what ranges and metadata.version prove', () => {
    const ranges = rangesOf([13, 7, 12, -1, 3, 4, 0, 0, -1])
    expect(guessVersion(ranges, new Map([['metadata.version', 7]]))).toEqual([3, 3])
    expect(guessVersion(rangesOf(SEEN.at(-1)![2]), new Map([['metadata.version', 7]]))).toEqual([4, 4])
  })

  it.each<[number, [number, number]]>([
    [26, [4, 1]],
    [27, [4, 1]],
    [28, [4, 2]],
    [30, [4, 3]],
    [31, [4, 4]],
  ])('metadata.version %i proves %j', (level, version) => {
    expect(guessVersion(rangesOf([17, 10, 13, -1, 4, 4, 0, 2, 0]), new Map([['metadata.version', level]]))).toEqual(
      version,
    )
  })

  it('knows nothing before it is connected, nor of brokers older than 2.8', () => {
    expect(guessVersion(null, new Map())).toBeNull()
    expect(guessVersion(rangesOf([11, 5, 9, 4, 2, 1, -1, -1, -1]), new Map())).toBeNull()
  })

  it('tells ZooKeeper mode by the request only its controller sends', () => {
    expect(SEEN.filter(([, , maxima]) => isZooKeeperMode(rangesOf(maxima))).map(([name]) => name)).toEqual([
      '2.8.2',
      '3.9.1 ZooKeeper',
    ])
  })
})

describe('keepsElr', () => {
  const offers = new Map([[75, { min: 0, max: 0 }]])
  it.each<[string, Parameters<typeof keepsElr>[0], Parameters<typeof keepsElr>[1], boolean | null]>([
    ['not asked yet', null, null, null],
    ['on', offers, new Map([['eligible.leader.replicas.version', 1]]), true],
    ['turned off', offers, new Map([['eligible.leader.replicas.version', 0]]), false],
    ['never turned on', offers, new Map([['metadata.version', 22]]), false],
    ['a broker that starts', offers, null, null],
    ['older than the feature, or with ZooKeeper', new Map([[3, { min: 0, max: 12 }]]), null, false],
  ])('%s', (_, versions, features, expected) => {
    expect(keepsElr(versions, features)).toBe(expected)
  })
})

describe('lowestVersion', () => {
  it('is the oldest known one', () => {
    expect(lowestVersion([[4, 1], null, [3, 9], [3, 10]])).toEqual([3, 9])
    expect(lowestVersion([null])).toBeNull()
  })
})
