import { MAX_PLAN_TOPICS } from '@contract/change'
import { storeToRefs } from 'pinia'
import { useRouter } from 'vue-router'
import { useClusterStore } from '../../stores/cluster'
import { useTopicSelectionStore } from '../../stores/topic-selection'
import type { MenuEntry } from '../../ui/menu-offers'
import { useCopy } from '../common/use-copy'
import { useSay } from '../common/use-say'
import type { ListMenu } from './list-menu'
import { useDeeds } from './use-deeds'

/** What can be done in a list of topics: with one, and with several at once. `setting`: which one the list is about. */
export function useTopicMenu(name: (id: number) => string, setting: () => string = () => ''): ListMenu {
  const say = useSay()
  const router = useRouter()
  const deeds = useDeeds()
  const copy = useCopy()
  const { cluster } = storeToRefs(useClusterStore())
  const selection = useTopicSelectionStore()

  function edit(topics: readonly string[]): void {
    selection.choose(cluster.value?.id ?? '', topics, setting())
    void router.push({ name: 'config-many' })
  }
  return {
    keyOf: name,
    menu: (id) => deeds.all({ kind: 'topic', topic: name(id) }),
    menuOf(ids) {
      const { t, f } = say.value
      const topics = ids.map(name)
      const entry = (id: string, text: string, run: () => unknown, why = ''): MenuEntry => ({
        id,
        text,
        keys: '',
        why,
        run,
      })
      const n = f.count(topics.length)
      const tooMany = t('config.many.tooMany', { max: f.count(MAX_PLAN_TOPICS) })
      const compare = { name: 'config-compare', query: { a: topics[0], b: topics[1] } }
      return [
        entry(
          'edit-topics',
          t('config.many.edit', { n }, topics.length),
          () => edit(topics),
          topics.length > MAX_PLAN_TOPICS ? tooMany : '',
        ),
        ...(topics.length === 2 ? [entry('compare-topics', t('deeds.compare'), () => router.push(compare))] : []),
        ...deeds.plansOf(topics.map((topic) => ({ kind: 'topic', topic }))),
        entry('copy-names', t('deeds.copyNames'), () => copy(topics.join('\n'))),
      ]
    },
  }
}
