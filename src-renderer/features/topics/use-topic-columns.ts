import type { Ref } from 'vue'
import { computed } from 'vue'
import { useWords } from '../common/use-words'
import type { TableColumn } from '../../ui/table-column'

/** The columns of the Topics table; all but the name can be put away for this run (`hidden` holds their keys). */
export function useTopicColumns(hidden: Ref<string[]>): { all: Ref<TableColumn[]>; columns: Ref<TableColumn[]> } {
  const { t } = useWords()
  const all = computed<TableColumn[]>(() => [
    { key: 'topic', label: t('topics.column.topic'), width: 'minmax(180px, 1fr)', sortable: true },
    { key: 'state', label: t('topics.column.state'), width: '146px', sortable: true, hint: t('topics.hint.state') },
    { key: 'partitions', label: t('topics.column.partitions'), width: '84px', align: 'end', sortable: true },
    {
      key: 'factor',
      label: t('topics.column.factor'),
      width: '52px',
      align: 'end',
      sortable: true,
      hint: t('topics.hint.factor'),
    },
    {
      key: 'minIsr',
      label: t('topics.column.minIsr'),
      width: '72px',
      align: 'end',
      sortable: true,
      hint: 'min.insync.replicas',
    },
    { key: 'source', label: t('topics.column.source'), width: '128px', hint: t('topics.hint.source') },
    {
      key: 'under',
      label: t('topics.column.under'),
      width: '122px',
      align: 'end',
      sortable: true,
      hint: t('topics.hint.under'),
    },
    {
      key: 'lag',
      label: t('topics.column.lag'),
      width: '84px',
      align: 'end',
      sortable: true,
      hint: t('topics.hint.lag'),
    },
  ])
  const columns = computed(() => all.value.filter((column) => !hidden.value.includes(column.key)))
  return { all, columns }
}
