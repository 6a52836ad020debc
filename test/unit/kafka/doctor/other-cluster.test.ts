import { afterEach, expect, it } from 'vitest'
import { diagnose } from '../../../../src-main/kafka/doctor/diagnose'
import { metadataBytes } from '../../../support/metadata-bytes'
import { startWireBroker } from '../../../support/wire-broker'
import type { WireBroker } from '../../../support/wire-broker'

const METADATA = 3

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A broker of the cluster `clusterId`, which lists these as its brokers 1, 2 … */
async function brokerOf(clusterId: string, ports: () => readonly number[]): Promise<WireBroker> {
  const broker = await startWireBroker((question) => {
    if (question.apiKey !== METADATA) return false
    const brokers = ports().map((port, at) => ({ id: at + 1, host: '127.0.0.1', port, rack: null }))
    question.answer(metadataBytes(12, { brokers, clusterId, controllerId: 1, topics: [] }))
    return true
  })
  ends.push(() => broker.close())
  return broker
}

const examined = async (at: WireBroker, clusterId: string) => {
  const { steps, reachable } = await diagnose({
    bootstrap: [`127.0.0.1:${at.port}`],
    tls: null,
    sasl: null,
    clusterId,
  })
  return { reachable, of: (name: string) => steps.find(({ step }) => step === name) }
}

it('names an address that leads to another cluster than is remembered, with both ids', async () => {
  const broker: WireBroker = await brokerOf('B', () => [broker.port])
  const { reachable, of } = await examined(broker, 'A')
  expect(of('metadata')).toMatchObject({
    outcome: 'warning',
    evidence: 'Cluster B, where A was before: 1 broker; visible: 0 topics, 0 partitions',
    advice: 'other-cluster',
  })
  expect(reachable).toBe(true)
  for (const remembered of ['B', ''])
    expect((await examined(broker, remembered)).of('metadata')).toMatchObject({ outcome: 'ok', advice: '' })
})

it('names a broker whose advertised address leads to another cluster', async () => {
  const other: WireBroker = await brokerOf('B', () => [other.port])
  const broker: WireBroker = await brokerOf('A', () => [broker.port, other.port])
  expect((await examined(broker, 'A')).of('brokers')).toMatchObject({
    outcome: 'warning',
    evidence: `1 of 2 advertised addresses cannot be used: broker 2: 127.0.0.1:${other.port} leads to another Kafka cluster (B); A is meant`,
    advice: 'some-brokers-unreachable',
  })
})
