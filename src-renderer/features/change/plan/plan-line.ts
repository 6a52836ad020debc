import type { ChangeView } from '@contract/change'
import type { Say } from '../../common/say'
import { counted, listed } from '../../common/say'

/** A plan in a line: how many settings, warnings that were read, and effects; '' = there is none. Pure. */
export function planLine(say: Say, { plan, confirmation }: ChangeView): string {
  if (plan === null) return ''
  const warnings = confirmation?.ticks.length ?? 0
  return listed(say, [
    ...(plan.kind === 'config' ? [counted(say, 'change.fold.keys', plan.items.length)] : []),
    ...(warnings > 0 ? [counted(say, 'change.fold.warnings', warnings)] : []),
    counted(say, 'change.fold.effects', plan.effects.length),
  ])
}
