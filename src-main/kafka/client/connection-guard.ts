import type { InternalConnection } from './kafkajs-internals'

/** Before a broker has shown that it is one, an answer may not be larger: ApiVersions takes about 1 KB, a SASL step less. */
export const STRANGER_LIMIT_BYTES = 64 * 1024
/** Metadata of two million partitions. What pretends to be larger is garbage. */
export const ANSWER_LIMIT_BYTES = 128 * 1024 * 1024
/**
 * kafkajs keeps the pieces of an answer and joins them when the last one is there: 10 MB in one step at 200,000 partitions, and twice the memory. Answers
 * of these sizes are put together here, piece by piece as they come. Not larger ones: room for them is made before they are there.
 */
export const GATHERED_BYTES = { from: 1024 * 1024, to: 32 * 1024 * 1024 }
/** Size and correlation id. */
const LEAST_ANSWER_BYTES = 4

export interface GuardListener {
  received(bytes: number): void
  /** Called once; nothing more goes to kafkajs afterwards. `first` = the first bytes of the answer that broke the rules. */
  violated(what: string, first: Uint8Array): void
}

/**
 * Stands between the socket and kafkajs 2.2.4, which believes every length it reads: it waits for 1.2 GB when a web server says "HTTP", and
 * throws out of the socket's data event (ending the process) when a length is below 4. Also stops its request queue from re-arming a
 * 1 ms timer for ever (3 % of a core for three idle brokers). Patches this one connection, never kafkajs's classes.
 */
export function guardConnection(
  connection: InternalConnection,
  listener: GuardListener,
): { readonly trust: () => void } {
  let limit = STRANGER_LIMIT_BYTES
  let broken = false
  const violate = (what: string, first: Uint8Array): void => {
    if (broken) return
    broken = true
    listener.violated(what, first)
  }
  let headerBytes = 0
  let size = 0
  let left = 0
  let gathered: Buffer | null = null

  const processData = connection.processData.bind(connection)
  const pass = (bytes: Buffer): void => {
    if (broken || bytes.length === 0) return
    processData(bytes)
    // kafkajs keeps an empty rest that holds the whole last answer in memory: 10 MB per broker at 200,000 partitions.
    if (connection.bytesBuffered === 0) connection.chunks = []
  }
  const follow = (chunk: Buffer): void => {
    let at = 0
    /** Everything before it was passed on or gathered. */
    let done = 0
    while (at < chunk.length) {
      if (left > 0) {
        const taken = Math.min(left, chunk.length - at)
        if (gathered !== null) {
          chunk.copy(gathered, gathered.length - left, at, at + taken)
          done = at + taken
        }
        left -= taken
        at += taken
        if (left > 0 || gathered === null) continue
        const whole = gathered
        gathered = null
        pass(whole)
        continue
      }
      size = (size << 8) | (chunk[at] ?? 0)
      at += 1
      headerBytes += 1
      if (headerBytes < 4) continue
      if (size < LEAST_ANSWER_BYTES || size > limit) {
        violate(`an answer of ${size} bytes`, chunk.subarray(Math.max(0, at - 4)))
        return
      }
      // Where the size itself came in two pieces, kafkajs has the first one already.
      if (size >= GATHERED_BYTES.from && size <= GATHERED_BYTES.to && at - done >= 4) {
        pass(chunk.subarray(done, at - 4))
        gathered = Buffer.allocUnsafeSlow(4 + size)
        gathered.writeInt32BE(size, 0)
        done = at
      }
      left = size
      size = 0
      headerBytes = 0
    }
    pass(chunk.subarray(done))
  }

  connection.processData = (chunk) => {
    listener.received(chunk.length)
    if (broken) return
    try {
      follow(chunk)
    } catch (error) {
      violate(error instanceof Error ? error.message : String(error), chunk)
    }
  }
  const queue = connection.requestQueue
  const fulfillRequest = queue.fulfillRequest.bind(queue)
  queue.fulfillRequest = (answer) => {
    // kafkajs only logs these. Its own timeouts are off, so a question stays in flight until it is answered or the socket is gone.
    if (queue.inflight.has(answer.correlationId)) fulfillRequest(answer)
    else violate(`an answer to question ${answer.correlationId}, which was not asked`, answer.payload)
  }
  const schedule = queue.scheduleCheckPendingRequests.bind(queue)
  queue.scheduleCheckPendingRequests = () => {
    if (queue.pending.length > 0) schedule()
  }
  return {
    trust: () => {
      limit = ANSWER_LIMIT_BYTES
    },
  }
}
