import { FIGURES } from '../../contract/kept-samples'
import type { FigureRow } from '../../contract/kept-samples'
import type { Sliced } from '../slices'
import { PLACE } from './sample'
import type { ClusterSample } from './sample'

const TOPICS_PER_PIECE = 500

/** Several samples of one subject as one: highest values, the mean of the rate, the sum of the ISR changes, each over what is known; NaN where nothing is. */
export class FigureFold {
  private readonly figures: number[] = FIGURES.map(() => Number.NaN)
  private rates = 0
  private rated = 0
  /** Samples that went in. */
  samples = 0

  add(row: FigureRow, samples: number): void {
    this.samples += samples
    for (let place = 0; place < FIGURES.length; place += 1) {
      const figure = row[place]!
      const before = this.figures[place]!
      if (Number.isNaN(figure)) continue
      if (place === PLACE.recordsPerSecond) {
        this.rates += figure * samples
        this.rated += samples
      } else if (Number.isNaN(before)) this.figures[place] = figure
      else this.figures[place] = place === PLACE.isrChanges ? before + figure : Math.max(before, figure)
    }
  }

  row(): FigureRow {
    const rate = this.rated === 0 ? Number.NaN : this.rates / this.rated
    return this.figures.map((figure, place) => (place === PLACE.recordsPerSecond ? rate : figure))
  }
}

const ZEROS: FigureRow = FIGURES.map(() => 0)

/** Samples of a cluster as one. */
export class SampleFold {
  private at = Number.NaN
  private samples = 0
  private readonly cluster = new FigureFold()
  private readonly brokers = new Map<number, FigureFold>()
  private readonly topics = new Map<string, FigureFold>()

  get isEmpty(): boolean {
    return this.samples === 0
  }

  *add(sample: ClusterSample): Sliced<void> {
    if (this.isEmpty) this.at = sample.at
    this.samples += sample.samples
    this.cluster.add(sample.cluster, sample.samples)
    for (const [id, row] of sample.brokers) foldOf(this.brokers, id).add(row, sample.samples)
    let piece = 0
    for (const [name, row] of sample.topics) {
      foldOf(this.topics, name).add(row, sample.samples)
      piece += 1
      if (piece % TOPICS_PER_PIECE === 0) yield
    }
  }

  /** Empty folds give no sample. */
  *taken(): Sliced<ClusterSample> {
    const topics = new Map<string, FigureRow>()
    for (const [name, fold] of this.topics) {
      // A topic that is not in a sample had nothing to tell.
      if (fold.samples < this.samples) fold.add(ZEROS, this.samples - fold.samples)
      topics.set(name, fold.row())
      if (topics.size % TOPICS_PER_PIECE === 0) yield
    }
    const brokers = new Map(Array.from(this.brokers, ([id, fold]) => [id, fold.row()]))
    return { at: this.at, samples: this.samples, cluster: this.cluster.row(), brokers, topics }
  }
}

function foldOf<Key>(folds: Map<Key, FigureFold>, key: Key): FigureFold {
  const fold = folds.get(key) ?? new FigureFold()
  folds.set(key, fold)
  return fold
}
