import { expect, it } from 'vitest'
import { worstLags } from '../../../../src-main/monitor/observe/live-view'
import { factsOf, readingOfPartitions, START } from '../../../support/columns'

it('tells the worst lag of a row in view, unknown as soon as one that counts is (K5.1)', () => {
  const whole = { replicas: [1, 2, 3], leader: 1, isr: [1, 2, 3] }
  const reading = readingOfPartitions([whole, whole, whole, { replicas: [1, 2, 3], leader: 1, isr: [1, 2] }])
  const { NaN: unknown } = Number
  reading.lagRecords.set([0, 5, unknown, 0, 7, 2, 0, unknown, unknown, 0, 4, unknown])
  const lags = (): number[] => [...worstLags({ reading, facts: factsOf([1, 2, 3]) }, Uint32Array.of(0, 1, 2, 3))]
  expect(lags()).toEqual([unknown, 7, unknown, unknown])
  reading.replicaAdding[11] = 1
  expect(lags().at(-1)).toBe(4)
})

it('tells it as unknown where only we do not see a broker (K8.7)', () => {
  const reading = readingOfPartitions([{ replicas: [1, 2] }, { replicas: [1, 3] }])
  reading.lagRecords.set([0, 5, 0, 7])
  const facts = factsOf([1, 2, 3], { 2: START })
  facts.set(2, { ...facts.get(2)!, silence: 'tls' })
  expect([...worstLags({ reading, facts }, Uint32Array.of(0, 1))]).toEqual([Number.NaN, 7])
})

it.each([0, -50])(
  'tells by how much a replica has more than its leader, read as %i, whatever else is not known',
  (lag) => {
    const reading = readingOfPartitions([{ replicas: [1, 2, 3], isr: [1] }])
    reading.lagRecords.set([0, lag, Number.NaN])
    reading.logEndOffset.set([1000, 1050, Number.NaN])
    reading.readAt.set([START, START - 5, Number.NaN])
    reading.sentAt.set([START - 2, START - 7, Number.NaN])
    const lags = (): number[] => [...worstLags({ reading, facts: factsOf([1, 2, 3]) }, Uint32Array.of(0))]
    expect(lags()).toEqual([-50])
    // Read after the leader it proves nothing.
    reading.readAt[1] = START
    expect(lags()).toEqual([Number.NaN])
  },
)
