import Database from 'libsql'
import { FIGURES } from '../../../src-main/contract/kept-samples'
import type { FigureRow } from '../../../src-main/contract/kept-samples'
import { TIERS } from '../../../src-main/domain/samples/tiers'
import { partitionBucket, partitionBytes, placeOf } from '../../../src-main/history/book/partition-code'
import {
  brokerBucket,
  brokerBytes,
  BROKERS_PER_ROW,
  clusterBytes,
  topicBytes,
} from '../../../src-main/history/book/sample-code'
import { CLUSTER_ROW } from '../../../src-main/history/book/sample-queue'
import { INSERT_SAMPLE, sampleSum } from '../../../src-main/history/book/sample-row'
import { LAGGING } from '../../../src-main/shared/states'

/**
 * Fills a history file that nobody has open with 30 days of samples up to `until`, in all three resolutions, as they are after 30 days of watching: of the cluster, `brokers` brokers, a full row of topics, and one
 * partition of the first of them that was in trouble all the time. `number`: of the first topic.
 */
export function fillMonth(path: string, until: number, brokers: number, number: number): number {
  const db = new Database(path)
  const insert = db.prepare(INSERT_SAMPLE)
  const row = (seed: number): FigureRow => FIGURES.map((_, place) => (seed * (place + 3)) % 997)
  const put = (tier: number, bucket: number, at: number, body: Buffer): void =>
    void insert.run(tier, bucket, at, body, sampleSum(tier, bucket, at, body))
  let rows = 0
  db.exec('BEGIN IMMEDIATE')
  for (const [tier, { everyMs, keptMs }] of TIERS.entries())
    for (let at = Math.ceil((until - keptMs) / everyMs) * everyMs; at < until; at += everyMs) {
      const seed = at / everyMs
      const topics = new Map(Array.from({ length: 64 }, (_, slot) => [slot, row(seed + slot)]))
      put(tier, Math.floor(number / 64), at, topicBytes(topics))
      const followers = [2, 3].map((broker) => ({ broker, lagRecords: seed % 900, lateMs: seed % 90 }))
      put(
        tier,
        partitionBucket(number),
        at,
        partitionBytes(new Map([[placeOf(number, 0), { state: LAGGING, followers }]])),
      )
      for (let first = 0; first < brokers; first += BROKERS_PER_ROW) {
        const ids = Array.from({ length: Math.min(BROKERS_PER_ROW, brokers - first) }, (_, nth) => first + nth)
        put(tier, brokerBucket(first), at, brokerBytes(new Map(ids.map((id) => [id, row(seed + id)]))))
        rows += 1
      }
      put(tier, CLUSTER_ROW, at, clusterBytes({ samples: 1, cluster: row(seed) }))
      rows += 3
    }
  db.exec('COMMIT')
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  return rows
}
