import { fail, ok } from '../contract/result'
import type { Result } from '../contract/result'

/** Runs what touches our own file. A full disk or a locked file is foreseen, so it is a coded answer and not "internal". */
export function attempt<T>(what: string, run: () => T): Result<T> {
  try {
    return ok(run())
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    return fail('storage', `${what}: ${why}`, { why }, true)
  }
}
