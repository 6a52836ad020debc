import type { ConfigEdit } from '@contract/change'
import type { ConfigValue } from '@contract/config'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import { computed, ref, shallowRef } from 'vue'
import { useClusterStore } from '../../../stores/cluster'
import { useConfigEditsStore } from '../../../stores/config-edits'
import type { Edits } from './config-edit'
import { editOf, removalOf, withEdit } from './config-edit'
import type { Parsed } from '../values/parse-amount'

export interface TopicEdits {
  readonly edits: ComputedRef<Edits>
  /** Key whose input is open, '' = none. */
  readonly editing: Ref<string>
  readonly raw: Ref<boolean>
  readonly parsed: ShallowRef<Parsed | null>
  begin(value: ConfigValue, raw: boolean): void
  /** Stored text the input begins with. */
  startOf(value: ConfigValue): string
  /** Takes what is typed; answers false while it cannot be read. */
  done(value: ConfigValue): boolean
  /** The focus went elsewhere: as `done`, but where nothing was typed nothing is edited, and nothing inherited is pinned. */
  leave(value: ConfigValue): void
  cancel(): void
  remove(value: ConfigValue): void
  revert(key: string): void
  /** Answers what was put away, for the way back. */
  discard(): Edits
  restore(edits: Edits): void
}

/** The edits of one topic and the input that is open. States of a key: as it is → input open → edited (set or removed). */
export function useTopicEdits(topic: () => string): TopicEdits {
  const cluster = useClusterStore()
  const store = useConfigEditsStore()
  const id = (): string => cluster.cluster?.id ?? ''
  const edits = computed<Edits>(() => store.of(id(), topic()))
  const editing = ref('')
  const raw = ref(false)
  const parsed = shallowRef<Parsed | null>(null)
  const put = (key: string, edit: ConfigEdit | null): void => store.put(id(), topic(), withEdit(edits.value, key, edit))
  const cancel = (): void => {
    editing.value = ''
    parsed.value = null
  }
  const startOf = (value: ConfigValue): string => edits.value[value.name]?.value ?? value.value ?? ''
  const done = (value: ConfigValue): boolean => {
    if (parsed.value?.ok !== true) return false
    put(value.name, editOf(value, parsed.value.raw))
    cancel()
    return true
  }
  return {
    edits,
    editing,
    raw,
    parsed,
    cancel,
    startOf,
    done,
    leave(value) {
      if (parsed.value?.ok === true && parsed.value.raw === startOf(value)) cancel()
      else done(value)
    },
    begin(value, asRaw) {
      parsed.value = null
      raw.value = asRaw
      editing.value = value.name
    },
    remove(value) {
      cancel()
      put(value.name, removalOf(value))
    },
    revert: (key) => put(key, null),
    discard() {
      cancel()
      const before = edits.value
      store.put(id(), topic(), {})
      return before
    },
    restore: (before) => store.put(id(), topic(), before),
  }
}
