import type { LagSeries } from '@contract/live'

/** The words in the picture; charts know no language. */
export interface LagWords {
  line(id: number): string
  event(kind: LagSeries['events'][number]['kind'], line: number): string
  value(value: number): string
  /** The newest value of a line; NaN may have a reason. */
  newest(line: number, value: number): string
  axis(value: number): string
  minutesAgo(minutes: number): string
  time(at: number): string
  readonly window: string
  readonly unknown: string
}

/** And those around it: legend and text twin. */
export interface LagTexts extends LagWords {
  summary(line: string, now: string, max: string): string
  toggle(line: string): string
  hiddenLines(count: number): string
  readonly empty: string
  readonly table: string
  readonly timeHeading: string
}
