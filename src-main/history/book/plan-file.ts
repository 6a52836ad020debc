/**
 * Announced restarts of one cluster, in a small file beside its history. It is replaced as a whole (written apart and renamed), so a reader of whichever process finds the old one or
 * the new one; of two who announce in the same moment the later one counts.
 */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Plan } from '../../contract/history'
import type { PlanBook } from '../../ports/history'
import { setAside } from '../../sqlite/file-aside'

const FORMAT = 1
/** As many as there are brokers in a large cluster. */
const MOST = 10_000
const schema = z.strictObject({
  format: z.literal(FORMAT),
  plans: z
    .array(z.strictObject({ by: z.string().max(200), broker: z.int(), until: z.number(), at: z.number() }))
    .max(MOST),
})

export interface PlanFileOptions {
  readonly path: string
  readonly now: () => number
  readonly onProblem: (cause: unknown) => void
}

const isNotThere = (cause: unknown): boolean => (cause as { readonly code?: unknown }).code === 'ENOENT'
/** The system does not let us read: nothing that is wrong with what stands in it. */
const isOfTheSystem = (cause: unknown): boolean => typeof (cause as { readonly code?: unknown }).code === 'string'

export function createPlanFile({ path, now, onProblem }: PlanFileOptions): PlanBook {
  let known: { readonly mark: string; readonly plans: readonly Plan[] } = { mark: '', plans: [] }
  let isTold = false
  const tell = (cause: unknown): void => {
    if (!isTold) onProblem(cause)
    isTold = true
  }
  const aside = (cause: unknown): void => {
    tell(cause)
    if (isOfTheSystem(cause)) return
    try {
      setAside(path, now())
    } catch (other) {
      tell(other)
    }
  }
  return {
    list() {
      try {
        const { mtimeMs, size, ino } = statSync(path)
        const mark = `${mtimeMs} ${size} ${ino}`
        if (mark !== known.mark) known = { mark, plans: schema.parse(JSON.parse(readFileSync(path, 'utf8'))).plans }
      } catch (cause) {
        known = { mark: '', plans: [] }
        if (!isNotThere(cause)) aside(cause)
      }
      return known.plans
    },
    keep(plans) {
      mkdirSync(dirname(path), { recursive: true })
      const apart = `${path}.${process.pid}.new`
      writeFileSync(apart, `${JSON.stringify({ format: FORMAT, plans })}\n`, { mode: 0o600, flush: true })
      renameSync(apart, path)
      known = { mark: '', plans: [] }
    },
  }
}
