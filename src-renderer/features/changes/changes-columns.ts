import type { TableColumn } from '../../ui/table-column'
import type { Say } from '../common/say'

/** Columns of the list of changes; the cluster only where there is more than one, who did it where there is room: it is told on the change's page, too. */
export function changesColumns(say: Say, allClusters: boolean, isNarrow: boolean): TableColumn[] {
  const { t } = say
  return [
    { key: 'at', label: t('journal.column.at'), width: '128px', hint: t('journal.hint.at') },
    { key: 'state', label: t('journal.column.state'), width: '128px' },
    { key: 'what', label: t('journal.column.what'), width: 'minmax(126px, 3fr)' },
    { key: 'topics', label: t('journal.column.topics'), width: 'minmax(104px, 1.2fr)' },
    ...(allClusters ? [{ key: 'cluster', label: t('journal.column.cluster'), width: 'minmax(84px, 0.8fr)' }] : []),
    ...(isNarrow ? [] : [{ key: 'who', label: t('journal.column.who'), width: '76px', hint: t('journal.hint.who') }]),
    { key: 'risk', label: t('journal.column.risk'), width: '70px', hint: t('journal.hint.risk') },
    { key: 'result', label: t('journal.column.result'), width: '98px', align: 'end', hint: t('journal.hint.result') },
    { key: 'undo', label: t('journal.column.undo'), width: '84px' },
  ]
}
