/** A timeline as a table, for those who hear the page. Pure. */
import type { Fill, Line, Range, TimelineView } from '../../charts/timeline/view'
import type { ChartTwin } from '../../ui/chart-twin'
import type { Say } from '../common/say'
import { counted } from '../common/say'
import { outsideOf, stretchTwin, type TwinStretch } from '../common/stretch-twin'

const WEIGHT: Readonly<Record<Fill, number>> = {
  healthy: 0,
  maybe: 2,
  unknown: 2,
  lagging: 3,
  'under-replicated': 4,
  'at-min-isr': 5,
  'under-min-isr': 6,
  offline: 7,
}
const [LEADS, OWN, WHOLE] = [1, 8, 9]

interface TwinOfTimeline {
  readonly name: string
  readonly range: Range
  /** Up to when something is known, and the time now. */
  readonly readAt: number
  readonly madeAt: number
  /** What stands in place of lag where none is kept; '' = the chart draws none. */
  readonly nothing: string
}

/** `view` as it is drawn. What others did or what happened stands in the list of events and is only counted here. */
export function timelineTwin(
  say: Say,
  { rows, lines, gaps, shades }: TimelineView,
  { name, range, readAt, madeAt, nothing }: TwinOfTimeline,
): ChartTwin {
  const all = say.t('timeline.twin.all')
  const bands = rows.flatMap(({ label, parts, reigns, marks }): TwinStretch[] => [
    ...parts.flatMap((part) =>
      outsideOf(part, gaps).map(({ from, to, fill, text }) => ({
        who: label,
        what: text,
        from,
        to,
        weight: WEIGHT[fill],
      })),
    ),
    ...reigns.flatMap((reign) =>
      outsideOf(reign, gaps).map(({ from, to, text }) => ({ who: label, what: text, from, to, weight: LEADS })),
    ),
    ...marks.filter(({ own }) => own).map(({ from, to, text }) => ({ who: label, what: text, from, to, weight: OWN })),
  ])
  const events = rows
    .flatMap(({ marks }) => marks)
    .filter(({ own, from, to }) => !own && to >= range.from && from <= range.until).length
  const over = [...gaps, ...shades].map(({ from, to, text }) => ({ who: all, what: text, from, to, weight: WHOLE }))
  const lag = lines.flatMap((line) => lagOf(say, line, range))
  return stretchTwin(say, [...over, ...bands, ...lag], {
    name,
    source: 'kept',
    span: range,
    readAt,
    madeAt,
    notes: [events > 0 ? counted(say, 'timeline.twin.events', events) : '', lag.length === 0 ? nothing : ''],
  })
}

/** Its highest in the time that is shown, and when it was not known. */
function lagOf(say: Say, { label, at, values, resolutionMs }: Line, { from, until }: Range): readonly TwinStretch[] {
  const who = say.t('timeline.twin.lag', { who: label })
  const seen = at.flatMap((time, index) =>
    time + resolutionMs > from && time <= until ? [{ from: time, to: time + resolutionMs, value: values[index]! }] : [],
  )
  const known = seen.filter(({ value }) => !Number.isNaN(value))
  const unknown: { from: number; to: number }[] = []
  for (const { from: began, to, value } of seen) {
    if (!Number.isNaN(value)) continue
    const last = unknown.at(-1)
    if (last !== undefined && began - last.to <= resolutionMs / 2) last.to = to
    else unknown.push({ from: began, to })
  }
  const most = known.reduce<(typeof known)[number] | undefined>(
    (best, one) => (best === undefined || one.value > best.value ? one : best),
    undefined,
  )
  return [
    ...(most === undefined
      ? []
      : [
          {
            who,
            what: say.t('timeline.twin.most', { value: counted(say, 'timeline.behind', Math.round(most.value)) }),
            from: most.from,
            to: most.to,
            weight: WHOLE,
          },
        ]),
    ...unknown.map((time) => ({ ...time, who, what: say.t('timeline.lagUnknown'), weight: WEIGHT.unknown })),
  ]
}
