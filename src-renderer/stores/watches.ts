import type { Watch } from '@contract/ipc'

const NONE: Watch = { kind: 'none' }

/**
 * Who on screen watches what. The main process follows one subject and a list of rows at a time: the newest holder wins, and when it lets
 * go the one before it is served again. `send` is called once per turn of the event loop, however many holders come and go in it.
 */
export function createWatches(send: (watch: Watch, rows: number[]) => void) {
  const holders: { readonly watch: Watch }[] = []
  let rows: readonly number[] = []
  let scheduled = false

  const current = (): Watch => holders.at(-1)?.watch ?? NONE
  function flush(): void {
    scheduled = false
    send(current(), [...rows])
  }
  function schedule(): void {
    if (scheduled) return
    scheduled = true
    queueMicrotask(flush)
  }
  return {
    current,
    hold(watch: Watch): () => void {
      const holder = { watch }
      holders.push(holder)
      schedule()
      return () => {
        const at = holders.indexOf(holder)
        if (at < 0) return
        holders.splice(at, 1)
        schedule()
      }
    },
    /** Rows in sight; at most 500 are followed. */
    setRows(next: readonly number[]): void {
      const wanted = next.slice(0, 500)
      if (wanted.length === rows.length && wanted.every((row, at) => row === rows[at])) return
      rows = wanted
      schedule()
    },
    /** Row numbers of another epoch mean other partitions. */
    dropRows(): void {
      rows = []
    },
    resend: schedule,
  }
}
