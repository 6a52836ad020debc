/**
 * The commands of the guide's chapter "What a login may see", run as they stand there with Kafka's own tool: each brings the right that its row names. Part
 * of `npm run test:long -- acls`: each command is a Java program of its own.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import type { BrokerLink } from '../../src-main/ports/cluster-port'
import { AclOperation, mayDo } from '../../src-main/shared/acl-operations'
import type { AclOperationCode } from '../../src-main/shared/acl-operations'
import type { BrokerHandle } from '../../tools/sandbox/cluster'
import { rawAdmin } from '../../tools/sandbox/raw-admin'
import { until } from '../../tools/sandbox/until'
import { projectRoot } from '../../tools/setup/places'
import { endings } from '../support/endings'
import { kafkaScripts } from '../support/kafka-scripts'
import type { KafkaScripts } from '../support/kafka-scripts'
import { startSecuredBroker } from '../support/secured-broker'
import type { SecuredBroker } from '../support/secured-broker'

const TOPIC = 'orders'
const OF_TEAM = 'team.events'
const WELL_MS = 20_000
const CODES: Readonly<Record<string, AclOperationCode>> = {
  Describe: AclOperation.DESCRIBE,
  DescribeConfigs: AclOperation.DESCRIBE_CONFIGS,
  AlterConfigs: AclOperation.ALTER_CONFIGS,
  Alter: AclOperation.ALTER,
  Read: AclOperation.READ,
}

const [, chapter = ''] =
  /### Rights and their commands\n(.*?)\n## /s.exec(readFileSync(join(projectRoot, 'docs/guide.md'), 'utf8')) ?? []
const rows = [...chapter.matchAll(/^\| (\w+) on (topics|the cluster) .*`(kafka-acls\.sh [^`]+)`/gm)].map(
  ([, operation = '', on = '', command = '']) => ({ operation, on, command }),
)
/** What the chapter says between backticks after these words, on one line. */
const said = (before: string): string =>
  (new RegExp(`${before}\\s+\`([^\`]+)\``).exec(chapter)?.[1] ?? '').replaceAll(/\s+/g, ' ')
const adds = (what: string): string =>
  `kafka-acls.sh --bootstrap-server HOST:PORT --add --allow-principal User:ME ${what}`

const opened = endings()
let broker: SecuredBroker
let scripts: KafkaScripts
let link: BrokerLink

beforeAll(async () => {
  broker = await startSecuredBroker()
  opened.add(() => broker.close())
  const handle: BrokerHandle = { id: 1, port: broker.ports.plaintext, rack: '', state: 'running', pid: -1 }
  await rawAdmin(() => [handle]).createTopics(
    [TOPIC, OF_TEAM].map((name) => ({ name, assignment: [[1]], configs: {} })),
  )
  scripts = await kafkaScripts()
  opened.add(() => scripts.remove())
  const client = createClusterClient({
    bootstrap: [{ host: '127.0.0.1', port: broker.ports.sasl_plaintext }],
    tls: null,
    sasl: { ...broker.limited, mechanism: 'plain' },
  })
  opened.add(() => client.close())
  const { brokers } = await client.open(WELL_MS)
  link = client.link(brokers[0]!)
  await link.connect(WELL_MS)
})

afterAll(opened.all)

/** Removals ask whether one is sure, and end with a NullPointerException where there is no terminal to ask at (seen with the tool of 4.3.1). */
async function run(command: string): Promise<void> {
  const mine = command
    .replace('HOST:PORT', `127.0.0.1:${broker.ports.plaintext}`)
    .replace('User:ME', `User:${broker.limited.username}`)
  await scripts.run(command.includes('--remove') ? `${mine} --force` : mine)
}

async function may(operation: string, on: string, topic = TOPIC): Promise<boolean> {
  const mask =
    on === 'topics' ? (await link.operations([topic], WELL_MS)).get(topic) : await link.clusterOperations(WELL_MS)
  return mayDo(mask ?? 0, CODES[operation]!)
}

/** Rules take a moment to reach the broker's authorizer. */
const becomes = (allowed: boolean, operation: string, on: string, topic = TOPIC): Promise<true> =>
  until(`${operation} on ${on} to be ${allowed ? 'allowed' : 'denied'}`, 30_000, async () =>
    (await may(operation, on, topic)) === allowed ? true : null,
  )

const takeAllAway = async (): Promise<void> => {
  await run("kafka-acls.sh --bootstrap-server HOST:PORT --remove --topic '*' --cluster")
  for (const { operation, on } of rows) await becomes(false, operation, on)
}

describe('a command of the guide', () => {
  it('is there for each right that Highwater makes use of', () => {
    expect(rows.map(({ operation, on }) => `${operation} on ${on}`)).toEqual([
      'Describe on topics',
      'DescribeConfigs on topics',
      'Describe on the cluster',
      'DescribeConfigs on the cluster',
      'AlterConfigs on topics',
      'Alter on the cluster',
      'Read on topics',
    ])
  })

  it.each(rows)('brings $operation on $on', async ({ operation, on, command }) => {
    expect(await may(operation, on)).toBe(false)
    await run(command)
    await becomes(true, operation, on)
  })

  it('brings AlterConfigs with DescribeConfigs', async () => {
    await takeAllAway()
    await run(rows.find(({ operation }) => operation === 'AlterConfigs')!.command)
    // Only of a topic that may be described does Metadata tell what else is allowed.
    await run(rows[0]!.command)
    await becomes(true, 'DescribeConfigs', 'topics')
  })

  it('brings all that watching needs, at once', async () => {
    await takeAllAway()
    await run(adds(said('All that watching needs, at once:')))
    for (const operation of ['Describe', 'DescribeConfigs'])
      for (const on of ['topics', 'the cluster']) await becomes(true, operation, on)
  })

  it('takes a rule that denies away again', async () => {
    const deny = rows[1]!.command.replace('--allow-principal', '--deny-principal')
    await run(deny)
    await becomes(false, 'DescribeConfigs', 'topics')
    const removal = said('it is taken away with')
    expect(removal).toBe('--remove --deny-principal User:ME')
    await run(rows[1]!.command.replace('--add --allow-principal User:ME', removal))
    await becomes(true, 'DescribeConfigs', 'topics')
  })

  it("brings a right on a team's topics alone", async () => {
    await takeAllAway()
    const ofTeam = said("Only a team's topics:")
    expect(ofTeam).toContain('prefixed')
    await run(rows[0]!.command.replace("--topic '*'", ofTeam))
    await becomes(true, 'Describe', 'topics', OF_TEAM)
    expect(await may('Describe', 'topics')).toBe(false)
  })
})
