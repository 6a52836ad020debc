const WINDOW_MS = 10_000
const CELLS = 10

/** What we asked of the cluster over the last 10 s, in cells of one second, and the longest that a broker held us back for it. */
export interface LoadMeter {
  note(at: number, requests: number, bytes: number, heldMs: number): void
  perSecond(now: number): {
    readonly requestsPerSecond: number
    readonly bytesPerSecond: number
    readonly heldMs: number
  }
}

export function createLoadMeter(startedAt: number): LoadMeter {
  const cellMs = WINDOW_MS / CELLS
  const seconds = new Float64Array(CELLS).fill(-1)
  const requests = new Float64Array(CELLS)
  const bytes = new Float64Array(CELLS)
  const held = new Float64Array(CELLS)
  return {
    note(at, moreRequests, moreBytes, heldMs) {
      const second = Math.floor(at / cellMs)
      const cell = second % CELLS
      if (seconds[cell] !== second) {
        seconds[cell] = second
        requests[cell] = 0
        bytes[cell] = 0
        held[cell] = 0
      }
      requests[cell] = requests[cell]! + moreRequests
      bytes[cell] = bytes[cell]! + moreBytes
      held[cell] = Math.max(held[cell]!, heldMs)
    },
    perSecond(now) {
      const newest = Math.floor(now / cellMs)
      let requestSum = 0
      let byteSum = 0
      let heldMs = 0
      for (let cell = 0; cell < CELLS; cell += 1) {
        if (seconds[cell]! <= newest - CELLS) continue
        requestSum += requests[cell]!
        byteSum += bytes[cell]!
        heldMs = Math.max(heldMs, held[cell]!)
      }
      // In the first seconds the average is over the time we have run, or a start would look like a tenth of its load.
      const spanSeconds = Math.min(WINDOW_MS, Math.max(cellMs, now - startedAt)) / 1000
      return { requestsPerSecond: requestSum / spanSeconds, bytesPerSecond: byteSum / spanSeconds, heldMs }
    },
  }
}
