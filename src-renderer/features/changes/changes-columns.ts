import type { TableColumn } from '../../ui/table-column'
import type { Say } from '../common/say'

const HINTED = new Set(['at', 'result', 'who', 'risk'])

/** Columns of the list of changes; the cluster only where there is more than one. */
export function changesColumns(say: Say, allClusters: boolean): TableColumn[] {
  const column = (key: string, width: string, end = false): TableColumn => ({
    key,
    label: say.t(`journal.column.${key}`),
    width,
    align: end ? 'end' : 'start',
    ...(HINTED.has(key) ? { hint: say.t(`journal.hint.${key}`) } : {}),
  })
  return [
    column('at', '128px'),
    column('state', '128px'),
    column('what', 'minmax(126px, 1.8fr)'),
    column('topics', 'minmax(104px, 1.2fr)'),
    ...(allClusters ? [column('cluster', 'minmax(84px, 0.8fr)')] : []),
    column('who', '76px'),
    column('risk', '70px'),
    column('result', '98px', true),
    column('undo', '84px'),
  ]
}
