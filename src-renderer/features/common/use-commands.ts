import { storeToRefs } from 'pinia'
import type { ComputedRef } from 'vue'
import { computed } from 'vue'
import { useClusterStore } from '../../stores/cluster'
import type { Commands } from './commands'
import { commandsFor } from './commands'

/** Command lines for the open cluster. */
export function useCommands(): ComputedRef<Commands> {
  const { cluster } = storeToRefs(useClusterStore())
  return computed(() => commandsFor(cluster.value ?? { bootstrap: ['localhost:9092'], tls: null, sasl: null }))
}
