/**
 * The moment of the past at which every page of the open cluster stands; null = now. Correlation: the profile id and the number of the question; what an earlier question is answered is not taken. What is shown
 * of the past comes from here alone: nothing of it is read from the store of the live cluster.
 */
import type { PastAround, PastBoard, PastNothing, PastTopic } from '@contract/past'
import type { AppError } from '@contract/result'
import { defineStore, storeToRefs } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { useBridge } from '../bridge/bridge'
import { useClusterStore } from './cluster'

export type PastFound<T> =
  | { readonly is: 'loading' }
  | { readonly is: 'shown'; readonly shown: T }
  | { readonly is: 'nothing'; readonly nothing: PastNothing }
  | { readonly is: 'failed'; readonly error: AppError }

const LOADING = { is: 'loading' } as const
/** The latest seconds are kept a little later: until then they are asked for again, so often. */
const AGAIN_MS = 2_000
const isLater = (one: PastFound<unknown>): boolean => one.is === 'nothing' && one.nothing.lack === 'later'

export const usePastStore = defineStore('past', () => {
  const { calls } = useBridge()
  const { cluster } = storeToRefs(useClusterStore())
  const id = computed(() => cluster.value?.id ?? '')
  /** Ms by the clock of the main process. */
  const at = shallowRef<number | null>(null)
  const around = shallowRef<PastAround | null>(null)
  const board = shallowRef<PastFound<PastBoard>>(LOADING)
  const topic = shallowRef<PastFound<PastTopic>>(LOADING)
  let asked = 0
  let askedTopic = 0

  async function readAround(moment: number): Promise<void> {
    const mine = id.value
    const answer = await calls['past:around']({ cluster: mine, at: Math.max(0, moment) })
    if (mine === id.value) around.value = answer.ok ? answer.value : null
  }

  async function readBoard(): Promise<void> {
    const mine = ++asked
    if (at.value === null || id.value === '') return
    const answer = await calls['past:board']({ cluster: id.value, at: at.value })
    if (mine !== asked) return
    if (!answer.ok) board.value = { is: 'failed', error: answer.error }
    else board.value = found(answer.value)
    if (isLater(board.value)) setTimeout(() => void (mine === asked && readBoard()), AGAIN_MS)
  }

  function readTopic(name: string, partition: number): Promise<void> {
    topic.value = LOADING
    return askTopic(name, partition)
  }
  async function askTopic(name: string, partition: number): Promise<void> {
    const mine = ++askedTopic
    if (at.value === null || id.value === '') return
    const answer = await calls['past:topic']({ cluster: id.value, at: at.value, topic: name, partition })
    if (mine !== askedTopic) return
    if (!answer.ok) topic.value = { is: 'failed', error: answer.error }
    else topic.value = found(answer.value)
    if (isLater(topic.value)) setTimeout(() => void (mine === askedTopic && askTopic(name, partition)), AGAIN_MS)
  }

  watch(
    [at, id],
    ([moment]) => {
      board.value = LOADING
      topic.value = LOADING
      asked += 1
      askedTopic += 1
      if (moment === null || id.value === '') return
      void readBoard()
      void readAround(moment)
    },
    { flush: 'sync' },
  )
  return { at, around, board, topic, readAround, readBoard, readTopic }
})

const found = <T>(
  answer: { readonly shown: T } | { readonly shown: null; readonly nothing: PastNothing },
): PastFound<T> =>
  'nothing' in answer ? { is: 'nothing', nothing: answer.nothing } : { is: 'shown', shown: answer.shown }
