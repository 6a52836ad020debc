/**
 * The way back from what was just applied here, on every page for a minute. State: expected (applied, nothing is known yet) → offered (it holds on the
 * cluster) → gone, after UNDO_OFFER_MS, when it is taken, dismissed, or the change is undone. The newest change takes the place of an older one.
 */
import { DONE } from '@contract/change'
import type { ChangeState, ChangeView } from '@contract/change'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { useBridge } from '../bridge/bridge'
import { useClockStore } from './clock'

export const UNDO_OFFER_MS = 60_000

export interface UndoOffer {
  readonly change: string
  readonly cluster: string
  readonly clusterName: string
  readonly view: ChangeView
  /** By the page's clock. */
  readonly until: number
}

export const useUndoOfferStore = defineStore('undo-offer', () => {
  const { onPush } = useBridge()
  const clock = useClockStore()
  const offer = shallowRef<UndoOffer | null>(null)
  let expected: ChangeView | null = null
  let timer: ReturnType<typeof setTimeout> | null = null

  function dismiss(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    expected = null
    offer.value = null
  }
  function look(state: ChangeState): void {
    if (state === 'undone' || state === 'failed' || state === 'conflict') dismiss()
    if (expected === null || offer.value !== null || !DONE.includes(state)) return
    const { id, cluster, clusterName } = expected
    offer.value = { change: id, cluster, clusterName, view: expected, until: clock.now + UNDO_OFFER_MS }
    timer = setTimeout(dismiss, UNDO_OFFER_MS)
  }
  onPush((message) => {
    if (message.type === 'change' && message.news.id === (offer.value?.change ?? expected?.id)) look(message.news.state)
  })
  return {
    offer,
    dismiss,
    /** It is on its way: offered as soon as something of it holds. */
    expect(view: ChangeView): void {
      dismiss()
      expected = view
      look(view.state)
    },
  }
})
