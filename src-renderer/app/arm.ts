import { ARM_MS } from '@contract/change'
import { storeToRefs } from 'pinia'
import type { ComputedRef } from 'vue'
import { computed } from 'vue'
import { useWords } from '../features/common/use-words'
import { errorKey } from '../features/common/error-text'
import { useChangesStore } from '../stores/changes'
import { useClusterStore } from '../stores/cluster'
import { useNoticesStore } from '../stores/notices'

export interface Arm {
  /** 'free': not read-only, there is nothing to arm; null = no cluster is open. */
  readonly state: ComputedRef<'read-only' | 'armed' | 'free' | null>
  readonly leftMs: ComputedRef<number>
  /** Arms the open cluster, or takes it back. The main process holds to it; here it is asked for. */
  readonly toggle: () => Promise<void>
}

export function useArm(): Arm {
  const { t } = useWords()
  const changes = useChangesStore()
  const notices = useNoticesStore()
  const { cluster, now } = storeToRefs(useClusterStore())
  const until = computed(() => (cluster.value === null ? Number.NaN : changes.armedUntil(cluster.value)))
  const state = computed(() => {
    if (cluster.value === null) return null
    if (until.value === Infinity) return 'free'
    return until.value > now.value ? 'armed' : 'read-only'
  })
  async function toggle(): Promise<void> {
    if (cluster.value === null || state.value === 'free') return
    const { id, name } = cluster.value
    const problem = await changes.arm(id, state.value === 'read-only')
    if (problem !== null) notices.say(t('arm.failed', { name, why: t(errorKey(problem)) }), { tone: 'bad' })
  }
  // The page's clock is up to a tick behind: never more than the whole stretch.
  return { state, leftMs: computed(() => Math.min(ARM_MS, until.value - now.value)), toggle }
}
