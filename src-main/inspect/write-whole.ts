/** Writes what it can of `bytes` from `at` on and answers how much; throws as fs.writeSync does. */
export type WriteSome = (bytes: Uint8Array, at: number) => number

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** A full pipe is tried again after so long: its reader may take its time, and trying at once would cost a whole core meanwhile. */
const FULL_PIPE_MS = 5
const asleep = new Int32Array(new SharedArrayBuffer(4))

/**
 * Writes the whole text before it returns: a pipe takes 64 KB at a time, and process.exit does not wait for a stream. False = whoever read us has
 * gone (`| head`), so there is nothing more to say; that is no error, and it is no answer about the cluster either.
 */
export function writeWhole(write: WriteSome, text: string): boolean {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length;) {
    try {
      at += write(bytes, at)
    } catch (error) {
      const code = codeOf(error)
      if (code === 'EPIPE') return false
      if (code !== 'EAGAIN') throw error
      Atomics.wait(asleep, 0, 0, FULL_PIPE_MS)
    }
  }
  return true
}
