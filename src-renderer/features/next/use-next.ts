import type { TopicConfigView } from '@contract/config'
import { SOURCE_TOPIC } from '@contract/config'
import { accessOf } from '@shared/shell-words'
import { storeToRefs } from 'pinia'
import type { ComputedRef } from 'vue'
import { computed, shallowRef, watch } from 'vue'
import { useBridge } from '../../bridge/bridge'
import { useClusterStore } from '../../stores/cluster'
import { useCommands } from '../common/use-commands'
import { usePacedView } from '../common/use-paced-view'
import { useSay } from '../common/use-say'
import type { TopicTold } from './cures'
import { curesOf } from './cures'
import type { NextButton } from './next-buttons'
import { brokerButtons, nextButtons, partitionButtons, topicButtons } from './next-buttons'

/** The settings of so many topics are read ahead of a press, for the right to change them and for what they have set. */
const MOST_READ = 5
/** Of a large cluster the cures are looked for this often at most. */
const SLOW_MS = 2_000

const toldBy = ({ mayAlter, values }: TopicConfigView): TopicTold => ({
  mayAlter,
  overrides: new Set(values.filter(({ source }) => source === SOURCE_TOPIC).map(({ name }) => name)),
})

/** The page that asks. */
export type NextOf =
  | { readonly kind: 'cluster' }
  | { readonly kind: 'topic'; readonly topic: string }
  | { readonly kind: 'partition'; readonly topic: string; readonly partition: number }
  | { readonly kind: 'broker'; readonly broker: number }

/** What can be done now about what is on screen; anew with every picture, of a large one every other second. Settings of the few topics concerned are read once each. */
export function useNext(of: () => NextOf = () => ({ kind: 'cluster' })): ComputedRef<readonly NextButton[]> {
  const say = useSay()
  const { calls } = useBridge()
  const commands = useCommands()
  const { cluster, status } = storeToRefs(useClusterStore())
  const view = usePacedView(SLOW_MS)
  const told = shallowRef<ReadonlyMap<string, TopicTold>>(new Map())
  const asked = new Set<string>()

  async function read(id: string, name: string): Promise<void> {
    const answer = await calls['config:topic']({ cluster: id, topic: name, again: false })
    if (answer.ok && answer.value.error === 0 && cluster.value?.id === id)
      told.value = new Map(told.value).set(name, toldBy(answer.value))
  }
  const concerned = computed(() => {
    const page = of()
    if (view.value === null || page.kind === 'broker') return []
    return curesOf(view.value, page.kind === 'cluster' ? {} : { topic: page.topic }).flatMap(({ kind, topics }) =>
      topics.slice(0, MOST_READ).map((one) => ({ topic: one.topic, what: `${kind} ${one.topic}` })),
    )
  })
  watch(
    () => cluster.value?.id,
    () => {
      asked.clear()
      told.value = new Map()
    },
  )
  // A cure that comes again is judged anew: its topic may have other settings by then.
  watch(
    () => concerned.value.map(({ what }) => what).join('\n'),
    () => {
      const now = new Set(concerned.value.map(({ what }) => what))
      for (const what of asked) if (!now.has(what)) asked.delete(what)
      for (const { topic: name, what } of concerned.value) {
        if (asked.has(what) || cluster.value === null) continue
        asked.add(what)
        void read(cluster.value.id, name)
      }
    },
    { immediate: true },
  )
  return computed(() => {
    if (view.value === null || cluster.value === null) return []
    const input = {
      view: view.value,
      access: accessOf(cluster.value),
      commands: commands.value,
      told: told.value,
      live: status.value?.phase === 'live' || status.value?.phase === 'paused',
    }
    const page = of()
    switch (page.kind) {
      case 'cluster':
        return nextButtons(say.value, input)
      case 'topic':
        return topicButtons(say.value, input, page.topic)
      case 'partition':
        return partitionButtons(say.value, input, page.topic, page.partition)
      case 'broker':
        return brokerButtons(say.value, input, page.broker)
    }
  })
}
