import type { Incident } from '@contract/history'
import { isoTime } from '@shared/incident-files'
import { STATE_NAMES } from '@shared/states'
import type { ExportTable } from '../../stores/screen'

/** The incidents on screen, a row each. */
export const incidentsExport = (incidents: readonly Incident[]): ExportTable => ({
  name: 'incidents',
  columns: [
    'incident',
    'beganAfter',
    'beganBy',
    'endedAfter',
    'endedBy',
    'worstState',
    'topics',
    'brokers',
    'leftIsr',
    'leftIsrLate',
    'elections',
    'lostAtLeast',
    'unread',
    'reopened',
    'announcedBy',
  ],
  rows: incidents.map((one) => [
    one.id,
    isoTime(one.began.from),
    isoTime(one.began.to),
    isoTime(one.ended.from),
    isoTime(one.ended.to),
    STATE_NAMES[one.worst] ?? null,
    one.topicCount,
    one.brokers.join(' '),
    one.left,
    one.leftLate,
    one.elections,
    one.lostAtLeast,
    one.unread,
    one.reopened,
    one.planned?.by ?? null,
  ]),
})
