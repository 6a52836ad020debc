import type { PartitionName } from '@contract/ipc'
import { useCopy } from '../common/use-copy'
import { useSay } from '../common/use-say'
import type { ListMenu } from './list-menu'
import { useDeeds } from './use-deeds'

/** What can be done in a list of partitions: with one, and with several at once. */
export function usePartitionMenu(of: (id: number) => PartitionName): ListMenu {
  const say = useSay()
  const deeds = useDeeds()
  const copy = useCopy()
  const keyOf = (id: number): string => `${of(id).topic}-${of(id).partition}`
  const thing = (id: number) => ({ kind: 'partition', ...of(id) }) as const
  return {
    keyOf,
    menu: (id) => deeds.all(thing(id)),
    menuOf: (ids) => [
      ...deeds.plansOf(ids.map(thing)),
      {
        id: 'copy-names',
        text: say.value.t('deeds.copyNames'),
        keys: '',
        why: '',
        run: () => copy(ids.map(keyOf).join('\n')),
      },
    ],
  }
}
