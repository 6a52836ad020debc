/** What the ladder draws: words come composed, places as shares (0 … 1) of the ruler; NaN = unknown. */
export interface LadderRow {
  readonly broker: number
  readonly leader: boolean
  readonly rack: string
  readonly role: string
  readonly membership: string
  readonly inSync: boolean
  readonly notes: string
  readonly hint: string
  readonly share: number
  readonly tone: 'accent' | 'lagging' | 'under-replicated' | 'unknown'
}

export interface LadderView {
  readonly rows: readonly LadderRow[]
  readonly highWatermark: number
  readonly highWatermarkText: string
  /** `text` '' = a small tick. */
  readonly ticks: readonly { readonly share: number; readonly text: string }[]
}
