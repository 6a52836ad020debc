/** A decoder that can stop in between: MetadataDecoder, ListOffsetsDecoder. */
export interface Resumable<T> {
  step(deadlineMs: number, now: () => number): boolean
  result(): T
}

export const SLICE_MS = 8

const now = (): number => performance.now()

/** Lets everything else run. */
export type Breathe = () => Promise<void>

export const nextTurn: Breathe = () => new Promise((resolve) => setImmediate(resolve))

/** Above this size reading an answer takes a noticeable part of a millisecond. */
const LONG_ANSWER_BYTES = 65_536

/** Six brokers answer at once: what they say at length is read one answer after the other, each in a turn of the event loop of its own. */
export async function inOwnTurn(bytes: Uint8Array, breathe: Breathe): Promise<Uint8Array> {
  if (bytes.length >= LONG_ANSWER_BYTES) await breathe()
  return bytes
}

/**
 * Decodes in slices of 8 ms and lets everything else run in between, so that an answer of 200,000 partitions never stalls the process.
 * `abandoned` is asked between slices: nobody waits any more, so the rest is not worth the time. Rejects with what the decoder throws.
 */
export async function inSlices<T>(
  decoder: Resumable<T>,
  abandoned: () => boolean,
  breathe: Breathe = nextTurn,
): Promise<T> {
  while (!decoder.step(now() + SLICE_MS, now)) {
    await breathe()
    if (abandoned()) throw new Error('abandoned')
  }
  return decoder.result()
}
