/** At most `seats` pieces of work at a time, first come, first served. */
export function takeTurns(seats: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = seats
  const waiting: (() => void)[] = []
  return async (work) => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free++
      else next()
    }
  }
}
