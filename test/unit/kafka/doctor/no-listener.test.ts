/** Brokers without the listener by which we came in: Metadata lists none of them, and they go on leading (K5.4). */
import { afterEach, expect, it } from 'vitest'
import type { DoctorStep } from '../../../../src-main/contract/profiles'
import { diagnose } from '../../../../src-main/kafka/doctor/diagnose'
import { metadataBytes } from '../../../support/metadata-bytes'
import type { MadePartition } from '../../../support/metadata-bytes'
import { startWireBroker } from '../../../support/wire-broker'
import type { WireBroker } from '../../../support/wire-broker'

const METADATA = 3
const LISTENER_NOT_FOUND = 72
const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

const row = (index: number, change: Partial<MadePartition> = {}): MadePartition => ({
  error: 0,
  index,
  leader: 1,
  epoch: 4,
  replicas: [1, 2],
  isr: [1, 2],
  offline: [],
  ...change,
})
/** As brokers tell of a partition whose leader has not the listener. */
const lacking = (index: number, isr: readonly number[]): MadePartition =>
  row(index, { error: LISTENER_NOT_FOUND, leader: -1, replicas: isr, isr, offline: isr.filter((id) => id > 1) })

/** Broker 1 answers and is the only one listed, but for `away`, at whose port nothing listens. */
async function brokersStep(partitions: readonly MadePartition[], away: readonly number[] = []): Promise<DoctorStep> {
  const broker: WireBroker = await startWireBroker((question) => {
    if (question.apiKey !== METADATA) return false
    const brokers = [1, ...away].map((id) => ({ id, host: '127.0.0.1', port: id === 1 ? broker.port : 1, rack: null }))
    const topics = [{ error: 0, name: 'orders', internal: false, partitions, operations: -2147483648 }]
    question.answer(metadataBytes(12, { brokers, clusterId: 'A', controllerId: 1, topics }))
    return true
  })
  ends.push(() => broker.close())
  const { steps } = await diagnose({ bootstrap: [`127.0.0.1:${broker.port}`], tls: null, sasl: null })
  return steps.find(({ step }) => step === 'brokers')!
}

it('are warned of, with what they lead', async () => {
  const one = await brokersStep([row(0), lacking(1, [2, 1]), lacking(2, [2])])
  expect(one).toMatchObject({ outcome: 'warning', advice: 'no-listener' })
  expect(one.evidence).toMatch(
    /^1 broker answering: 1 at 127\.0\.0\.1:\d+\. Without the listener by which we came in: broker 2; 2 partitions led there cannot be reached from here$/,
  )
  const two = await brokersStep([row(0), lacking(1, [11, 2])])
  expect(two.evidence).toContain('brokers 2, 11; 1 partition led there')
})

it('are said beside those that do not answer', async () => {
  const step = await brokersStep([lacking(0, [2, 1])], [3])
  expect(step).toMatchObject({ outcome: 'warning', advice: 'some-brokers-unreachable' })
  expect(step.evidence).toMatch(
    /^1 of 2 advertised addresses cannot be used: .*Without the listener .*: broker 2; 1 partition led/,
  )
})

it('are no matter where every leader is listed, whatever else a partition lacks', async () => {
  const offline = row(1, { error: 5, leader: -1, isr: [2], offline: [2] })
  expect(await brokersStep([row(0), offline])).toMatchObject({ outcome: 'ok', advice: '' })
})
