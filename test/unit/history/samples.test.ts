import { describe, expect, it } from 'vitest'
import type { Watch } from '../../../src-main/contract/ipc'
import { createSampleStore } from '../../../src-main/history/samples'

const partition = (number: number): Watch => ({ kind: 'partition', topic: 't', partition: number })
const CLUSTER: Watch = { kind: 'cluster' }
const options = { capacityMs: 60_000, stepMs: 2000 }

describe('samples of a subject', () => {
  it('come back row by row, newest last, with the window of now', () => {
    const store = createSampleStore(options)
    store.append(partition(1), 1000, [2, 3], [5, 7], [100, 0])
    store.append(partition(1), 3000, [2, 3], [6, 8], [200, 0])
    expect(store.read(partition(1), 30_000, 3000)).toEqual({
      subject: 'partition:t/1',
      at: Float64Array.of(1000, 3000),
      lines: Int32Array.of(2, 3),
      lagRecords: Float64Array.of(5, 7, 6, 8),
      lateMs: Float64Array.of(100, 0, 200, 0),
      evictionWindowMs: 30_000,
      events: [],
    })
  })

  it('keep the worst of a step and the time of its newest sample; unknown gives way', () => {
    const store = createSampleStore(options)
    store.append(CLUSTER, 2000, [-1], [NaN], [50])
    store.append(CLUSTER, 2500, [-1], [9], [400])
    store.append(CLUSTER, 3900, [-1], [4], [NaN])
    const { at, lagRecords, lateMs } = store.read(CLUSTER, NaN, 4000)
    expect([[...at], [...lagRecords], [...lateMs]]).toEqual([[3900], [9], [400]])
  })

  it('a line that comes later or pauses is unknown where it was not sampled', () => {
    const store = createSampleStore(options)
    store.append(partition(0), 0, [1], [1], [1])
    store.append(partition(0), 2000, [1, 2], [2, 20], [2, 20])
    store.append(partition(0), 4000, [2], [30], [30])
    expect([...store.read(partition(0), 1, 4000).lagRecords]).toEqual([1, NaN, 2, 20, NaN, 30])
  })

  it('end after the capacity, in the ring and by the clock', () => {
    const store = createSampleStore(options)
    for (let at = 0; at < 200_000; at += 2000) store.append(CLUSTER, at, [-1], [at], [0])
    const whole = store.read(CLUSTER, 1, 199_000)
    expect([whole.at.length, whole.at[0], whole.lagRecords[29]]).toEqual([30, 140_000, 198_000])
    expect(store.read(CLUSTER, 1, 240_000).at.length).toBe(10)
    expect([...store.read(CLUSTER, 1, 240_000).at]).toEqual([...whole.at.slice(20)])
  })

  it('never go back in time', () => {
    const store = createSampleStore(options)
    store.append(CLUSTER, 9000, [-1], [1], [1])
    store.append(CLUSTER, 5000, [-1], [2], [2])
    expect([...store.read(CLUSTER, 1, 9000).at]).toEqual([9000])
  })

  it('start anew when the clock has been set back', () => {
    const store = createSampleStore(options)
    store.append(CLUSTER, 3_600_000, [-1], [1], [1])
    store.append(CLUSTER, 2000, [-1], [2], [2])
    expect([...store.read(CLUSTER, 1, 2000).at]).toEqual([2000])
  })

  it('of nothing, or of a subject never sampled, are empty', () => {
    const store = createSampleStore(options)
    store.append({ kind: 'none' }, 0, [1], [1], [1])
    expect(store.read({ kind: 'none' }, 1, 0)).toMatchObject({
      subject: '',
      at: new Float64Array(0),
      lines: new Int32Array(0),
    })
    expect(store.read({ kind: 'broker', broker: 3 }, 1, 0).at.length).toBe(0)
  })
})

describe('events', () => {
  it('are kept with a chart, as long as its samples', () => {
    const store = createSampleStore(options)
    store.append(partition(0), 1000, [2], [1], [1])
    store.event(partition(0), { at: 1500, line: 2, kind: 'left-isr' })
    store.event(partition(0), { at: 50_000, line: 2, kind: 'joined-isr' })
    expect(store.read(partition(0), 1, 60_000).events.map((event) => event.kind)).toEqual(['left-isr', 'joined-isr'])
    expect(store.read(partition(0), 1, 70_000).events.map((event) => event.kind)).toEqual(['joined-isr'])
  })

  it('make no chart of their own', () => {
    const store = createSampleStore(options)
    store.event(partition(0), { at: 1500, line: 2, kind: 'leader' })
    expect(store.read(partition(0), 1, 2000).events).toEqual([])
  })
})

describe('room', () => {
  const sampled = (store: ReturnType<typeof createSampleStore>, number: number): boolean =>
    store.read(partition(number), 1, 1000).at.length > 0

  it('is made by forgetting the partition not sampled for longest; aggregates stay', () => {
    const store = createSampleStore({ ...options, partitionLines: 6 })
    store.append(CLUSTER, 0, [-1], [0], [0])
    for (const number of [0, 1, 2]) store.append(partition(number), 0, [1, 2], [0, 0], [0, 0])
    store.append(partition(0), 500, [1, 2], [0, 0], [0, 0])
    store.append(partition(3), 500, [1, 2], [0, 0], [0, 0])
    expect([0, 1, 2, 3].map((number) => sampled(store, number))).toEqual([true, false, true, true])
    expect(store.partitionLines).toBe(6)
    expect(store.read(CLUSTER, 1, 1000).at.length).toBe(1)
  })

  it('is not made from the troubled and the watched', () => {
    const store = createSampleStore({ ...options, partitionLines: 2 })
    store.keep([partition(0)])
    for (const number of [0, 1, 2]) store.append(partition(number), 0, [1], [0], [0])
    expect([0, 1, 2].map((number) => sampled(store, number))).toEqual([true, false, true])
  })
})
