/** Whom excursions are counted for, a row each. Pure. */
import type { LateRecord } from '@contract/advisor'
import type { LateTally, TallyKind } from '@shared/late-tally'
import { countIn } from '@shared/late-buckets'
import { closestCall } from '@shared/window-advice'
import { judgeWindow } from '@shared/window-judge'
import type { Judged } from '@shared/window-judge'

export const BY = ['leader', 'follower', 'topic'] as const satisfies readonly TallyKind[]
export type By = (typeof BY)[number]
export const ROWS = 50

export interface SubjectRow {
  readonly kind: By
  readonly subject: string
  /** Values that stood at the leaders, ascending; -1 = not told. */
  readonly windows: readonly number[]
  readonly occasions: number
  readonly closestMs: number
  readonly judged: Judged
}

const total = ({ returned, evicted, unknown, cut }: LateTally): number =>
  countIn(returned.least) + countIn(evicted.least) + countIn(unknown) + countIn(cut)

/** Those that left most often first, then those with most excursions. */
export function subjectRows({ tallies }: Pick<LateRecord, 'tallies'>, by: By, valueMs: number): readonly SubjectRow[] {
  const groups = new Map<string, LateTally[]>()
  for (const tally of tallies)
    if (tally.kind === by) groups.set(tally.subject, [...(groups.get(tally.subject) ?? []), tally])
  return [...groups]
    .map(([subject, own]) => ({
      kind: by,
      subject,
      windows: [...new Set(own.map(({ windowMs }) => windowMs))].sort((a, b) => a - b),
      occasions: own.reduce((sum, { occasions }) => sum + occasions, 0),
      closestMs: closestCall(own),
      judged: judgeWindow(own, valueMs),
      all: own.reduce((sum, tally) => sum + total(tally), 0),
    }))
    .sort((a, b) => b.judged.evicted - a.judged.evicted || b.all - a.all || (a.subject < b.subject ? -1 : 1))
}
