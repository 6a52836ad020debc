import type { ConfigColumn } from '../../contract/config'
import { fail, ok, type Result } from '../../contract/result'
import type { LiveCluster } from '../../ports/live-cluster'
import { KafkaError } from '../../shared/kafka-codes'
import type { Links } from '../links/links'
import { portFailure } from '../links/port-failure'
import type { Configs } from './configs'
import { readTopics } from './read-topics'

/** Topics of one step of the progress: some requests, spread over the brokers. */
export const TOPICS_PER_BATCH = 200
/** The cluster does not answer: asking the other 19,000 topics one timeout after another would help nobody. */
const FAILURES_IN_A_ROW = 2

type Question = Parameters<Configs['column']>[0]
type Run = Parameters<Configs['column']>[1]

async function readBatch(
  links: Links,
  key: string,
  topics: readonly string[],
  signal: AbortSignal,
): Promise<ConfigColumn> {
  const read = await readTopics(links, topics, { keys: [key], unlessDenied: true, signal })
  const rows = topics.map((topic) => {
    const settings = read.get(topic)
    const found = settings?.values.find((value) => value.name === key)
    const error = settings?.error ?? KafkaError.UNKNOWN_SERVER_ERROR
    return { value: found?.value ?? null, source: found?.source ?? 0, error }
  })
  const all = [...read.values()]
  return {
    key,
    topics,
    values: rows.map((row) => row.value),
    sources: rows.map((row) => row.source),
    errors: rows.map((row) => row.error),
    readAt: all.reduce((oldest, { readAt }) => Math.min(oldest, readAt), links.clock.now()),
    broker: all[0]?.broker ?? -1,
  }
}

/** See `Configs.column`. A batch that nobody answers is told and counted, never dropped. */
export async function readColumns(
  cluster: LiveCluster,
  links: Links,
  { key, topics }: Question,
  { signal, progress }: Run,
): Promise<Result<{ left: number }>> {
  const names = topics ?? cluster.reading()?.topology.topicNames
  if (names === undefined) return fail('not-found', 'Nothing of this cluster has been read yet', {}, true)
  const total = names.length
  const stopped = (): boolean => signal.aborted
  let done = 0
  progress({ batch: 'none', done, total })
  for (let failures = 0; done < total && failures < FAILURES_IN_A_ROW && !stopped();) {
    const batch = names.slice(done, done + TOPICS_PER_BATCH)
    try {
      const column = await readBatch(links, key, batch, signal)
      done += batch.length
      failures = 0
      progress({ batch: 'read', done, total, column })
    } catch (error) {
      if (stopped()) break
      done += batch.length
      failures += 1
      const { error: problem } = portFailure(error)
      progress({ batch: 'unread', done, total, topics: batch.length, first: batch[0] ?? '', problem })
    }
  }
  return ok({ left: total - done })
}
