import type { KeptLoss } from '@contract/loss'
import type { AppError } from '@contract/result'
import { defineStore, storeToRefs } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { useBridge } from '../bridge/bridge'
import { useClusterStore } from './cluster'

/** Findings of lost records of the open cluster, oldest first, read again whenever the picture says that they are others. */
export const useLossStore = defineStore('losses', () => {
  const { calls } = useBridge()
  const { cluster, summary } = storeToRefs(useClusterStore())
  const findings = shallowRef<readonly KeptLoss[]>([])
  const problem = shallowRef<AppError | null>(null)
  const open = computed(() => findings.value.filter(({ acknowledged }) => acknowledged === null))
  const id = computed(() => cluster.value?.id ?? '')

  async function load(): Promise<void> {
    const asked = id.value
    if (asked === '') {
      findings.value = []
      return
    }
    const answer = await calls['loss:list']({ cluster: asked })
    // Another cluster may have been opened meanwhile.
    if (asked !== id.value) return
    problem.value = answer.ok ? null : answer.error
    if (answer.ok) findings.value = answer.value.findings
  }

  /** Ends the alarm of all that is open; null, or why it could not be kept. */
  async function acknowledge(by: string, reason: string): Promise<AppError | null> {
    // What was found a moment ago is meant too.
    await load()
    const ids = open.value.map((one) => one.id)
    const answer = await calls['loss:acknowledge']({ cluster: id.value, ids, by, reason })
    if (answer.ok) await load()
    return answer.ok ? null : answer.error
  }

  watch(
    [id, () => summary.value?.loss.open, () => summary.value?.loss.atLeast, () => summary.value?.loss.lastSeenAt],
    () => load(),
    { immediate: true },
  )
  return { findings, open, problem, acknowledge }
})
