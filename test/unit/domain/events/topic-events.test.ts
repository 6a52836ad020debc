import { describe, expect, it } from 'vitest'
import { shortList } from '../../../../src-main/domain/events/short-list'
import { TopicEvents } from '../../../../src-main/domain/events/topic-events'
import { NONE_THROTTLED, UNCLEAN_OFF, UNCLEAN_ON, UNCLEAN_UNTOLD } from '../../../../src-main/domain/topology/reading'
import type { ThrottledReplicas, TopicRetention } from '../../../../src-main/domain/topology/reading'
import { runWhole } from '../../../../src-main/domain/slices'
import { mapRows } from '../../../../src-main/domain/topology/row-runs'
import { START, readingOf, readingOfPartitions } from '../../../support/columns'
import { summaryOf } from '../../../support/summary-of'

interface Told {
  readonly minIsr: number
  readonly unclean: number
  readonly throttles: ThrottledReplicas | null
  readonly retention: TopicRetention | null
}
const WEEK: TopicRetention = { 'cleanup.policy': 'delete', 'retention.ms': '604800000', 'retention.bytes': '-1' }
const TOLD: Told = { minIsr: 2, unclean: UNCLEAN_OFF, throttles: NONE_THROTTLED, retention: WEEK }
const DENIED: Told = { minIsr: -1, unclean: UNCLEAN_UNTOLD, throttles: null, retention: null }
const LISTED = { leaders: '0:1', followers: '0:2,0:3' }
const EACH_MS = 5_000

const MIN_ISR = 'min.insync.replicas'
const UNCLEAN = 'unclean.leader.election.enable'
const LEADERS = 'leader.replication.throttled.replicas'
const FOLLOWERS = 'follower.replication.throttled.replicas'

/** What is told of the settings of one topic, look by look: every EACH_MS anew. */
function eventsOf(looks: readonly Told[]) {
  const reading = readingOfPartitions([{ replicas: [1, 2, 3], isr: [1, 2, 3] }])
  const watch = new TopicEvents()
  const look = { topology: reading.topology, summary: summaryOf(reading) }
  watch.moveTo(null, look, null, { from: Number.NaN, to: START })
  return looks.flatMap(({ minIsr, unclean, throttles, retention }, look) => {
    reading.minInSyncReplicas[0] = minIsr
    reading.uncleanElection[0] = unclean
    // What is denied tells nothing, and what was told stays (ClusterReading).
    reading.throttleLists[0] = throttles ?? reading.throttleLists[0] ?? null
    reading.retention[0] = retention ?? reading.retention[0] ?? null
    reading.settingsSentAt[0] = START + look * EACH_MS
    return watch.observe({ topology: reading.topology, reading }, () => undefined)
  })
}

describe('changes of settings that somebody made', () => {
  it.each<[string, readonly Told[], readonly (readonly [key: string, before: string, after: string])[]]>([
    ['told for the first time', [{ ...TOLD, throttles: LISTED }], []],
    ['told the same again', [TOLD, TOLD, TOLD], []],
    ['min ISR', [TOLD, { ...TOLD, minIsr: 1 }], [[MIN_ISR, '2', '1']]],
    ['unclean election', [TOLD, { ...TOLD, unclean: UNCLEAN_ON }], [[UNCLEAN, 'false', 'true']]],
    [
      'a throttle that is set',
      [TOLD, { ...TOLD, throttles: LISTED }],
      [
        [LEADERS, '', '0:1'],
        [FOLLOWERS, '', '0:2,0:3'],
      ],
    ],
    [
      'a throttle of one side that is taken away',
      [
        { ...TOLD, throttles: LISTED },
        { ...TOLD, throttles: { ...LISTED, leaders: '' } },
      ],
      [[LEADERS, '0:1', '']],
    ],
    [
      'the same lists in another object',
      [
        { ...TOLD, throttles: LISTED },
        { ...TOLD, throttles: { ...LISTED } },
      ],
      [],
    ],
    [
      'when its records are deleted',
      [TOLD, { ...TOLD, retention: { ...WEEK, 'retention.ms': '1000', 'cleanup.policy': 'compact,delete' } }],
      [
        ['cleanup.policy', 'delete', 'compact,delete'],
        ['retention.ms', '604800000', '1000'],
      ],
    ],
    [
      'a retention that is told for the first time, beside one that is not told any more',
      [
        { ...TOLD, retention: { ...WEEK, 'retention.bytes': null } },
        { ...TOLD, retention: { ...WEEK, 'retention.ms': null } },
      ],
      [],
    ],
    ['denied, and then told for the first time', [DENIED, { ...TOLD, throttles: LISTED }], []],
    [
      'denied for a while: it changed in that time',
      [TOLD, DENIED, { ...TOLD, minIsr: 1, throttles: { ...NONE_THROTTLED, leaders: '*' } }],
      [
        [MIN_ISR, '2', '1'],
        [LEADERS, '', '*'],
      ],
    ],
  ])('%s', (_, looks, expected) => {
    const events = eventsOf(looks)
    expect(events.map(({ text, before, after }) => [text, before, after])).toEqual(expected)
    for (const { kind, from, to } of events) {
      expect(kind).toBe('setting')
      expect(from).toBeLessThan(to)
    }
  })

  it('happened since the last answer that told it, whatever was refused in between', () => {
    const [event] = eventsOf([TOLD, DENIED, DENIED, { ...TOLD, minIsr: 1 }])
    expect(event?.from).toBeLessThanOrEqual(START)
    expect(event?.to).toBe(START + 3 * EACH_MS)
  })

  it('a topic that was made anew begins without what was told of the one before', () => {
    const made = (id: number) => readingOf([{ name: 't', id, partitions: [{ replicas: [1, 2, 3] }] }])
    const [before, now] = [made(1), made(7)]
    const watch = new TopicEvents()
    const summary = summaryOf(before)
    const look = ({ topology }: typeof before) => ({ topology, summary })
    watch.moveTo(null, look(before), null, { from: Number.NaN, to: START })
    before.throttleLists[0] = LISTED
    before.settingsSentAt[0] = START
    watch.observe({ topology: before.topology, reading: before }, () => undefined)
    const rows = runWhole(mapRows(before.topology, now.topology))
    const span = { from: START, to: START + EACH_MS }
    expect(watch.moveTo(before.topology, look(now), rows, span).map(({ kind }) => kind)).toEqual(['topic-anew'])
    now.throttleLists[0] = NONE_THROTTLED
    now.settingsSentAt[0] = START + EACH_MS
    expect(watch.observe({ topology: now.topology, reading: now }, () => undefined)).toEqual([])
  })
})

describe('a list as it is kept', () => {
  const long = Array.from({ length: 1_000 }, (_, partition) => `${partition}:1`).join()

  it.each([
    ['', ''],
    ['*', '*'],
    ['0:1,1:2', '0:1,1:2'],
  ])('%j whole', (list, expected) => {
    expect(shortList(list)).toBe(expected)
  })

  it('a long one by its first entries and how many there are', () => {
    const short = shortList(long)
    expect(short.length).toBeLessThan(220)
    expect(short).toMatch(/^0:1,1:1,.*\d+:1,… \(1000\)$/)
  })

  it('one entry without end', () => {
    expect(shortList('x'.repeat(1_000))).toBe(`${'x'.repeat(200)}… (1)`)
  })
})
