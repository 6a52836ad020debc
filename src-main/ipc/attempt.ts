import { fail, ok } from '../contract/result'
import type { Result } from '../contract/result'

function refused(what: string, cause: unknown): Result<never> {
  const why = cause instanceof Error ? cause.message : String(cause)
  return fail('storage', `${what}: ${why}`, { why }, true)
}

/** Runs what touches our own file. A full disk or a locked file is foreseen, so it is a coded answer and not "internal". */
export function attempt<T>(what: string, run: () => T): Result<T> {
  try {
    return ok(run())
  } catch (cause) {
    return refused(what, cause)
  }
}

/** As attempt, for what also waits for secrets. */
export async function attemptAsync<T>(what: string, run: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await run())
  } catch (cause) {
    return refused(what, cause)
  }
}
