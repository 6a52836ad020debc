import type { KeptEvent } from '@contract/history'
import type { JournalEntry } from '@contract/journal'
import type { Line, Range, Stretch } from '../../charts/timeline/view'
import type { ExportCell, ExportTable } from '../../stores/screen'
import { isoTime } from '@shared/incident-files'

interface Parts {
  readonly name: string
  readonly range: Range
  readonly events: readonly KeptEvent[]
  readonly entries: readonly JournalEntry[]
  readonly gaps: readonly Stretch[]
  readonly lines: readonly Line[]
}

/** What is seen in detail, in the order of time: events, own changes, times that were not watched, and each figure; null = not known. */
export function timelineExport({ name, range, events, entries, gaps, lines }: Parts): ExportTable {
  const seen = ({ from, to }: { readonly from: number; readonly to: number }): boolean =>
    to >= range.from && !(from > range.until)
  const known = (figure: number): ExportCell => (Number.isNaN(figure) ? null : figure)
  const id = (figure: number): ExportCell => (figure < 0 ? null : figure)
  const rows: { readonly at: number; readonly cells: readonly ExportCell[] }[] = [
    ...events.filter(seen).map((event) => ({
      at: event.to,
      cells: [
        'event',
        isoTime(event.from),
        isoTime(event.to),
        event.kind,
        event.cause,
        event.topic,
        id(event.partition),
        id(event.broker),
        id(event.other),
        id(event.epoch),
        event.text,
        event.before,
        event.after,
        null,
        id(event.toldBy),
      ],
    })),
    ...entries
      .filter(({ startedAt, lastAt }) => seen({ from: startedAt, to: lastAt }))
      .map(({ startedAt, lastAt, kind, state, topics, keys, reason }) => ({
        at: startedAt,
        cells: [
          'change',
          isoTime(startedAt),
          isoTime(lastAt),
          kind,
          state,
          topics.join(' '),
          null,
          null,
          null,
          null,
          keys.join(' '),
          '',
          reason,
          null,
          null,
        ],
      })),
    ...gaps.filter(seen).map((gap) => ({
      at: gap.from,
      cells: [
        'not watched',
        isoTime(gap.from),
        isoTime(gap.to),
        '',
        gap.text,
        '',
        null,
        null,
        null,
        null,
        '',
        '',
        '',
        null,
        null,
      ],
    })),
    ...lines.flatMap((line) =>
      line.at.flatMap((at, index) =>
        seen({ from: at, to: at + line.resolutionMs })
          ? [
              {
                at,
                cells: [
                  'figure',
                  isoTime(at),
                  isoTime(at + line.resolutionMs),
                  line.key,
                  line.label,
                  '',
                  null,
                  null,
                  null,
                  null,
                  '',
                  '',
                  '',
                  known(line.values[index]!),
                  null,
                ],
              },
            ]
          : [],
      ),
    ),
  ]
  return {
    name,
    columns: [
      'row',
      'from',
      'to',
      'kind',
      'cause',
      'topic',
      'partition',
      'broker',
      'other',
      'epoch',
      'text',
      'before',
      'after',
      'figure',
      'toldBy',
    ],
    rows: rows.sort((a, b) => a.at - b.at).map(({ cells }) => cells),
  }
}
