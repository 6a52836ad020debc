import type { ConfigColumn } from '@contract/config'
import { MAX_COLUMN_TOPICS } from '@contract/config'
import type { AppError } from '@contract/result'
import type { Ref, ShallowRef } from 'vue'
import { onScopeDispose, ref, shallowRef } from 'vue'
import { useBridge } from '../../../bridge/bridge'
import { useClusterStore } from '../../../stores/cluster'

/** Why topics have no value: Kafka's error code, or our own side's (`code` -1). Never dropped, only counted. */
export interface ColumnTrouble {
  readonly code: number
  readonly problem: AppError | null
  readonly topics: number
  /** The first of them, by name. */
  readonly first: string
}

export interface ColumnReader {
  readonly running: Ref<boolean>
  readonly done: Ref<number>
  readonly total: Ref<number>
  /** Topics that were not asked any more: stopped by a person or by failures in a row. */
  readonly left: Ref<number>
  readonly troubles: ShallowRef<readonly ColumnTrouble[]>
  read(key: string, topics: readonly string[], take: (column: ConfigColumn) => void): Promise<void>
  stop(): void
}

/** The cluster does not answer: asking the other 19,000 topics one timeout after another would help nobody. */
const FAILURES_IN_A_ROW = 2

/**
 * Reads one setting of many topics, batch after batch, one request at a time. A new `read` or `stop` ends the one that
 * runs: its late answer is dropped.
 */
export function useColumnReader(): ColumnReader {
  const { calls } = useBridge()
  const store = useClusterStore()
  const running = ref(false)
  const done = ref(0)
  const total = ref(0)
  const left = ref(0)
  const troubles = shallowRef<readonly ColumnTrouble[]>([])
  let run = 0

  function count(code: number, problem: AppError | null, topics: number, first: string): void {
    const same = (one: ColumnTrouble): boolean => one.code === code && one.problem?.code === problem?.code
    const known = troubles.value.find(same)
    troubles.value =
      known === undefined
        ? [...troubles.value, { code, problem, topics, first }]
        : troubles.value.map((one) => (same(one) ? { ...one, topics: one.topics + topics } : one))
  }
  function stop(): void {
    run += 1
    left.value = total.value - done.value
    running.value = false
  }
  async function read(key: string, topics: readonly string[], take: (column: ConfigColumn) => void): Promise<void> {
    const mine = ++run
    const cluster = store.cluster?.id
    if (cluster === undefined) return
    running.value = true
    done.value = 0
    left.value = 0
    total.value = topics.length
    troubles.value = []
    let failures = 0
    for (let at = 0; at < topics.length && failures < FAILURES_IN_A_ROW; at += MAX_COLUMN_TOPICS) {
      const batch = topics.slice(at, at + MAX_COLUMN_TOPICS)
      const answer = await calls['config:column']({ cluster, key, topics: batch })
      if (mine !== run) return
      done.value += batch.length
      failures = answer.ok ? 0 : failures + 1
      if (!answer.ok) count(-1, answer.error, batch.length, batch[0]!)
      else {
        answer.value.errors.forEach((code, place) => {
          if (code !== 0) count(code, null, 1, answer.value.topics[place] ?? '')
        })
        take(answer.value)
      }
    }
    left.value = total.value - done.value
    running.value = false
  }
  onScopeDispose(stop)
  return { running, done, total, left, troubles, read, stop }
}
