import type { ConfigColumn } from '@contract/config'
import type { AppError } from '@contract/result'
import type { Ref, ShallowRef } from 'vue'
import { ref, shallowRef } from 'vue'
import { useClusterStore } from '../../../stores/cluster'
import { useTask } from '../../../stores/tasks'

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
  /** `all`: `topics` are all of the cluster, so the main process takes them from its own newest picture. */
  read(key: string, topics: readonly string[], take: (column: ConfigColumn) => void, all?: boolean): Promise<void>
  stop(): void
}

/** Reads one setting of many topics, as a task. A new `read` or `stop` ends the one that runs: what it still tells is dropped. */
export function useColumnReader(): ColumnReader {
  const store = useClusterStore()
  const task = useTask<'config-column'>()
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
  async function read(
    key: string,
    topics: readonly string[],
    take: (column: ConfigColumn) => void,
    all = false,
  ): Promise<void> {
    const mine = ++run
    const cluster = store.cluster?.id
    if (cluster === undefined) return
    done.value = 0
    left.value = 0
    total.value = topics.length
    troubles.value = []
    running.value = true
    const input = { cluster, key, topics: all ? null : topics }
    const answer = await task.run({ kind: 'config-column', input }, (progress) => {
      done.value = progress.done
      total.value = progress.total
      if (progress.batch === 'unread') count(-1, progress.problem, progress.topics, progress.first)
      if (progress.batch !== 'read') return
      const { column } = progress
      column.errors.forEach((code, place) => {
        if (code !== 0) count(code, null, 1, column.topics[place] ?? '')
      })
      take(column)
    })
    if (mine !== run) return
    if (!answer.ok && answer.error.code !== 'cancelled') {
      count(-1, answer.error, total.value - done.value, topics[done.value] ?? '')
    }
    left.value = total.value - done.value
    running.value = false
  }
  return { running, done, total, left, troubles, read, stop: () => task.cancel() }
}
