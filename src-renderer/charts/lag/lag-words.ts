import type { ChartTwin } from '../../ui/chart-twin'
import type { TimeSpan } from './lag-lines'
import type { LagTwin } from './lag-twin'

/** All words of the lag chart; charts know no language. */
export interface LagTexts {
  line(id: number): string
  value(value: number): string
  /** At the end of a line: who, and its newest value; NaN may have a reason. */
  end(line: number, value: number): string
  /** The same where its newest value is not known: what was known last, and when. */
  endOld(line: number, value: number, at: number): string
  /** What was known of a line at a moment; NaN may have a reason. */
  then(line: number, value: number, at: number): string
  axis(value: number): string
  /** Under the axis, by its step. */
  clock(at: number, stepMs: number): string
  time(at: number): string
  ago(ms: number): string
  toggle(line: string): string
  hiddenLines(count: number): string
  /** Lines of the cursor or events that have no room. */
  more(count: number): string
  /** The axis begins with the first reading that is kept. */
  keptSince(at: number): string
  notWatched(gap: TimeSpan): string
  zoomed(shown: TimeSpan): string
  /** For those who hear it: a moment and what was so. */
  said(time: string, parts: readonly string[]): string
  happened(time: string, text: string): string
  /** `isAged`: of a line at a moment, whether what was known of it was of an earlier reading. */
  twin(figures: LagTwin, isAged: (line: number, at: number) => boolean): ChartTwin
  readonly whole: string
  readonly label: string
  readonly window: string
  readonly unknown: string
  readonly empty: string
}
