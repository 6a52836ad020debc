import { describe, expect, it } from 'vitest'
import { KafkaError } from '../../../../src-main/shared/kafka-codes'
import { AT_MIN_ISR, UNDER_MIN_ISR } from '../../../../src-main/shared/states'
import { OVER_AFTER_MS, UNSEEN_AFTER_MS } from '../../../../src-main/domain/incident/incident-tracker'
import { START, THREE_BROKERS, factsOf, type PartitionRow, type TopicRow } from '../../../support/columns'
import { Looks, type LookAt } from '../../../support/incident-looks'

const RF3 = [1, 2, 3]
const whole: PartitionRow = { replicas: RF3 }
const short: PartitionRow = { replicas: RF3, isr: [1, 3] }
const topic = (name: string, partitions: readonly PartitionRow[], more: Partial<TopicRow> = {}): TopicRow => ({
  name,
  partitions,
  ...more,
})
const OTHER = topic('other', [whole])
const WELL: readonly TopicRow[] = [OTHER, topic('t', [whole, whole])]
const TROUBLE: readonly TopicRow[] = [OTHER, topic('t', [short, whole])]
const SECOND = 1_000
const after = (seconds: number): number => START + seconds * SECOND
/** Whole for long enough. */
const LONG = OVER_AFTER_MS / SECOND + 10

const inTrouble = (): Looks => new Looks().at({ at: START, topics: WELL }).at({ at: after(1), topics: TROUBLE })
const then = (look: Omit<LookAt, 'at'>, run = inTrouble()): Looks => run.until(after(LONG), look, after(2))

it('has a figure for every state, also for those that nothing was in', () => {
  const { most } = inTrouble().newest
  expect(most.length).toBeGreaterThan(2)
  expect(Array.from(most, (count) => typeof count)).toEqual(Array.from(most, () => 'number'))
})

it('is over when every replica is back', () => {
  const { newest, isOpen } = then({ topics: WELL })
  expect(isOpen).toBe(false)
  expect(newest).toMatchObject({ unread: 0 })
  expect(newest.phases.at(-1)).toMatchObject({ kind: 'over' })
})

it.each<[string, Omit<LookAt, 'at'>, number]>([
  ['its topic is hidden from the login, or gone', { topics: [OTHER] }, 1],
  ['no topic at all is in view', { topics: [] }, 1],
  [
    'Metadata refuses its topic',
    { topics: [OTHER, topic('t', [short, whole], { error: KafkaError.TOPIC_AUTHORIZATION_FAILED })] },
    1,
  ],
  [
    'Metadata tells nothing of the row',
    { topics: [OTHER, topic('t', [{ replicas: RF3, error: KafkaError.UNKNOWN_TOPIC_OR_PARTITION }, whole])] },
    1,
  ],
])('is not over when %s', (_, look, unread) => {
  const run = then(look)
  expect(run.isOpen).toBe(true)
  expect(run.newest).toMatchObject({ unread })
  expect(run.newest.phases.map(({ kind }) => kind)).toEqual(['unread'])
  expect(run.newest.phases[0]).toMatchObject({ amount: unread })
})

it('is over when it is read whole again, at a time between trouble seen and whole seen', () => {
  const run = then({ topics: [OTHER] }).until(after(LONG * 2), { topics: WELL }, after(LONG + 1))
  expect(run.isOpen).toBe(false)
  expect(run.newest).toMatchObject({ unread: 0 })
  expect(run.newest.ended.from).toBeLessThanOrEqual(after(1))
  expect(run.newest.ended.to).toBe(after(LONG + 1))
})

it('goes on when it is read again and still in trouble', () => {
  const run = then({ topics: [OTHER] }).until(after(LONG * 2), { topics: TROUBLE }, after(LONG + 1))
  expect(run.isOpen).toBe(true)
  expect(run.newest).toMatchObject({ unread: 0 })
})

it('is over when its topic is known to be deleted', () => {
  expect(then({ topics: [OTHER], reach: 'all' }).isOpen).toBe(false)
})

it('is over when its topic was made anew, and is whole', () => {
  const run = new Looks()
    .at({ at: START, topics: [topic('t', [whole], { id: 7 })] })
    .at({ at: after(1), topics: [topic('t', [short], { id: 7 })] })
  expect(then({ topics: [topic('t', [whole], { id: 8 })] }, run).isOpen).toBe(false)
})

it('ends unseen, and not as over, after an hour in which all else is whole', () => {
  const look = { topics: [OTHER] }
  const run = inTrouble().at({ at: after(2), ...look })
  run.at({ at: after(2) + UNSEEN_AFTER_MS - 1, ...look })
  expect(run.isOpen).toBe(true)
  run.at({ at: after(2) + UNSEEN_AFTER_MS, ...look })
  expect(run.isOpen).toBe(false)
  expect(run.newest).toMatchObject({ unread: 1 })
  expect(run.newest.phases.map(({ kind }) => kind)).toEqual(['unread'])
})

it('a broker that was silent is not well because no topic is in view', () => {
  const facts = factsOf(RF3, { 2: START + 500 })
  const run = new Looks().at({ at: START, topics: WELL }).at({ at: after(1), topics: WELL, facts })
  expect(run.isOpen).toBe(true)
  expect(then({ topics: [] }, run).isOpen).toBe(true)
})

describe('after a restart of the app', () => {
  const past = { ...inTrouble().newest, ended: { from: Number.NaN, to: Number.NaN } }
  const restarted = (look: Omit<LookAt, 'at'>): Looks =>
    new Looks({ last: past, watchedTo: after(1) }).at({ at: after(60), ...look })

  it('is over in the time nobody looked, when all of its topics stay whole for half a minute of looking', () => {
    const run = restarted({ topics: WELL })
    // A broker that has just stopped answering is still in every ISR.
    expect(run.isOpen).toBe(true)
    run.until(after(60 + LONG), { topics: WELL }, after(61))
    expect(run.isOpen).toBe(false)
    expect(run.newest.ended.from).toBeLessThanOrEqual(after(1))
    expect(run.newest.ended.to).toBe(after(60))
  })

  it('goes on when the first look was whole and the next is not', () => {
    const run = restarted({ topics: WELL }).until(after(100), { topics: TROUBLE }, after(61))
    expect(run.isOpen).toBe(true)
    expect(run.newest).toMatchObject({ id: past.id, reopened: 0 })
  })

  it.each<[string, Omit<LookAt, 'at'>]>([
    ['its topic is not in view', { topics: [OTHER] }],
    ['no topic is', { topics: [] }],
    [
      'its rows were never read',
      { topics: [OTHER, topic('t', [whole], { error: KafkaError.TOPIC_AUTHORIZATION_FAILED })] },
    ],
  ])('is not over when %s', (_, look) => {
    const run = restarted(look)
    expect(run.isOpen).toBe(true)
    expect(run.newest.unread).toBeGreaterThan(0)
  })

  it('topics beyond those that are kept by name are whole when every partition is', () => {
    const many = { ...past, topicCount: past.topicCount + 3 }
    const run = new Looks({ last: many, watchedTo: after(1) })
    expect(run.until(after(60 + LONG), { topics: WELL }, after(60)).isOpen).toBe(false)
    const unread = {
      at: after(60),
      topics: [...WELL, topic('u', [whole], { error: KafkaError.TOPIC_AUTHORIZATION_FAILED })],
    }
    expect(new Looks({ last: many, watchedTo: after(1) }).at(unread).newest).toMatchObject({ unread: 3 })
  })
})

describe('opened a few minutes after the last one ended', () => {
  const ended = { from: START - 61_000, to: START - 60_000 }
  const past = { ...then({ topics: WELL }).newest, brokers: [2], ended }
  const opened = (look: Omit<LookAt, 'at'>, last = past): Looks =>
    new Looks({ last, watchedTo: START - 1_000, nextId: () => 2 }).at({ at: START, ...look })
  const without = (id: number): Omit<LookAt, 'at'> => ({
    topics: [topic('t', [{ replicas: RF3, isr: RF3.filter((one) => one !== id), leader: id === 1 ? 2 : 1 }, whole])],
    brokers: THREE_BROKERS.filter((one) => one.id !== id),
    facts: factsOf(RF3.filter((one) => one !== id)),
  })

  it.each<[string, Omit<LookAt, 'at'>, number]>([
    ['the same broker gone is the same', without(2), 1],
    ['another broker gone is another', without(3), 2],
    ['another broker silent is another', { topics: WELL, facts: factsOf(RF3, { 1: START - 500 }) }, 2],
    ['the same topics, where no broker is away, are the same', { topics: TROUBLE }, 1],
    ['other topics, where no broker is away, are another', { topics: [topic('v', [short])] }, 2],
  ])('%s', (_, look, id) => {
    expect(opened(look).newest).toMatchObject({ id, reopened: id === 1 ? 1 : 0 })
  })

  it('longer after it, it is another', () => {
    expect(opened(without(2), { ...past, ended: { from: START - 700_000, to: START - 699_000 } }).newest.id).toBe(2)
  })

  it('after a clock that was set back by hours it is another', () => {
    expect(opened(without(2), { ...past, ended: { from: START + 7_200_000, to: START + 7_200_000 } }).newest.id).toBe(2)
  })
})

describe('at min ISR by design', () => {
  const RF2 = topic('tight', [{ replicas: [1, 3] }, { replicas: [3, 1] }])
  const scene = (tight: TopicRow): Looks =>
    new Looks().at({ at: START, topics: [...WELL, RF2] }).at({ at: after(1), topics: [...TROUBLE, tight] })

  it('is no part of an incident while it is whole', () => {
    const { newest } = scene(RF2)
    expect(newest.topics).toEqual([{ topic: 't', worst: AT_MIN_ISR, partitions: 1 }])
    expect(newest).toMatchObject({ topicCount: 1, worst: AT_MIN_ISR })
    expect(newest.most[AT_MIN_ISR]).toBe(1)
  })

  it('is one with a replica missing', () => {
    const { newest } = scene(topic('tight', [{ replicas: [1, 3], isr: [1] }, { replicas: [3, 1] }]))
    expect(newest.topics[0]).toEqual({ topic: 'tight', worst: UNDER_MIN_ISR, partitions: 1 })
    expect(newest.worst).toBe(UNDER_MIN_ISR)
  })

  it('a single replica is no part of it either', () => {
    const RF1 = topic('alone', [{ replicas: [1] }])
    const run = new Looks().at({ at: START, topics: [...WELL, RF1], minIsr: 1 })
    run.at({ at: after(1), topics: [...TROUBLE, RF1], minIsr: 1 })
    expect(run.newest.topics.map((one) => one.topic)).toEqual(['t'])
  })
})

it('is not over while writes are refused, with every replica in', () => {
  const look = { topics: [topic('t', [{ replicas: [1, 2] }])], minIsr: 3, version: [3, 6] as const }
  const run = new Looks().at({ ...look, at: START, minIsr: 2 }).at({ ...look, at: after(1) })
  expect(run.isOpen).toBe(true)
  expect(then(look, run).isOpen).toBe(true)
  expect(then({ ...look, minIsr: 2 }, run).at({ ...look, minIsr: 2, at: after(200) }).isOpen).toBe(false)
})

it('20,000 partitions that go out of view at once are counted', () => {
  const topics = Array.from({ length: 200 }, (_, at) =>
    topic(
      `t${String(at).padStart(5, '0')}`,
      Array.from({ length: 100 }, () => short),
    ),
  )
  const run = new Looks().at({ at: START, topics })
  expect(run.newest.topicCount).toBe(200)
  run.at({ at: after(1), topics: [] })
  expect(run.newest.unread).toBe(20_000)
})
