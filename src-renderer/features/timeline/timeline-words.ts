/** What a timeline says of itself and of a moment. Pure. */
import type { KeptEvent } from '@contract/history'
import { printable } from '@shared/printable'
import type { Line, Range, Row, Stretch } from '../../charts/timeline/view'
import type { Say } from '../common/say'
import { counted, sentences } from '../common/say'
import { eventWords } from '../history/event-words'
import type { Subject } from './subject'

/** Events that stand so close to a time, as a share of what is seen, are named with it. */
const NEAR = 0.008
const NAMED = 4

export function subjectWords(say: Say, subject: Subject, cluster: string): string {
  switch (subject.kind) {
    case 'partition':
      return printable(`${subject.topic} / ${subject.partition}`)
    case 'topic':
      return printable(subject.topic)
    case 'broker':
      return say.t('timeline.broker', { broker: subject.broker })
    case 'cluster':
      return cluster
  }
}

/** Where of what stands in a list of many partitions. */
export const placeWords = ({ topic, partition }: KeptEvent): string =>
  topic === '' ? '' : printable(partition < 0 ? topic : `${topic} / ${partition}`)

const overlap = (a: { from: number; to: number }, gaps: readonly Stretch[]): number =>
  gaps.reduce((sum, gap) => sum + Math.max(0, Math.min(a.to, gap.to) - Math.max(a.from, gap.from)), 0)

/** How long replicas were out of the ISR while somebody watched, longest first; of the rows of a partition. */
export function outWords(say: Say, rows: readonly Row[], gaps: readonly Stretch[]): string {
  const outs = rows
    .filter(({ key }) => key.startsWith('replica '))
    .map(({ label, parts }) => ({
      label,
      ms: parts
        .filter(({ fill }) => fill === 'under-replicated')
        .reduce((sum, part) => sum + part.to - part.from - overlap(part, gaps), 0),
    }))
  if (outs.length === 0) return ''
  const worst = outs.filter(({ ms }) => ms > 0).sort((a, b) => b.ms - a.ms)
  if (worst.length === 0) return say.t('timeline.neverOut')
  return sentences(
    say,
    worst.slice(0, 3).map(({ label, ms }) => say.t('timeline.wasOut', { who: label, duration: say.f.seconds(ms) })),
  )
}

export function countWords(say: Say, events: readonly KeptEvent[] | null, incidents: number, more: boolean): string {
  if (events === null) return ''
  return sentences(say, [
    more
      ? say.t('timeline.manyEvents', { n: say.f.count(events.length) })
      : counted(say, 'timeline.events', events.length),
    incidents === 0 ? '' : counted(say, 'timeline.incidents', incidents),
  ])
}

interface MomentParts {
  readonly rows: readonly Row[]
  readonly lines: readonly Line[]
  readonly gaps: readonly Stretch[]
  readonly shades: readonly Stretch[]
  readonly events: readonly KeptEvent[]
  readonly figure: (value: number) => string
}

/** The time, then what was so: bands, lag, what happened close by. Where nobody watched that alone is said. */
export function momentWords(say: Say, at: number, parts: MomentParts, range: Range, now: number): readonly string[] {
  const holds = ({ from, to }: { from: number; to: number }): boolean => from <= at && at < to
  const head = say.f.time(at, now)
  const near = (range.until - range.from) * NEAR
  const close = parts.events.filter(({ from, to }) => (Number.isNaN(from) ? to : from) - near <= at && at <= to + near)
  const named = close.slice(-NAMED).map((event) => {
    const where = placeWords(event)
    return where === '' ? eventWords(say, event) : say.t('timeline.eventAt', { where, what: eventWords(say, event) })
  })
  const rest = close.length - named.length
  const told = [...named, ...(rest > 0 ? [counted(say, 'timeline.moreHere', rest)] : [])]
  const gap = parts.gaps.find(holds)
  if (gap !== undefined) return [head, gap.text, ...told]
  const bands = parts.rows.flatMap((row) => {
    const words = [row.parts.find(holds)?.text ?? '', row.reigns.find(holds)?.text ?? ''].filter((text) => text !== '')
    return words.length === 0 ? [] : [say.t('timeline.rowSays', { row: row.label, what: words.join(' · ') })]
  })
  const lags = parts.lines.flatMap((line) => {
    const index = line.at.findLastIndex((time) => time <= at)
    if (index < 0 || at >= line.at[index]! + line.resolutionMs) return []
    // A leader is behind nobody.
    if (parts.rows.some(({ label, reigns }) => label === line.label && reigns.some(holds))) return []
    const value = line.values[index]!
    const what = Number.isNaN(value) ? say.t('timeline.lagUnknown') : parts.figure(value)
    return [say.t('timeline.rowSays', { row: line.label, what })]
  })
  return [head, ...parts.shades.filter(holds).map(({ text }) => text), ...bands, ...lags, ...told]
}
