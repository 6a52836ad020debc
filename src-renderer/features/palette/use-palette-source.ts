import { storeToRefs } from 'pinia'
import type { ComputedRef } from 'vue'
import { computed } from 'vue'
import { useWords } from '../common/use-words'
import { useClusterStore } from '../../stores/cluster'
import type { PaletteItem, PaletteSource } from './palette-search'

export interface PaletteAction {
  readonly action: string
  readonly text: string
  readonly keys: string
}

/** Everything the palette can lead to in the open cluster. Names are read once per topology. */
export function usePaletteSource(actions: () => readonly PaletteAction[]): ComputedRef<PaletteSource> {
  const { t } = useWords()
  const { view, summary } = storeToRefs(useClusterStore())
  const topics = computed(() => view.value?.frame.topics ?? null)
  const names = computed(() => topics.value?.names ?? [])
  const lower = computed(() => names.value.map((name) => name.toLowerCase()))
  const item = (id: string, target: PaletteItem['target'], text: string, note: string, keys = ''): PaletteItem => ({
    id,
    target,
    text,
    note,
    keys,
  })
  return computed(() => ({
    actions: actions().map(({ action, text, keys }) =>
      item(`a ${action}`, { kind: 'action', action }, text, t('palette.action'), keys),
    ),
    brokers: (summary.value?.brokers ?? []).map(({ id, rack, host }) =>
      item(
        `b ${id}`,
        { kind: 'broker', broker: id },
        t('palette.brokerText', { broker: id, where: [rack, host].filter((part) => part !== null).join(' · ') }),
        t('palette.broker'),
      ),
    ),
    topics: names.value,
    lower: lower.value,
    partitionsOf: (index) => (topics.value === null ? 0 : topics.value.start[index + 1]! - topics.value.start[index]!),
    topicItem: (name) => item(`t ${name}`, { kind: 'topic', topic: name }, name, t('palette.topic')),
    partitionItem: (name, partition) =>
      item(
        `p ${name} ${partition}`,
        { kind: 'partition', topic: name, partition },
        `${name} / ${partition}`,
        t('palette.partition'),
      ),
  }))
}
