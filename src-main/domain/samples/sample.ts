import { FIGURES } from '../../contract/kept-samples'
import type { Figure, FigureRow } from '../../contract/kept-samples'

/** What a cluster was like at a moment, or in the span that begins there. */
export interface ClusterSample {
  /** Ms since 1970. */
  readonly at: number
  /** Samples of a moment that went into it. */
  readonly samples: number
  readonly cluster: FigureRow
  readonly brokers: ReadonlyMap<number, FigureRow>
  /** Those with something to tell: a figure that is not 0. */
  readonly topics: ReadonlyMap<string, FigureRow>
}

const places = Object.fromEntries(FIGURES.map((figure, place) => [figure, place])) as Record<Figure, number>
/** Place of each figure in a FigureRow. */
export const PLACE: Readonly<Record<Figure, number>> = places

export const NO_FIGURES: FigureRow = FIGURES.map(() => 0)

/** NaN tells that something is not known. */
export const tells = (row: FigureRow): boolean => row.some((figure) => figure !== 0)
