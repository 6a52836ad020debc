import { CONFIG_KEYS } from '@shared/config-keys'
import { storeToRefs } from 'pinia'
import type { ComputedRef } from 'vue'
import { computed } from 'vue'
import { counted } from '../common/say'
import { useSay } from '../common/use-say'
import { useClusterStore } from '../../stores/cluster'
import { calledAction, calledSetting } from './called'
import type { PaletteGroupName, PaletteItem, PaletteSource } from './palette-item'
import { partitionId, topicId, topicOfId } from './palette-item'
import { usePaletteTopics } from './use-palette-topics'

export interface PaletteAction {
  /** What it is called in `called.ts`, and by whoever runs it. */
  readonly action: string
  readonly text: string
  readonly keys: string
  readonly group: PaletteGroupName
  /** Why it cannot be done now, '' = it can. */
  readonly why: string
}

/** Everything the palette can lead to. */
export function usePaletteSource(actions: () => readonly PaletteAction[]): ComputedRef<PaletteSource> {
  const say = useSay()
  const { cluster, summary } = storeToRefs(useClusterStore())
  const topics = usePaletteTopics()
  const item = (
    id: string,
    group: PaletteGroupName,
    target: PaletteItem['target'],
    text: string,
    more: Partial<Pick<PaletteItem, 'note' | 'keys' | 'words'>> = {},
  ): PaletteItem => ({ id, group, target, text, note: '', keys: '', words: '', ...more })

  const doable = computed(() =>
    actions().map(({ action, text, keys, group, why }) =>
      item(`a ${action}`, group, { kind: 'action', action }, text, { keys, note: why, words: calledAction(action) }),
    ),
  )
  const brokers = computed(() =>
    (summary.value?.brokers ?? []).map(({ id, rack, host }) =>
      item(
        `b ${id}`,
        'broker',
        { kind: 'broker', broker: id },
        say.value.t('palette.brokerText', {
          broker: id,
          where: [rack, host].filter((part) => part !== null).join(' · '),
        }),
      ),
    ),
  )
  const settings = computed(() =>
    cluster.value === null
      ? []
      : CONFIG_KEYS.map(({ name: key }) =>
          item(`s ${key}`, 'setting', { kind: 'setting', key }, key, {
            note: say.value.t('palette.settingNote'),
            words: calledSetting(key),
          }),
        ),
  )
  return computed(() => {
    const { names, lower, partitions, pastFrom, indexOf } = topics.value
    const items = [...doable.value, ...brokers.value, ...settings.value]
    const topicItem = (index: number): PaletteItem => {
      const topic = names[index]!
      return item(topicId(topic), 'topic', { kind: 'topic', topic }, topic, {
        note:
          index >= pastFrom
            ? say.value.t('palette.notNow')
            : counted(say.value, 'palette.partitions', partitions[index]!),
      })
    }
    const partitionItem = (index: number, partition: number): PaletteItem => {
      const topic = names[index]!
      const target = { kind: 'partition', topic, partition } as const
      return item(partitionId(topic, partition), 'partition', target, `${topic} / ${partition}`)
    }
    return {
      items,
      topics: names,
      lower,
      partitionsOf: (index) => partitions[index]!,
      topicItem,
      partitionItem,
      itemOf(id) {
        const named = topicOfId(id)
        if (named === null) return items.find((one) => one.id === id) ?? null
        const index = indexOf.get(named.topic)
        if (index === undefined) return null
        if (named.partition < 0) return topicItem(index)
        return named.partition < partitions[index]! ? partitionItem(index, named.partition) : null
      },
    }
  })
}
