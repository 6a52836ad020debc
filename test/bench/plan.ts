import { monitorEventLoopDelay } from 'node:perf_hooks'
import kafkajs from 'kafkajs'
import { createChanges } from '../../src-main/change/engine'
import { MAX_PLAN_TOPICS } from '../../src-main/contract/change'
import type { ConfigEdit } from '../../src-main/contract/change'
import { createJournal } from '../../src-main/history/journal'
import { createClock } from '../../src-main/ports/clock'
import { bigTopicName } from '../support/big-metadata'
import { openAsApp, valueOf } from './opened'
import { median } from './report'
import type { Report } from './report'
import { startSyntheticCluster } from './synthetic-cluster'

const ROUNDS = 7
const POLLED_MS = 5_000
const TOPICS = Array.from({ length: MAX_PLAN_TOPICS }, (_, topic) => bigTopicName(topic))

/** A change whose effects stand on the reading alone, and one that asks every leader for offsets and every broker for sizes and groups. */
const PLANS: Readonly<Record<string, ConfigEdit>> = {
  'min.insync.replicas': { key: 'min.insync.replicas', op: 'set', value: '3' },
  'retention.ms': { key: 'retention.ms', op: 'set', value: '3600000' },
}

interface Planner {
  /** ms until the plan stands in the journal. */
  plan(edit: ConfigEdit): Promise<number>
  close(): Promise<void>
}

async function open(bootstrap: string): Promise<Planner> {
  const { profile, lives, store, close } = await openAsApp(bootstrap)
  let serial = 0
  const changes = createChanges({
    journal: createJournal(store.db, { durable: true, now: Date.now, prove: () => store.prove() }),
    clock: createClock(),
    find: lives.find,
    linksOf: (cluster) => lives.linksOf(cluster),
    osUser: 'bench',
    newId: () => `change-${(serial += 1)}`,
    environmentOf: () => 'prod',
    onUnexpected: (cause) => console.error(cause),
  })
  return {
    async plan(edit) {
      const { id } = valueOf(
        changes.draft({
          id: '',
          cluster: profile.id,
          draft: { kind: 'config', groups: [{ topics: TOPICS, edits: [edit] }] },
        }),
      )
      const from = performance.now()
      const { plan, problem } = valueOf(await changes.plan(id))
      const took = performance.now() - from
      const items = plan?.kind === 'config' ? plan.items.length : 0
      if (items !== TOPICS.length) throw new Error(`the plan has ${items} items: ${problem?.message ?? ''}`)
      return took
    },
    async close() {
      await changes.close()
      await close()
    },
  }
}

/** The same settings of the same topics, and nothing else, by kafkajs's own admin client. */
async function kafkajsReads(bootstrap: string): Promise<number> {
  const admin = new kafkajs.Kafka({ brokers: bootstrap.split(','), logLevel: kafkajs.logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    const from = performance.now()
    const { resources } = await admin.describeConfigs({
      includeSynonyms: true,
      resources: TOPICS.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name })),
    })
    if (resources.length !== TOPICS.length) throw new Error(`kafkajs read ${resources.length} topics`)
    return performance.now() - from
  } finally {
    await admin.disconnect()
  }
}

/** 1,000 topics is the most a plan may have. The cluster has 200,000 partitions; the plan's topics hold a tenth of them (as elsewhere in the bench), or all. */
async function benchOne(report: Report, label: string, topics: number, budgeted: boolean): Promise<void> {
  const cluster = await startSyntheticCluster({
    partitions: 200_000,
    topics,
    replicationFactor: 3,
    brokers: 6,
    plans: true,
  })
  const opened = await open(cluster.bootstrap)
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const tell = (name: string, value: number, budget: number): void => {
    if (budgeted) report.atMost(name, value, 'ms', budget)
    else report.note(name, value, 'ms')
  }
  try {
    delay.enable()
    await new Promise((resolve) => setTimeout(resolve, POLLED_MS))
    report.note(`${label}: longest stall while polling only`, delay.max / 1e6, 'ms')
    const theirs = await kafkajsReads(cluster.bootstrap)
    for (const [key, edit] of Object.entries(PLANS)) {
      const times: number[] = []
      delay.reset()
      for (let round = 0; round < ROUNDS; round++) times.push(await opened.plan(edit))
      const stall = delay.max / 1e6
      tell(`${label}: ${key}, ready after (median)`, median(times), 1000)
      report.note(`${label}: ${key}, slowest of ${ROUNDS}`, Math.max(...times), 'ms')
      tell(`${label}: ${key}, longest stall`, stall, 50)
      report.note(`${label}: ${key} / kafkajs describeConfigs`, median(times) / theirs, 'x')
    }
  } finally {
    await opened.close()
    cluster.close()
  }
}

/** Cost of a plan while the monitor polls 200,000 partitions beside it, so that a stall holds what both do. */
export async function benchPlan(report: Report): Promise<void> {
  await benchOne(report, 'plan, 20k of 200k', 10_000, true)
  await benchOne(report, 'plan, 200k of 200k', MAX_PLAN_TOPICS, false)
}
