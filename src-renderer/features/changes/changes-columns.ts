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
    column('at', '150px'),
    column('state', '128px'),
    column('what', 'minmax(140px, 1.6fr)'),
    column('topics', 'minmax(110px, 1.4fr)'),
    ...(allClusters ? [column('cluster', 'minmax(80px, 0.8fr)')] : []),
    column('who', '84px'),
    column('risk', '72px'),
    column('result', '90px', true),
    column('undo', '84px'),
  ]
}
