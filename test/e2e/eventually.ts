import { expect } from './fixture'

/**
 * What brokers tell, until it is as wanted: they show what was committed a moment after the answer to it. One that is slow to answer is asked
 * again, where `expect.poll` alone would end with its complaint.
 */
export const eventually = (read: () => Promise<unknown>, timeout = 90_000) =>
  expect.poll(() => read().catch((cause: unknown) => `no answer: ${String(cause)}`), {
    timeout,
    intervals: [20, 50, 100, 250, 500],
  })
