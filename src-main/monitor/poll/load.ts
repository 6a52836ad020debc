const WINDOW_MS = 10_000
const CELLS = 10

/** What we asked of the cluster over the last 10 s, in cells of one second. Sums only: one per monitor and one per broker. */
export interface LoadMeter {
  note(at: number, requests: number, bytes: number): void
  perSecond(now: number): { readonly requestsPerSecond: number; readonly bytesPerSecond: number }
}

export function createLoadMeter(startedAt: number): LoadMeter {
  const cellMs = WINDOW_MS / CELLS
  const seconds = new Float64Array(CELLS).fill(-1)
  const requests = new Float64Array(CELLS)
  const bytes = new Float64Array(CELLS)
  return {
    note(at, moreRequests, moreBytes) {
      const second = Math.floor(at / cellMs)
      const cell = second % CELLS
      if (seconds[cell] !== second) {
        seconds[cell] = second
        requests[cell] = 0
        bytes[cell] = 0
      }
      requests[cell] = requests[cell]! + moreRequests
      bytes[cell] = bytes[cell]! + moreBytes
    },
    perSecond(now) {
      const newest = Math.floor(now / cellMs)
      let requestSum = 0
      let byteSum = 0
      for (let cell = 0; cell < CELLS; cell += 1) {
        if (seconds[cell]! <= newest - CELLS) continue
        requestSum += requests[cell]!
        byteSum += bytes[cell]!
      }
      // In the first seconds the average is over the time we have run, or a start would look like a tenth of its load.
      const spanSeconds = Math.min(WINDOW_MS, Math.max(cellMs, now - startedAt)) / 1000
      return { requestsPerSecond: requestSum / spanSeconds, bytesPerSecond: byteSum / spanSeconds }
    },
  }
}
