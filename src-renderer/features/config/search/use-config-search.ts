import type { ConfigColumn } from '@contract/config'
import { storeToRefs } from 'pinia'
import type { Ref, ShallowRef } from 'vue'
import { computed, ref, shallowRef, watch } from 'vue'
import { useClusterStore } from '../../../stores/cluster'
import { useSay } from '../../common/use-say'
import type { ConfigQuery } from './parse-query'
import { parseQuery } from './parse-query'
import type { Found } from './search-rows'
import { foundIn } from './search-rows'
import type { ColumnReader } from './use-column-reader'
import { useColumnReader } from './use-column-reader'

export interface ConfigSearch {
  readonly text: Ref<string>
  /** Null before the first search. */
  readonly query: ShallowRef<ConfigQuery | null>
  /** Why the text is no query, '' = it is one. */
  readonly fault: Ref<string>
  readonly found: ShallowRef<readonly Found[]>
  readonly unclear: Ref<number>
  /** Topics whose value is known so far: a result is about these and no others. */
  readonly told: Ref<number>
  readonly reader: ColumnReader
  /** Age and source of the oldest batch, null before the first. */
  readonly oldest: ShallowRef<{ readonly readAt: number; readonly broker: number } | null>
  run(text: string): void
}

/** One search over all topics at a time. A search that came with the address waits for the first picture, which has the names. */
export function useConfigSearch(): ConfigSearch {
  const say = useSay()
  const { view } = storeToRefs(useClusterStore())
  const reader = useColumnReader()
  const text = ref('')
  const query = shallowRef<ConfigQuery | null>(null)
  const fault = ref('')
  const found = shallowRef<readonly Found[]>([])
  const unclear = ref(0)
  const oldest = shallowRef<{ readonly readAt: number; readonly broker: number } | null>(null)

  function begin(wanted: ConfigQuery, names: readonly string[]): void {
    const take = (column: ConfigColumn): void => {
      const more = foundIn(wanted, column)
      found.value = [...found.value, ...more.rows]
      unclear.value += more.unclear
      if (column.broker >= 0) oldest.value ??= column
    }
    void reader.read(wanted.key, names, take, true)
  }
  function run(next: string): void {
    const parsed = parseQuery(next)
    fault.value = parsed.ok ? '' : say.value.t(`config.${parsed.fault}`, parsed.named)
    if (!parsed.ok) return
    text.value = next.trim()
    query.value = parsed.query
    found.value = []
    unclear.value = 0
    oldest.value = null
    const names = view.value?.frame.topics.names
    if (names !== undefined) {
      begin(parsed.query, names)
      return
    }
    const stop = watch(view, (first) => {
      if (first === null) return
      stop()
      if (query.value === parsed.query) begin(parsed.query, first.frame.topics.names)
    })
  }
  const told = computed(() => {
    const untold = reader.troubles.value.reduce((sum, { topics }) => sum + topics, 0)
    return Math.max(0, reader.done.value - untold - unclear.value)
  })
  return { text, query, fault, found, unclear, told, reader, oldest, run }
}
