/**
 * What would follow if brokers stopped, kept true while somebody looks: asked again with each picture, at most once a second, one question at a time. State: the brokers that are
 * chosen, the answer about them, the broker that is restarted next with an answer of its own, and who waits to be told. All of one cluster: another one begins empty. An answer that comes
 * after the choice has changed is dropped.
 */
import type { AppError } from '@contract/result'
import type { WhatIf } from '@contract/what-if'
import { defineStore, storeToRefs } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useBridge } from '../bridge/bridge'
import { useClusterStore } from './cluster'
import { restartLamp } from './restart-lamp'
import { beginRolling, followRolling, rollingNext } from './rolling'
import type { Rolling } from './rolling'

const EVERY_MS = 1000

const sameBrokers = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join()

export const useWhatIfStore = defineStore('what-if', () => {
  const { calls } = useBridge()
  const { cluster, summary, stale } = storeToRefs(useClusterStore())
  /** Ascending. */
  const chosen = shallowRef<readonly number[]>([])
  const answer = shallowRef<WhatIf | null>(null)
  const problem = shallowRef<AppError | null>(null)
  const rolling = shallowRef<Rolling | null>(null)
  const stepAnswer = shallowRef<WhatIf | null>(null)
  /** Somebody wants to be told when it is safe to restart this broker; null = nobody does. */
  const waitsFor = shallowRef<number | null>(null)
  const holders = ref(0)
  const id = computed(() => cluster.value?.id ?? '')

  /** The broker that the light is about: the next one of a rolling restart, else who is waited for, else the only one that is chosen. */
  const subject = computed<number | null>(() => {
    if (rolling.value !== null) return rollingNext(rolling.value)
    return waitsFor.value ?? (chosen.value.length === 1 ? chosen.value[0]! : null)
  })
  const lamp = computed(() => {
    const told = stepAnswer.value
    if (subject.value === null || summary.value === null || told?.brokers[0] !== subject.value) return null
    return restartLamp(subject.value, told, summary.value, stale.value)
  })

  const isWanted = (): boolean => id.value !== '' && (holders.value > 0 || waitsFor.value !== null)
  let asking = false
  let askedAt = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | null = null

  async function ask(of: string, brokers: readonly number[]): Promise<WhatIf | null> {
    const told = await calls['cluster:what-if']({ cluster: of, brokers: [...brokers] })
    if (of === id.value) problem.value = told.ok ? null : told.error
    return told.ok ? told.value : null
  }

  async function round(): Promise<void> {
    timer = null
    if (asking || !isWanted()) return
    asking = true
    askedAt = performance.now()
    const of = id.value
    const wanted = chosen.value
    const step = subject.value
    const about = wanted.length === 0 ? null : await ask(of, wanted)
    const alone = step === null ? null : about !== null && sameBrokers(wanted, [step]) ? about : await ask(of, [step])
    asking = false
    if (of !== id.value) return
    if (about !== null && sameBrokers(wanted, chosen.value)) answer.value = about
    if (alone !== null && step === subject.value) stepAnswer.value = alone
    if (!sameBrokers(wanted, chosen.value) || step !== subject.value) soon(0)
  }

  function soon(ms: number): void {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => void round(), ms)
  }

  function choose(brokers: readonly number[]): void {
    chosen.value = [...new Set(brokers)].sort((a, b) => a - b)
    answer.value = null
    soon(0)
  }

  watch(id, (_, before) => {
    // What a page chose while its cluster was still being opened is meant for that one.
    if (before === '') return
    chosen.value = []
    answer.value = stepAnswer.value = null
    problem.value = null
    rolling.value = null
    waitsFor.value = null
  })
  watch(subject, () => soon(0))
  watch(
    () => summary.value,
    (now) => {
      if (now !== null && rolling.value !== null) rolling.value = followRolling(rolling.value, now)
      if (isWanted() && timer === null && !asking) soon(Math.max(0, askedAt + EVERY_MS - performance.now()))
    },
  )

  return {
    chosen,
    answer,
    problem,
    rolling,
    subject,
    lamp,
    waitsFor,
    choose,
    toggle: (broker: number): void =>
      choose(chosen.value.includes(broker) ? chosen.value.filter((one) => one !== broker) : [...chosen.value, broker]),
    /** Only watches: brokers are restarted by people. */
    begin: (): void => {
      if (summary.value !== null) rolling.value = beginRolling(summary.value)
    },
    end: (): void => {
      rolling.value = null
      waitsFor.value = null
    },
    /** Keeps the answers true until the answered function is called. */
    hold: (): (() => void) => {
      holders.value += 1
      soon(0)
      return () => {
        holders.value -= 1
      }
    },
  }
})
