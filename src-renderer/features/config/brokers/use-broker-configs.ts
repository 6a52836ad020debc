import type { BrokerConfigView } from '@contract/config'
import type { AppError } from '@contract/result'
import type { ComputedRef } from 'vue'
import { computed, shallowRef, watch } from 'vue'
import { useBridge } from '../../../bridge/bridge'
import { useClusterStore } from '../../../stores/cluster'

export interface BrokerAnswer {
  readonly id: number
  readonly answer: BrokerConfigView | null
  readonly problem: AppError | null
}

export interface BrokerConfigs {
  /** One per broker asked for, in their order; both null while it is being read. */
  readonly answers: ComputedRef<readonly BrokerAnswer[]>
  /** As a person wants it: also what was refused. */
  readonly read: () => void
}

/** Settings of brokers, each asked at itself, all at once: one that is slow does not hold up the others. A late answer of an earlier reading is dropped. */
export function useBrokerConfigs(ids: () => readonly number[]): BrokerConfigs {
  const { calls } = useBridge()
  const store = useClusterStore()
  const byId = shallowRef<ReadonlyMap<number, BrokerAnswer>>(new Map())
  let asked = 0

  async function readOne(question: { cluster: string; again: boolean }, id: number, mine: number): Promise<void> {
    const result = await calls['config:broker']({ ...question, broker: id })
    if (mine !== asked) return
    const next: BrokerAnswer = result.ok
      ? { id, answer: result.value, problem: null }
      : { id, answer: byId.value.get(id)?.answer ?? null, problem: result.error }
    byId.value = new Map([...byId.value, [id, next]])
  }
  function ask(again: boolean): void {
    const cluster = store.cluster?.id
    const mine = ++asked
    if (cluster !== undefined) for (const id of ids()) void readOne({ cluster, again }, id, mine)
  }
  watch(
    [() => store.cluster?.id, () => ids().join()],
    ([cluster], [before]) => {
      if (cluster !== before) byId.value = new Map()
      ask(false)
    },
    { immediate: true },
  )
  const answers = computed(() => ids().map((id) => byId.value.get(id) ?? { id, answer: null, problem: null }))
  return { answers, read: () => ask(true) }
}
