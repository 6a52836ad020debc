import { printable } from '@shared/printable'
import type { Delivery, HookView } from '@contract/telling'
import type { Say } from '../common/say'
import { counted } from '../common/say'

/** How a delivery went, in lines: what became of it, the status, the receiver's own words. */
export function deliveryLines(say: Say, { state, at, status, answer }: Delivery, now: number): readonly string[] {
  const said =
    answer === ''
      ? ''
      : say.t(status === 0 ? 'settings.hook.noAnswer' : 'settings.hook.answer', { answer: printable(answer) })
  return [
    say.t(`settings.hook.was.${state}`, { at: say.f.time(at, now) }),
    status === 0 ? '' : say.t('settings.hook.status', { status }),
    said,
  ].filter((line) => line !== '')
}

/** Where to, what waits, what is lost. */
export function hookLines(say: Say, { to, waiting, lost }: HookView): readonly string[] {
  return [
    to === '' ? say.t('settings.hook.noAddress') : say.t('settings.hook.to', { to: printable(to) }),
    waiting > 0 ? counted(say, 'settings.hook.waiting', waiting) : '',
    lost > 0 ? counted(say, 'settings.hook.lost', lost) : '',
  ].filter((line) => line !== '')
}

/** Whether a person may have to do something about it. */
export const isBad = ({ state }: Delivery): boolean => state !== 'delivered'
