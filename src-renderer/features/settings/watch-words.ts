import type { WatchedCluster } from '@contract/telling'
import type { Say } from '../common/say'

/** How it stands with watching a cluster, and with the cluster, in one line. */
export function clusterState(
  say: Say,
  { state, worst, watch, mutedUntil }: WatchedCluster,
  now: number,
): { readonly text: string; readonly tone: 'plain' | 'bad' } {
  const isSeen = state === 'watching'
  const muted = Number.isNaN(mutedUntil)
    ? ''
    : Number.isFinite(mutedUntil)
      ? say.t('settings.watch.muted', { at: say.f.time(mutedUntil, now) })
      : say.t('settings.watch.mutedOver')
  const parts = [
    say.t(`settings.watch.of.${isSeen && !watch ? 'open' : state}`),
    isSeen && worst !== null ? say.t(`settings.watch.worst.${worst}`) : '',
    muted,
  ].filter((part) => part !== '')
  const isBad =
    (isSeen && worst !== null) || state === 'blind' || state === 'password' || state === 'failed' || state === 'full'
  return { text: parts.join(' · '), tone: isBad ? 'bad' : 'plain' }
}
