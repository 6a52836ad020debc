/**
 * Why bytes and values would not go into each other:
 * - `truncated`: the answer ends inside a field
 * - `bad-length`: a length or count is negative where it may not be, or larger than what is left of the answer
 * - `trailing`: the answer goes on after its last field
 * - `out-of-range`: a number does not fit its type, or an int64 does not fit a JavaScript number exactly (2^53 - 1)
 * - `malformed`: anything else that no broker sends
 * - `version`: we do not speak this version of the API, or it cannot say what was asked
 */
export type WireErrorCode = 'truncated' | 'bad-length' | 'trailing' | 'out-of-range' | 'malformed' | 'version'

/**
 * The only error the codecs throw. `offset` counts bytes from the start of the body, `what` names the field in Kafka's
 * spelling.
 */
export class WireError extends Error {
  override readonly name = 'WireError'

  constructor(
    readonly code: WireErrorCode,
    readonly apiName: string,
    readonly offset: number,
    readonly what: string,
  ) {
    super(`${apiName}: ${what} (${code} at byte ${offset})`)
  }
}
