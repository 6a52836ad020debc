/** Announced restarts of the open cluster, as they come with every picture. What is announced here is shown when the picture says so, whichever process keeps the history. */
import type { Plan } from '@contract/history'
import type { AppError } from '@contract/result'
import { defineStore, storeToRefs } from 'pinia'
import { computed } from 'vue'
import { useBridge } from '../bridge/bridge'
import { useClusterStore } from './cluster'
import { useSettingsStore } from './settings'

export const usePlansStore = defineStore('plans', () => {
  const { calls } = useBridge()
  const { cluster, summary, now } = storeToRefs(useClusterStore())
  const { info } = storeToRefs(useSettingsStore())
  /** A picture may be old, and they end by themselves. */
  const standing = computed<readonly Plan[]>(() =>
    (summary.value?.plans ?? []).filter(({ until }) => until > now.value),
  )
  const planOf = (broker: number): Plan | null => standing.value.find((plan) => plan.broker === broker) ?? null
  const id = (): string => cluster.value?.id ?? ''

  async function announce(broker: number, minutes: number, by: string): Promise<AppError | null> {
    const answer = await calls['history:announce']({ cluster: id(), broker, minutes, by })
    return answer.ok ? null : answer.error
  }
  async function withdraw(broker: number): Promise<AppError | null> {
    const answer = await calls['history:withdraw']({ cluster: id(), broker })
    return answer.ok ? null : answer.error
  }
  return { standing, planOf, announce, withdraw, user: computed(() => info.value?.user ?? '') }
})
