import { provide } from 'vue'
import { counted } from './say'
import { keyText } from '../../stores/key-table'
import { TABLE_COPY } from '../../ui/table-copy'
import { useCopy } from './use-copy'
import { useSay } from './use-say'

/** Gives every table below its words, and the clipboard. */
export function provideTables(): void {
  const say = useSay()
  const copy = useCopy()
  const n = (count: number): string => say.value.f.count(count)
  provide(TABLE_COPY, {
    words: {
      copyCell: () => say.value.t('table.copyCell'),
      copyRows: (count) => counted(say.value, 'table.copyRows', count),
      copyRowsWithHead: (count) => counted(say.value, 'table.copyRowsWithHead', count),
      tooMany: (most) => say.value.t('table.tooMany', { max: n(most) }),
      chosen: (count) => say.value.t('table.chosen', { n: n(count) }),
      chooseNone: () => say.value.t('table.chooseNone'),
    },
    keys: { copyRows: keyText('copyRow'), chooseNone: keyText('leave') },
    copy: (text, rows) => copy(text, rows === 0 ? undefined : counted(say.value, 'table.copied', rows)),
  })
}
