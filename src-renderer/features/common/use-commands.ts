import { commandsFor } from '@shared/kafka-commands'
import type { Commands } from '@shared/kafka-commands'
import { accessOf } from '@shared/shell-words'
import { storeToRefs } from 'pinia'
import type { ComputedRef } from 'vue'
import { computed } from 'vue'
import { useClusterStore } from '../../stores/cluster'

const NO_CLUSTER = { bootstrap: ['localhost:9092'], secured: false }

/** Command lines for the open cluster. */
export function useCommands(): ComputedRef<Commands> {
  const { cluster } = storeToRefs(useClusterStore())
  return computed(() => commandsFor(cluster.value === null ? NO_CLUSTER : accessOf(cluster.value)))
}
