import { readFileSync } from 'node:fs'

/** Processor time of the main thread so far, ms: Linux counts it in ns; elsewhere that of the whole process, which is more. */
export function threadMs(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[0]) / 1e6
  } catch {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  }
}

/**
 * Most processor time that the main thread used between two turns of a 1 ms timer: what a stall is made of by our own doing, while the stall itself also
 * contains the time in which other programs had the processor.
 */
export function watchTurns(): { longestMs(): number; reset(): void; stop(): void } {
  let longest = 0
  let before = threadMs()
  const timer = setInterval(() => {
    const now = threadMs()
    longest = Math.max(longest, now - before)
    before = now
  }, 1)
  return {
    longestMs: () => longest,
    reset: () => {
      longest = 0
      before = threadMs()
    },
    stop: () => clearInterval(timer),
  }
}
