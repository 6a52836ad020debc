/** Names that brokers advertise and this machine does not know: what to write into its hosts file. */
import { afterEach, expect, it } from 'vitest'
import type { DoctorStep } from '../../../../src-main/contract/profiles'
import { diagnose } from '../../../../src-main/kafka/doctor/diagnose'
import { metadataBytes } from '../../../support/metadata-bytes'
import { startWireBroker } from '../../../support/wire-broker'
import type { WireBroker } from '../../../support/wire-broker'

const METADATA = 3
const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A cluster whose brokers 1, 2 … advertise these hosts, all with the port of the one that is asked, as behind a port-forward. */
async function brokersStep(hosts: readonly string[], port?: number): Promise<DoctorStep> {
  const broker: WireBroker = await startWireBroker((question) => {
    if (question.apiKey !== METADATA) return false
    const brokers = hosts.map((host, at) => ({ id: at + 1, host, port: port ?? broker.port, rack: null }))
    question.answer(metadataBytes(12, { brokers, clusterId: 'A', controllerId: 1, topics: [] }))
    return true
  })
  ends.push(() => broker.close())
  const { steps } = await diagnose({ bootstrap: [`127.0.0.1:${broker.port}`], tls: null, sasl: null })
  return steps.find(({ step }) => step === 'brokers')!
}

it('has the address where there is one broker, which is the one we came in by', async () => {
  const step = await brokersStep(['kafka-1.invalid'])
  expect(step).toMatchObject({ outcome: 'failed', advice: 'advertised-unknown-names' })
  expect(step.evidence).toMatch(/For the hosts file: 127\.0\.0\.1 kafka-1\.invalid$/)
  expect((await brokersStep(['kafka-1.invalid'], 9099)).evidence).toMatch(/ \(and let port 9099 lead there\)$/)
})

it('guesses no address of several brokers', async () => {
  const step = await brokersStep(['kafka-1.invalid', '127.0.0.1', 'kafka-3.invalid'])
  expect(step).toMatchObject({ outcome: 'warning', advice: 'advertised-unknown-names' })
  expect(step.evidence).toMatch(
    /For the hosts file: <address of broker 1> kafka-1\.invalid; <address of broker 3> kafka-3\.invalid$/,
  )
})

it('is not all there is to do where another address fails in another way', async () => {
  const step = await brokersStep(['kafka-1.invalid', '127.0.0.1'], 1)
  expect(step).toMatchObject({ outcome: 'failed', advice: 'advertised-unreachable' })
  expect(step.evidence).toMatch(
    /broker 2: 127\.0\.0\.1:1 refused .*For the hosts file: <address of broker 1> kafka-1\.invalid$/,
  )
})
