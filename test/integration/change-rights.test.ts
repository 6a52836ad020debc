/** Changes by a login that lacks a right: each says which, at the step where it is missed, and nothing half done is left. */
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, Kafka, logLevel, ResourcePatternTypes } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BrokerHandle } from '../../tools/sandbox/cluster'
import { rawAdmin } from '../../tools/sandbox/raw-admin'
import type { RawAdmin } from '../../tools/sandbox/raw-admin'
import { until } from '../../tools/sandbox/until'
import { agree, changeSteps, must, on, set } from '../support/change-steps'
import { openRealChanges } from '../support/real-changes'
import type { RealChanges } from '../support/real-changes'
import { startSecuredBroker } from '../support/secured-broker'
import type { SecuredBroker } from '../support/secured-broker'
import { endings } from '../support/endings'
import { saidBy, toldEffect } from '../support/told-effect'

const TOPIC = 'r.topic'
const KEY = 'compression.type'
const LZ4 = set(KEY, 'lz4')
const { DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS } = AclOperationTypes
const opened = endings()
let broker: SecuredBroker
let superUser: ReturnType<Kafka['admin']>
let admin: RawAdmin
let real: RealChanges
const { confirmed, drafted, rested, lines, view } = changeSteps(() => real)

beforeAll(async () => {
  broker = await startSecuredBroker()
  opened.add(() => broker.close())
  const handle: BrokerHandle = { id: 1, port: broker.ports.plaintext, rack: '', state: 'running', pid: -1 }
  admin = rawAdmin(() => [handle])
  await admin.createTopics([{ name: TOPIC, assignment: [[1]], configs: { 'retention.ms': '86400000' } }])
  superUser = new Kafka({ brokers: [`127.0.0.1:${broker.ports.plaintext}`], logLevel: logLevel.NOTHING }).admin()
  opened.add(() => superUser.disconnect())
  await superUser.connect()
  await allow(DESCRIBE)
  real = await openRealChanges(`127.0.0.1:${broker.ports.sasl_plaintext}`, { login: broker.limited })
  opened.add(() => real.close())
  await until('the topic to be seen', 30_000, async () => {
    await real.session.inside.freshReading(5_000)
    return real.session.inside.reading()?.topology.topicNames.includes(TOPIC) || null
  })
})

afterAll(opened.all)

const rule = (operation: AclOperationTypes) => ({
  resourceType: AclResourceTypes.TOPIC,
  resourceName: TOPIC,
  resourcePatternType: ResourcePatternTypes.LITERAL,
  principal: 'User:limited',
  host: '*',
  operation,
  permissionType: AclPermissionTypes.ALLOW,
})
async function allow(operation: AclOperationTypes): Promise<void> {
  await superUser.createAcls({ acl: [rule(operation)] })
}
async function forbid(operation: AclOperationTypes): Promise<void> {
  await superUser.deleteAcls({ filters: [rule(operation)] })
}
/** Rules take a moment to reach the broker's authorizer. */
const rightsBecome = (what: string, probe: () => Promise<boolean>): Promise<true> =>
  until(what, 30_000, async () => (await probe()) || null)
const link = async () => {
  const to = real.session.inside.link(1)!
  await to.connect(5_000)
  return to
}
const mayRead = async (): Promise<boolean> => {
  const to = await link()
  const [answer] = await to.configs([{ type: 'topic', name: TOPIC }], null, 5_000)
  to.giveUp('asked')
  return answer?.error === 0
}
const mayWrite = async (): Promise<boolean> => {
  const to = await link()
  const { topics } = await to.alterConfigs([{ topic: TOPIC, edits: [LZ4] }], true, 5_000)
  to.giveUp('asked')
  return topics[0]?.error === 0
}

describe('a login without a right', () => {
  it('to read settings gets no plan, and is told which topic and right', async () => {
    const id = drafted(on([TOPIC], LZ4))
    const refused = {
      ok: false,
      error: {
        code: 'not-authorized',
        detail: { text: 'missing-right', right: 'DescribeConfigs', name: TOPIC, kafkaError: 29 },
      },
    }
    expect(await real.changes.plan(id)).toMatchObject(refused)
    expect(view(id)).toMatchObject({ state: 'draft', plan: null, problem: refused.error })
  })

  it('to see sizes and groups gets a plan in which both are unknown, which counts as a warning', async () => {
    await allow(DESCRIBE_CONFIGS)
    await rightsBecome('settings to be read', mayRead)
    const { effects, level } = await real.plan(on([TOPIC], set('retention.bytes', '1000')))
    const unknown = effects.filter((effect) => effect.level === 'unknown').map(toldEffect)
    expect(unknown.length).toBeGreaterThan(0)
    for (const { reason } of unknown) expect(reason).not.toBe('')
    expect(unknown.map(({ reason }) => reason).join('\n')).toContain('this login lacks Describe on the cluster')
    expect(level).not.toBe('low')
  })

  it('to see groups is not told that none loses records: the list it gets is shorter, without an error', async () => {
    const producer = new Kafka({
      brokers: [`127.0.0.1:${broker.ports.plaintext}`],
      logLevel: logLevel.NOTHING,
    }).producer()
    await producer.connect()
    await producer.send({
      topic: TOPIC,
      acks: -1,
      messages: [{ key: 'a', value: 'old', timestamp: String(Date.now() - 3_600_000) }],
    })
    await producer.disconnect()
    const { effects } = await real.plan(on([TOPIC], set('retention.ms', '60000')))
    const unknown = effects.find(({ id }) => id === 'retention-ms.unknown')
    expect(unknown && toldEffect(unknown)).toMatchObject({
      level: 'unknown',
      reason: 'this login lacks Describe on the cluster, so groups may be missing from the list',
    })
    expect(effects.some(({ id }) => id === 'retention-ms.deletes')).toBe(true)
  })

  it("to change settings is refused at the trial run in the broker's words, and cannot go on", async () => {
    const id = drafted(on([TOPIC], LZ4))
    must(await real.changes.plan(id))
    const { state, validation } = must(await real.changes.validate(id))
    expect({ state, refusals: validation!.refusals }).toMatchObject({
      state: 'planned',
      refusals: [{ topic: TOPIC, error: 29, message: saidBy('Topic authorization failed.') }],
    })
    expect(real.changes.confirm({ id, ticks: [], typed: '', reason: '' })).toMatchObject({
      ok: false,
      error: { code: 'conflict', detail: { text: 'not-validated' } },
    })
  })

  it('that is taken away between the trial run and the write is refused, and nothing was done', async () => {
    await allow(ALTER_CONFIGS)
    await rightsBecome('settings to be changed', mayWrite)
    const id = await confirmed(on([TOPIC], LZ4))
    await forbid(ALTER_CONFIGS)
    await rightsBecome('the right to be gone', async () => !(await mayWrite()))
    must(await real.changes.apply(id))
    const change = await rested(id, ['failed'])
    expect(change.results).toEqual([
      { topic: TOPIC, partition: -1, outcome: 'refused', error: 29, message: saidBy('Topic authorization failed.') },
    ])
    expect(lines(id)).toEqual(['applying', 'sending', 'answered', 'ended'])
    await agree(real, admin, id, { key: KEY, value: 'lz4', brokers: [1] })
  })

  it('to read settings, taken away before the write: nothing is sent', async () => {
    await allow(ALTER_CONFIGS)
    await rightsBecome('settings to be changed', mayWrite)
    const id = await confirmed(on([TOPIC], LZ4))
    // AlterConfigs grants reading too (AclEntry of Kafka's authorizer), so both have to go.
    await forbid(DESCRIBE_CONFIGS)
    await forbid(ALTER_CONFIGS)
    await rightsBecome('the right to be gone', async () => !(await mayRead()))
    must(await real.changes.apply(id))
    const change = await rested(id, ['failed'])
    expect(change.results).toMatchObject([{ outcome: 'not-begun' }])
    expect(change.problem).toMatchObject({
      message: expect.stringContaining(`${TOPIC} cannot be read (error 29)`) as string,
      detail: { text: 'stopped-by-error' },
    })
    expect(lines(id)).toEqual(['applying', 'stopped', 'ended'])
    await agree(real, admin, id, { key: KEY, value: 'lz4', brokers: [1] })
  })
})
