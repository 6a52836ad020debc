import type { PartitionName, Watch, WatchList } from '@contract/ipc'

const NONE: Watch = { kind: 'none' }

/** Those on screen who want the same kind of thing, of which one is followed: the newest, and when it lets go the one before it again. */
class Holders<T> {
  private readonly all: { readonly wanted: T }[] = []

  constructor(private readonly changed: () => void) {}

  get newest(): T | undefined {
    return this.all.at(-1)?.wanted
  }

  /** Until the answered function is called. */
  hold(wanted: T): () => void {
    const holder = { wanted }
    this.all.push(holder)
    this.changed()
    return () => {
      const at = this.all.indexOf(holder)
      if (at < 0) return
      this.all.splice(at, 1)
      this.changed()
    }
  }
}

/**
 * What is on screen: one partition whose replicas are followed, one chart and a list of rows at a time, each on its own account. `send` is called once per
 * turn of the event loop, however many holders come and go in it.
 */
export function createWatches(send: (list: WatchList) => void) {
  const partitions = new Holders<PartitionName>(schedule)
  const charts = new Holders<Watch>(schedule)
  let rows: readonly number[] = []
  let scheduled = false

  function flush(): void {
    scheduled = false
    send({ partition: partitions.newest ?? null, chart: charts.newest ?? NONE, rows: [...rows] })
  }
  function schedule(): void {
    if (scheduled) return
    scheduled = true
    queueMicrotask(flush)
  }
  return {
    holdChart: (chart: Watch): (() => void) => charts.hold(chart),
    holdPartition: (partition: PartitionName): (() => void) => partitions.hold(partition),
    /** Rows in sight; at most 500 are followed. */
    setRows(next: readonly number[]): void {
      const wanted = next.slice(0, 500)
      if (wanted.length === rows.length && wanted.every((row, at) => row === rows[at])) return
      rows = wanted
      schedule()
    },
    /** Row numbers of another topology mean other partitions. */
    dropRows(): void {
      rows = []
    },
    resend: schedule,
  }
}
