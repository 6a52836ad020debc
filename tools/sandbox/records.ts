import { CompressionTypes, Partitioners } from 'kafkajs'
import type { Cluster } from './cluster'
import { patientClient } from './kafkajs-client'

export interface Records {
  readonly topic: string
  readonly partition?: number
  readonly count: number
  /** Of each value; default 100. */
  readonly bytes?: number
  /** False: records without a key, as compaction drops them. */
  readonly keyed?: boolean
  /** Of the first record, ms since 1970; default now. Old ones are what retention would delete. */
  readonly firstAt?: number
  /** Between one batch and the next. With a `segment.ms` below it every batch begins a segment: small segments without megabytes. */
  readonly stepMs?: number
  readonly perBatch?: number
  readonly gzip?: boolean
}

/** A client with this much patience must not begin with a broker that stands still. */
const running = (cluster: Pick<Cluster, 'brokers'>): string =>
  cluster
    .brokers()
    .flatMap(({ port, state }) => (state === 'running' ? [`127.0.0.1:${port}`] : []))
    .join()

/** Writes records with acks=all, batch after batch; throws when one is refused. */
export async function writeRecords(cluster: Pick<Cluster, 'brokers'>, records: Records): Promise<void> {
  const producer = patientClient(running(cluster)).producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
  })
  await producer.connect()
  const { topic, partition = 0, count, keyed = true, firstAt = Date.now(), stepMs = 0, perBatch = 100 } = records
  const value = 'x'.repeat(records.bytes ?? 100)
  try {
    for (let from = 0; from < count; from += perBatch) {
      const timestamp = String(firstAt + (from / perBatch) * stepMs)
      const messages = Array.from({ length: Math.min(perBatch, count - from) }, (_, index) => ({
        key: keyed ? `key-${from + index}` : null,
        value,
        partition,
        timestamp,
      }))
      const compression = records.gzip === true ? CompressionTypes.GZIP : CompressionTypes.None
      await producer.send({ topic, messages, acks: -1, compression })
    }
  } finally {
    await producer.disconnect()
  }
}

/** A group without members that stopped at these offsets, one per partition: its lag is whatever was written since. */
export async function commitOffsets(
  cluster: Pick<Cluster, 'brokers'>,
  groupId: string,
  topic: string,
  offsets: readonly number[],
): Promise<void> {
  const admin = patientClient(running(cluster)).admin({ retry: { retries: 10 } })
  await admin.connect()
  try {
    const partitions = offsets.map((offset, partition) => ({ partition, offset: String(offset) }))
    await admin.setOffsets({ groupId, topic, partitions })
  } finally {
    await admin.disconnect()
  }
}
