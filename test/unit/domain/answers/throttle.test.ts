import { describe, expect, it } from 'vitest'
import { MARK_THROTTLED } from '../../../../src-main/shared/states'
import { applyThrottles } from '../../../../src-main/domain/answers/throttle'
import { NONE_THROTTLED } from '../../../../src-main/domain/topology/reading'
import { START, judge, makeLate, readingOfPartitions, replicaIn } from '../../../support/columns'

/** All followers are out of the ISR. */
const PARTITIONS = [
  { replicas: [1, 2, 3], isr: [1] },
  { replicas: [2, 3, 1], isr: [2] },
]
const rates = (followers: number[], leaders: number[] = []) => ({
  followers: new Set(followers),
  leaders: new Set(leaders),
})

/** What the topic lists, brokers with a rate, throttled rows, brokers whose own fetching is limited. */
const CASES: [string, { followers?: string; leaders?: string } | null, ReturnType<typeof rates>, number[], number[]][] =
  [
    ['a listed follower whose broker has a rate', { followers: '0:3' }, rates([3]), [1, 0], [3]],
    ['a list without a rate does nothing', { followers: '0:3,1:3' }, rates([]), [0, 0], []],
    ['a rate without a list does nothing', null, rates([3]), [0, 0], []],
    ['another broker has the rate', { followers: '0:3' }, rates([2]), [0, 0], []],
    ['a star lists every replica', { followers: '*' }, rates([3]), [1, 1], [3]],
    ['the leader itself does not fetch', { followers: '0:1,1:2' }, rates([1, 2]), [0, 0], []],
    ['a listed leader with a rate slows its followers', { leaders: '1:2' }, rates([], [2]), [0, 1], []],
    ['a leader list names the leader of today', { leaders: '1:3' }, rates([], [3]), [0, 0], []],
    ['partition 1 is not partition 11', { followers: '11:3' }, rates([3]), [0, 0], []],
    ['blanks around entries', { followers: '0:2, 1:3' }, rates([2, 3]), [1, 1], [2, 3]],
  ]

describe('replication throttles', () => {
  it.each(CASES)('%s', (_, lists, having, rows, slowed) => {
    const reading = readingOfPartitions(PARTITIONS)
    reading.throttleLists[0] = lists === null ? null : { ...NONE_THROTTLED, ...lists }
    expect([...applyThrottles(reading, having)].sort()).toEqual(slowed)
    expect([...reading.throttled]).toEqual(rows)
    expect([...judge(reading).marks].map((marks) => ((marks & MARK_THROTTLED) !== 0 ? 1 : 0))).toEqual(rows)
  })

  it.each<[string, readonly number[], boolean, readonly number[], readonly number[]]>([
    ['in the ISR and in step: nobody is held back', [1, 2, 3], false, [0, 0], []],
    ['in the ISR and late, as before its first fetch under a new leader: by its own', [1, 2, 3], true, [0, 1], [3]],
    ['out of the ISR: by its leader too', [1, 2], false, [1, 1], [3]],
  ])('a follower %s', (_, isr, late, [byLeader, byOwn], slowed) => {
    const reading = readingOfPartitions([{ replicas: [1, 2, 3], isr }])
    if (late) makeLate(reading, replicaIn(reading, 0, 3), START - 5000, START)
    reading.throttleLists[0] = { followers: '*', leaders: '*' }
    expect([...applyThrottles(reading, rates([], [1]))]).toEqual([])
    expect([...reading.throttled]).toEqual([byLeader])
    expect([...applyThrottles(reading, rates([3]))]).toEqual(slowed)
    expect([...reading.throttled]).toEqual([byOwn])
  })

  it('takes the mark away with the throttle', () => {
    const reading = readingOfPartitions(PARTITIONS)
    reading.throttleLists[0] = { followers: '*', leaders: '' }
    applyThrottles(reading, rates([3]))
    applyThrottles(reading, rates([]))
    expect([...reading.throttled]).toEqual([0, 0])
  })
})
