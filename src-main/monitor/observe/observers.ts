import { ownTurn } from '../../ports/slices'
import type { Clock } from '../../ports/clock'
import type { Picture } from '../judge/picture'

/** Is told of every picture, with the one it replaces (null = the first). Compare them only where their `topology` is the same object. */
export type Observer = (picture: Picture, before: Picture | null) => void

/** Who is told of pictures, in the order in which they came; one that throws harms nobody. */
export class Observers {
  private readonly all = new Set<Observer>()

  constructor(
    private readonly clock: Clock,
    private readonly onError: (cause: unknown) => void,
  ) {}

  add(observer: Observer): () => void {
    this.all.add(observer)
    return () => this.all.delete(observer)
  }

  /** The first is told at once; of a large picture each of the others makes something in a turn of the event loop of its own. */
  async tell(picture: Picture, before: Picture | null): Promise<void> {
    const [first, ...others] = [...this.all]
    if (first !== undefined) this.tellOne(first, picture, before)
    for (const observer of others) {
      await ownTurn(this.clock, picture.columns.state.length)
      this.tellOne(observer, picture, before)
    }
  }

  clear(): void {
    this.all.clear()
  }

  private tellOne(observer: Observer, picture: Picture, before: Picture | null): void {
    // It may have gone while others were told.
    if (!this.all.has(observer)) return
    try {
      observer(picture, before)
    } catch (cause) {
      this.onError(cause)
    }
  }
}
