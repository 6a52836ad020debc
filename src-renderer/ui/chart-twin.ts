/** What a chart draws, as a table: for those who hear the page, and for those who want its figures. Composed by who knows the language. */
export interface ChartTwin {
  /** What the figures are of. */
  readonly name: string
  /** Who told them, of which time they are, and how old the newest one is. */
  readonly basis: string
  readonly columns: readonly string[]
  /** A cell for each column; the first one names the row. */
  readonly rows: readonly { readonly key: string; readonly cells: readonly string[] }[]
  /** What is left out, and what else is drawn. */
  readonly notes: readonly string[]
  /** On the button that brings it on screen, and on the one that takes it away. */
  readonly show: string
  readonly close: string
}
