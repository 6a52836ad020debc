import type { Sliced } from '../../domain/slices'
import { breathe } from '../../ports/clock'
import { inSlices } from '../../ports/slices'

const time = { now: () => performance.now(), breathe }

/** Above this size reading an answer takes a noticeable part of a millisecond. */
const LONG_ANSWER_BYTES = 65_536

/**
 * Reads an answer in slices and lets everything else run in between, so that one of 200,000 partitions never stalls the process. A long one begins in a
 * turn of the event loop of its own, as six brokers answer at once. `read` makes the decoder and hands out its pass; see `inSlices` for the rest.
 */
export async function readAnswer<T>(
  bytes: Uint8Array,
  read: (bytes: Uint8Array) => Sliced<T>,
  abandoned: () => boolean,
): Promise<T> {
  if (bytes.length >= LONG_ANSWER_BYTES) await breathe()
  return inSlices(time, read(bytes), abandoned)
}
