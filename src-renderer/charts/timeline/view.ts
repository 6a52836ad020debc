/** What a timeline is drawn from: plain data, times in ms since 1970, words from the page. */

/** State names are those of the design tokens. */
export type Fill =
  'healthy' | 'lagging' | 'under-replicated' | 'at-min-isr' | 'under-min-isr' | 'offline' | 'maybe' | 'unknown'

export interface Part {
  readonly from: number
  readonly to: number
  readonly fill: Fill
  /** Drawn where there is room. */
  readonly text: string
}

/** A bar at the foot of a band. */
export interface Reign {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** Something that happened between two times: a bar as long as that, or where they are one look apart a sign at the second. */
export interface Mark {
  readonly from: number
  readonly to: number
  readonly shape: 'diamond' | 'dot'
  readonly own: boolean
  readonly text: string
}

export interface Row {
  readonly key: string
  readonly label: string
  readonly sub: string
  readonly parts: readonly Part[]
  readonly reigns: readonly Reign[]
  readonly marks: readonly Mark[]
}

export interface Line {
  readonly key: string
  readonly label: string
  readonly at: readonly number[]
  /** As long as `at`; NaN = not known. */
  readonly values: readonly number[]
  /** A point is of the span from its time to so much later; two that lie further apart are not joined. */
  readonly resolutionMs: number
}

export interface Stretch {
  readonly from: number
  readonly to: number
  readonly text: string
}

export interface TimelineView {
  readonly rows: readonly Row[]
  readonly lines: readonly Line[]
  /** Not watched: hatched, over everything. */
  readonly gaps: readonly Stretch[]
  /** Incidents. */
  readonly shades: readonly Stretch[]
  /** As far as anything was seen: nothing is drawn of what comes after. */
  readonly until: number
}

export interface Tick {
  readonly at: number
  readonly text: string
}

export interface Range {
  readonly from: number
  readonly until: number
}
