/** A decoder that can stop in between: MetadataDecoder, ListOffsetsDecoder. */
export interface Resumable<T> {
  step(deadlineMs: number, now: () => number): boolean
  result(): T
}

export const SLICE_MS = 8

const now = (): number => performance.now()

/**
 * Decodes in slices of 8 ms and lets everything else run in between, so that an answer of 200,000 partitions never stalls the process.
 * `abandoned` is asked between slices: nobody waits any more, so the rest is not worth the time. Rejects with what the decoder throws.
 */
export async function inSlices<T>(decoder: Resumable<T>, abandoned: () => boolean): Promise<T> {
  while (!decoder.step(now() + SLICE_MS, now)) {
    await new Promise((resolve) => setImmediate(resolve))
    if (abandoned()) throw new Error('abandoned')
  }
  return decoder.result()
}
