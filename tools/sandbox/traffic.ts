import { Partitioners } from 'kafkajs'
import type { Producer } from 'kafkajs'
import { trafficClient } from './kafkajs-client'

export interface Flow {
  readonly topic: string
  readonly recordsPerSecond: number
  readonly recordBytes?: number
  /** -1 = all in-sync replicas, 1 = the leader alone (goes on while followers stand still). */
  readonly acks?: -1 | 1
  /** Given: records go to these in turn. Otherwise the key decides. */
  readonly partitions?: readonly number[]
  readonly keys?: number
  /** As many records follow each other to one partition, as a producer's do that has no keys and fills batches (KIP-480). */
  readonly inARow?: number
  /** Its producer has an id, and asks for acks=all. */
  readonly idempotent?: true
}

export interface FlowCounts {
  sent: number
  acknowledged: number
  refused: number
  /** kafkajs's name of the last refusal, '' = none yet. */
  lastRefusal: string
}

export interface RunningFlow {
  readonly flow: Flow
  readonly counts: Readonly<FlowCounts>
  setRate(recordsPerSecond: number): void
  /** Sends no more; what is under way is still counted. */
  stop(): void
}

export interface Traffic {
  /** Starts one more stream of records; it goes on until it is stopped, whatever the brokers answer. */
  start(flow: Flow): RunningFlow
  flows(): readonly RunningFlow[]
  close(): Promise<void>
}

const tickMs = 200
const FETCH_BYTES = 65_536
const FETCH_MS = 1_000
const COMMIT_MS = 5_000
// Below the ten listeners at which Node warns: kafkajs adds one per request to a socket that is still connecting.
const mostInFlight = 8

/**
 * Every stream has a producer, and so connections, of its own: a broker answers one connection in order, so an acks=all
 * request that waits for a standing follower would hold back whatever else shares its socket.
 */
export function startTraffic(bootstrap: string): Traffic {
  const kafka = trafficClient(bootstrap)
  const running = new Map<RunningFlow, Producer>()
  return {
    start: (flow) => {
      const producer = kafka.producer({
        createPartitioner: Partitioners.DefaultPartitioner,
        allowAutoTopicCreation: false,
        idempotent: flow.idempotent ?? false,
      })
      const started = runFlow(producer, flow, {
        onStop: () => running.delete(started),
        onIdle: () => void producer.disconnect().catch(() => {}),
      })
      running.set(started, producer)
      return started
    },
    flows: () => [...running.keys()],
    close: async () => {
      const producers = [...running.values()]
      for (const flow of running.keys()) flow.stop()
      await Promise.all(producers.map((producer) => within(2000, producer.disconnect())))
    },
  }
}

interface FlowEnd {
  onStop(): void
  /** Once, after the last answer: hanging up earlier would leave records stored and not counted. */
  onIdle(): void
}

function runFlow(producer: Producer, flow: Flow, end: FlowEnd): RunningFlow {
  const counts: FlowCounts = { sent: 0, acknowledged: 0, refused: 0, lastRefusal: '' }
  const filler = 'x'.repeat(flow.recordBytes ?? 200)
  let rate = flow.recordsPerSecond
  let owed = 0
  let serial = 0
  let inFlight = 0
  let connected = false
  let stopped = false
  const endWhenIdle = (): void => {
    if (stopped && inFlight === 0) end.onIdle()
  }
  const connect = async (): Promise<void> => {
    // Brokers may be down at this moment; kafkajs does not go on trying a first connection by itself.
    while (!connected && !stopped) {
      connected = await producer.connect().then(
        () => true,
        () => false,
      )
    }
  }
  void connect()
  const tick = (): void => {
    // Nothing is made up for later: a stream that was held back goes on at its rate.
    owed = Math.min(owed + (rate * tickMs) / 1000, Math.max(rate, 1))
    if (!connected || owed < 1 || inFlight >= mostInFlight) return
    const messages = Array.from({ length: Math.floor(owed) }, () => {
      serial += 1
      const partition = flow.partitions?.[serial % flow.partitions.length]
      const message = {
        key: `key-${Math.floor(serial / (flow.inARow ?? 1)) % (flow.keys ?? 500)}`,
        value: `${serial} ${filler}`,
      }
      return partition === undefined ? message : { ...message, partition }
    })
    owed -= messages.length
    counts.sent += messages.length
    inFlight += 1
    producer
      .send({ topic: flow.topic, messages, acks: flow.acks ?? -1, timeout: 3000 })
      .then(() => {
        counts.acknowledged += messages.length
      })
      .catch((error: unknown) => {
        counts.refused += messages.length
        counts.lastRefusal = refusal(error)
      })
      .finally(() => {
        inFlight -= 1
        endWhenIdle()
      })
  }
  const timer = setInterval(tick, tickMs)
  return {
    flow,
    counts,
    setRate: (recordsPerSecond) => {
      rate = recordsPerSecond
    },
    stop: () => {
      if (stopped) return
      stopped = true
      clearInterval(timer)
      end.onStop()
      endWhenIdle()
    },
  }
}

/** kafkajs wraps what a broker said in its own "retries exceeded"; the broker's word is the cause. */
function refusal(error: unknown): string {
  let deepest = error
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause
  if (deepest instanceof Error && 'type' in deepest && typeof deepest.type === 'string') return deepest.type
  return deepest instanceof Error ? deepest.name : String(deepest)
}

/** A consumer group that reads along, so that the group's internal topic is a live one too. Answers how to end it. */
export async function startConsumerGroup(bootstrap: string, topics: readonly string[]): Promise<() => Promise<void>> {
  const kafka = trafficClient(bootstrap)
  const consumer = kafka.consumer({
    groupId: 'sandbox-billing',
    sessionTimeout: 10_000,
    // Some fetches a second and a commit every five, as Kafka's own consumer has it: with kafkajs's defaults each record that comes is a fetch and a
    // commit of its own, which was nearly half of all that the brokers did.
    minBytes: FETCH_BYTES,
    maxWaitTimeInMs: FETCH_MS,
    retry: { retries: 10 },
  })
  await consumer.connect()
  await consumer.subscribe({ topics: [...topics] })
  await consumer.run({ autoCommitInterval: COMMIT_MS, eachBatch: () => Promise.resolve() })
  return () => within(2000, consumer.disconnect())
}

/** Waits for a clean end, but not for longer: brokers may be frozen or dead by now. */
async function within(limitMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs)
  })
  await Promise.race([work.catch(() => {}), limit])
  clearTimeout(timer)
}
