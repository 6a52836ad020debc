import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, Kafka, logLevel, ResourcePatternTypes } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DoctorStep } from '../../src-main/contract/profiles'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import type { BrokerLink, ClusterPort } from '../../src-main/ports/cluster-port'
import { diagnose } from '../../src-main/kafka/doctor/diagnose'
import { createTopics } from '../../tools/sandbox/create-topics'
import { askBroker } from '../../tools/sandbox/raw-client'
import { until } from '../../tools/sandbox/until'
import { startSecuredBroker } from '../support/secured-broker'
import type { SecuredBroker } from '../support/secured-broker'
import { endings } from '../support/endings'

const TOPIC = 'rights.topic'
const opened = endings()
let broker: SecuredBroker
let superUser: ReturnType<Kafka['admin']>

beforeAll(async () => {
  broker = await startSecuredBroker()
  opened.add(() => broker.close())
  const body = createTopics.encode(4, [{ name: TOPIC, assignment: [[1]], configs: {} }])
  const answer = createTopics.decode(4, await askBroker(broker.ports.plaintext, { apiKey: 19, apiVersion: 4, body }))
  expect(answer).toMatchObject([{ name: TOPIC, errorCode: 0 }])
  superUser = new Kafka({ brokers: [`127.0.0.1:${broker.ports.plaintext}`], logLevel: logLevel.NOTHING }).admin()
  opened.add(() => superUser.disconnect())
  await superUser.connect()
})

afterAll(opened.all)

const OPERATIONS = {
  Describe: AclOperationTypes.DESCRIBE,
  DescribeConfigs: AclOperationTypes.DESCRIBE_CONFIGS,
}

async function allow(on: 'topic' | 'cluster', operation: keyof typeof OPERATIONS): Promise<void> {
  await superUser.createAcls({
    acl: [
      {
        resourceType: on === 'topic' ? AclResourceTypes.TOPIC : AclResourceTypes.CLUSTER,
        resourceName: on === 'topic' ? '*' : 'kafka-cluster',
        resourcePatternType: ResourcePatternTypes.LITERAL,
        principal: 'User:limited',
        host: '*',
        operation: OPERATIONS[operation],
        permissionType: AclPermissionTypes.ALLOW,
      },
    ],
  })
}

const rightsOf = async (login: { username: string; password: string }): Promise<DoctorStep | undefined> => {
  const bootstrap = [`127.0.0.1:${broker.ports.sasl_plaintext}`]
  const { steps } = await diagnose({ bootstrap, tls: null, sasl: { ...login, mechanism: 'plain' }, timeoutMs: 20_000 })
  return steps.find(({ step }) => step === 'rights')
}

/** Rules take a moment to reach the broker's authorizer. */
const rightsBecome = (advice: string, evidence: RegExp): Promise<true> =>
  until(`the doctor to say ${advice}`, 90_000, async () => {
    const step = await rightsOf(broker.limited)
    return step?.advice === advice && evidence.test(step.evidence) ? true : null
  })

async function withLink(use: (link: BrokerLink) => Promise<void>): Promise<void> {
  const bootstrap = [{ host: '127.0.0.1', port: broker.ports.sasl_plaintext }]
  const client: ClusterPort = createClusterClient({
    bootstrap,
    tls: null,
    sasl: { ...broker.limited, mechanism: 'scram-sha-512' },
  })
  try {
    const { brokers } = await client.open(20_000)
    const [address] = brokers
    if (address === undefined) throw new Error('no broker')
    const link = client.link(address)
    await link.connect(20_000)
    await use(link)
  } finally {
    await client.close()
  }
}

describe('a login with few rights', () => {
  it('sees no topic, and every refusal is said as one', async () => {
    expect(await rightsOf(broker.limited)).toMatchObject({ outcome: 'warning', advice: 'rights-topics' })
    await withLink(async (link) => {
      const refused = { kind: 'kafka', code: 'not-authorized', kafkaError: 31 }
      await expect(link.sizes([{ topic: TOPIC, partitions: [0] }], 20_000)).rejects.toMatchObject(refused)
      await expect(link.quorum(20_000)).rejects.toMatchObject(refused)
      const reassignments = link.reassignments(20_000)
      await expect(reassignments).rejects.toMatchObject(refused)
      await expect(reassignments).rejects.toMatchObject({
        message: expect.not.stringContaining('Request(') as string,
      })
      const [topic, self] = await link.configs(
        [
          { type: 'topic', name: TOPIC },
          { type: 'broker', name: '1' },
        ],
        null,
        20_000,
      )
      expect([topic?.error, self?.error]).toEqual([29, 31])
      const rows = { topicNames: [TOPIC], topicIndex: Uint32Array.of(0), partition: Int32Array.of(0) }
      const answer = await link.offsets({ what: 'log-end', rows, from: 0, to: 1 }, 20_000)
      expect([...answer.errors]).toEqual([29])
      expect([...answer.offset]).toEqual([NaN])
      const named = await link.metadata([TOPIC], 20_000)
      expect([...named.topicErrors]).toEqual([29])
      expect((await link.elr([TOPIC], 20_000)).partitions).toEqual([])
    })
  })

  it('is refused every write and what plans ask, each as what it is', async () => {
    await withLink(async (link) => {
      const partitions = [{ topic: TOPIC, partitions: [0] }]
      const refused = (kafkaError: number): unknown => ({
        kind: 'kafka',
        code: 'not-authorized',
        kafkaError,
        maybeDone: false,
      })
      await expect(link.sizes(partitions, 20_000)).rejects.toMatchObject(refused(31) as object)
      await expect(link.sample(TOPIC, 0, 0, 1000, 20_000)).rejects.toMatchObject(refused(29) as object)
      await expect(link.groupOffsets({ id: 'billing', share: false }, partitions, 20_000)).rejects.toMatchObject(
        refused(30) as object,
      )
      // Not an error but a shorter list, or nothing told.
      expect(await link.groups(20_000)).toEqual({ groups: [] })
      expect(await link.operations([TOPIC], 20_000)).toEqual(new Map())
      const change = [{ topic: TOPIC, edits: [{ key: 'retention.ms', op: 'set', value: '1000' }] }] as const
      for (const validateOnly of [true, false]) {
        const { topics } = await link.alterConfigs(change, validateOnly, 20_000)
        expect(topics).toEqual([{ topic: TOPIC, error: 29, message: 'Topic authorization failed.' }])
      }
      expect(await link.electPreferred(partitions, 20_000)).toEqual({
        partitions: [{ topic: TOPIC, partition: 0, error: 31, message: '' }],
      })
    })
  })

  it('is told what stays empty, and what cannot be changed', async () => {
    await allow('topic', 'Describe')
    await rightsBecome(
      'rights-read',
      /1 topic visible.*Describe on the cluster.*DescribeConfigs on topics.*AlterConfigs on topics/,
    )
    await allow('topic', 'DescribeConfigs')
    await allow('cluster', 'Describe')
    await rightsBecome('rights-read', /Cannot be read: broker settings.*DescribeConfigs on the cluster/)
    await allow('cluster', 'DescribeConfigs')
    await rightsBecome('rights-changes', /Cannot be changed: elections and reassignments.*topic settings/)
    expect(await rightsOf(broker.limited)).toMatchObject({ outcome: 'ok' })
    await withLink(async (link) => {
      // The controller has an authorizer of its own, which learns of rules in its own time.
      const quorum = await until('the controller to know the rule', 60_000, () => link.quorum(20_000))
      expect(quorum).toMatchObject({ leader: 1 })
      await expect(link.sizes([{ topic: TOPIC, partitions: [0] }], 20_000)).resolves.toEqual({
        replicas: [{ topic: TOPIC, partition: 0, bytes: 0 }],
      })
      // Describe and DescribeConfigs, as bits 8 and 10.
      await expect(link.operations([TOPIC], 20_000)).resolves.toEqual(new Map([[TOPIC, 256 + 1024]]))
    })
  })

  it('unlike one with all rights', async () => {
    expect(await rightsOf(broker.admin)).toMatchObject({
      outcome: 'ok',
      advice: '',
      evidence: expect.stringContaining('is allowed') as string,
    })
  })
})
