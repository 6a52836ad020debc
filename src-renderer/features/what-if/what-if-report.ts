/** The whole answer as text for a ticket or a chat, and as a table for a file. */
import type { ClusterSummary } from '@contract/summary'
import type { WhatIf } from '@contract/what-if'
import type { ExportTable } from '../../stores/screen'
import type { Say } from '../common/say'
import {
  coordinatorOf,
  figuresOf,
  headlineOf,
  meaningOf,
  movesOf,
  partitionsOf,
  quorumOf,
  unknownsOf,
} from './what-if-words'

/** Lines of the text: all partitions that the answer names. */
const ALL = Number.POSITIVE_INFINITY

export function reportText(say: Say, answer: WhatIf, summary: ClusterSummary, now: number): string {
  const topics = answer.topics
    .filter((one) => one.loses + one.offline + one.refuses + one.unknown > 0)
    .map((one) => `  ${one.topic}: ${partitionsOf(say, one, ALL)} (${meaningOf(say, one)})`)
  const moves = answer.moves.map(({ from, to, partitions }) => `  ${from} → ${to}: ${say.f.count(partitions)}`)
  const more = [quorumOf(say, answer), ...answer.coordinators.map((one) => coordinatorOf(say, one))]
  return [
    headlineOf(say, answer, summary),
    figuresOf(say, answer, now),
    ...topics,
    ...(moves.length === 0 ? [] : [say.t('whatIf.moves.heading'), ...moves]),
    ...more.filter((line) => line !== ''),
    ...unknownsOf(say, answer, summary),
  ].join('\n')
}

const COLUMNS = [
  'topic',
  'partitions',
  'losesRecords',
  'offline',
  'refusesAcksAll',
  'oneLossAway',
  'leadersMove',
  'minIsrUnknown',
  'byDesign',
  'named',
  'moves',
]

export function whatIfExport(say: Say, answer: WhatIf): ExportTable {
  return {
    name: `what-if-${answer.brokers.join('-')}`.slice(0, 100),
    columns: COLUMNS,
    rows: answer.topics.map((one) => [
      one.topic,
      one.partitions,
      one.loses,
      one.offline,
      one.refuses,
      one.oneLossAway,
      one.moves,
      one.unknown,
      one.byDesign,
      partitionsOf(say, one, ALL),
      movesOf(say, one, ALL),
    ]),
  }
}
