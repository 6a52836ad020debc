import { storeToRefs } from 'pinia'
import type { ComputedRef } from 'vue'
import { computed } from 'vue'
import { useClockStore } from '../../stores/clock'
import { useClusterStore } from '../../stores/cluster'
import { keyText } from '../../stores/key-table'
import { useSettingsStore } from '../../stores/settings'
import { useSay } from '../common/use-say'
import { momentOfWords } from '../past/moment-text'
import { momentText } from '../past/past-words'
import type { PaletteItem } from './palette-item'

/** The moment of the past that a text names (`30 min ago`, `03:17`); null = none, or there is no cluster that had one. */
export function usePaletteMoment(text: () => string): ComputedRef<PaletteItem | null> {
  const say = useSay()
  const { now } = storeToRefs(useClockStore())
  const { cluster } = storeToRefs(useClusterStore())
  const { settings } = storeToRefs(useSettingsStore())
  return computed(() => {
    const at = cluster.value === null ? Number.NaN : momentOfWords(text(), now.value, settings.value.clock)
    if (Number.isNaN(at)) return null
    return {
      id: 'moment',
      group: 'moment',
      target: { kind: 'moment', at },
      text: say.value.t('past.asOf', { moment: momentText(say.value, at, now.value) }),
      note: '',
      keys: keyText('moment'),
      words: '',
    }
  })
}
