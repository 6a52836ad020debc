import type { Delivery, HookSecrets } from '../contract/telling'
import type { HookKind } from '../shared/hook-kinds'
import type { Cancel, Clock } from '../ports/clock'
import { printable } from '../shared/printable'
import type { Language } from '../shared/words/language'
import type { PostHook, Posted } from './hook-post'
import { meaningOf, outgoing } from './hook-shapes'
import type { Message } from './message'

/** Where a cluster's messages go; null = nowhere. A hook whose address is not in memory has none. */
export interface Hook {
  readonly kind: HookKind
  readonly secrets: HookSecrets
}

/** A message on its way. Plain, to be kept. */
export interface Queued {
  readonly message: Message
  readonly tries: number
  /** null = it was not tried yet. */
  readonly firstTryAt: number | null
}

/** How it went for one cluster. Plain, to be kept. */
export interface Deliveries {
  readonly last: Delivery | null
  /** Given up, refused, or too many to keep: they will never be delivered. */
  readonly lost: number
}

export const GIVE_UP_MS = 3_600_000
/** Waits longer where nobody has typed the address. */
export const KEEP_MS = 86_400_000
export const MOST_WAITING = 100
const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 300_000
const MOST_ANSWER = 300

export const pauseAfter = (tries: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(20, tries - 1))

/** The receiver's words without what is secret, which it may have repeated. */
export function answerOf(text: string, { url = '', signing = '' }: HookSecrets): string {
  const path = url === '' ? '' : url.slice(new URL(url).origin.length)
  const secrets = [url, path, signing, ...path.split(/[/?&=]/)].filter((part) => part.length >= 10)
  const clean = secrets
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, '•••'), text)
  return printable(clean.replace(/\s+/g, ' ').trim()).slice(0, MOST_ANSWER)
}

export interface HookQueueParts {
  readonly clock: Clock
  readonly post: PostHook
  readonly hookOf: (cluster: string) => Promise<Hook | null>
  readonly language: () => Language
  /** Something is to be kept, or shown. Must not throw. */
  readonly changed: () => void
}

/**
 * Messages to webhooks, per cluster one after the other in the order in which they were told, each until it is delivered, refused or given up. Whoever adds one waits for nothing. State:
 * per cluster the messages that wait, one of them under way, and a timer for the next try. `close` ends what is under way; it is tried again at the next start.
 */
export class HookQueue {
  private readonly waiting = new Map<string, Queued[]>()
  private readonly done = new Map<string, Deliveries>()
  private readonly busy = new Set<string>()
  private readonly timers = new Map<string, Cancel>()
  private readonly ending = new AbortController()

  constructor(
    private readonly parts: HookQueueParts,
    kept: { readonly queue: readonly Queued[]; readonly deliveries: Readonly<Record<string, Deliveries>> },
  ) {
    for (const one of kept.queue) this.listOf(one.message.cluster).push(one)
    for (const [cluster, deliveries] of Object.entries(kept.deliveries)) this.done.set(cluster, deliveries)
  }

  get queue(): readonly Queued[] {
    return [...this.waiting.values()].flat()
  }

  get deliveries(): Readonly<Record<string, Deliveries>> {
    return Object.fromEntries(this.done)
  }

  waitingFor(cluster: string): number {
    return this.waiting.get(cluster)?.length ?? 0
  }

  of(cluster: string): Deliveries {
    return this.done.get(cluster) ?? { last: null, lost: 0 }
  }

  /** Kept by whoever adds it, together with what says that it was told; then `wake`. */
  add(message: Message): void {
    const list = this.listOf(message.cluster)
    list.push({ message, tries: 0, firstTryAt: null })
    // The first of them may be under way.
    if (list.length > MOST_WAITING) {
      list.splice(1, 1)
      this.lose(message.cluster)
    }
  }

  /** Something may have become possible: a message was added, an address typed. */
  wake(cluster: string): void {
    this.timers.get(cluster)?.()
    this.timers.delete(cluster)
    void this.next(cluster)
  }

  wakeAll(): void {
    for (const cluster of this.waiting.keys()) this.wake(cluster)
  }

  /** One message now, beside the queue, and how that went. */
  async try(hook: Hook, message: Message): Promise<Delivery> {
    const delivery = await this.deliver(hook, message)
    this.done.set(message.cluster, { ...this.of(message.cluster), last: delivery })
    this.parts.changed()
    return delivery
  }

  /** The webhook of a cluster is another one, or none any more: what waits was meant for the one before. */
  forget(cluster: string): void {
    this.timers.get(cluster)?.()
    this.timers.delete(cluster)
    this.waiting.delete(cluster)
    this.done.delete(cluster)
    this.parts.changed()
  }

  close(): void {
    this.ending.abort()
    for (const cancel of this.timers.values()) cancel()
    this.timers.clear()
  }

  private listOf(cluster: string): Queued[] {
    const known = this.waiting.get(cluster)
    if (known !== undefined) return known
    const made: Queued[] = []
    this.waiting.set(cluster, made)
    return made
  }

  private lose(cluster: string): void {
    const { last, lost } = this.of(cluster)
    this.done.set(cluster, { last, lost: lost + 1 })
  }

  private async next(cluster: string): Promise<void> {
    if (this.busy.has(cluster) || this.isEnding()) return
    this.busy.add(cluster)
    try {
      while (await this.first(cluster));
    } finally {
      this.busy.delete(cluster)
    }
  }

  private isEnding(): boolean {
    return this.ending.signal.aborted
  }

  /** Whether the one after it may be tried now. */
  private async first(cluster: string): Promise<boolean> {
    const { clock, hookOf, changed } = this.parts
    const one = this.waiting.get(cluster)?.[0]
    if (one === undefined || this.isEnding() || this.timers.has(cluster)) return false
    const hook = await hookOf(cluster)
    const startedAt = clock.now()
    if (hook === null || (hook.secrets.url ?? '') === '') {
      if (startedAt - one.message.at <= KEEP_MS) return false
      this.takeFirst(cluster, one)
      this.lose(cluster)
      changed()
      return true
    }
    const delivery = await this.deliver(hook, one.message)
    // Ended, or forgotten meanwhile: nothing is known of it here any more.
    if (this.isEnding() || this.waiting.get(cluster)?.[0] !== one) return !this.isEnding()
    const firstTryAt = Math.min(one.firstTryAt ?? startedAt, startedAt)
    if (delivery.state === 'late' && delivery.at - firstTryAt < GIVE_UP_MS) {
      const tries = one.tries + 1
      this.listOf(cluster)[0] = { ...one, tries, firstTryAt }
      this.done.set(cluster, { ...this.of(cluster), last: delivery })
      this.timers.set(
        cluster,
        clock.after(pauseAfter(tries), () => this.wake(cluster)),
      )
      changed()
      return false
    }
    this.takeFirst(cluster, one)
    if (delivery.state === 'late' || delivery.state === 'refused') this.lose(cluster)
    const state = delivery.state === 'late' ? 'given-up' : delivery.state
    this.done.set(cluster, { ...this.of(cluster), last: { ...delivery, state } })
    changed()
    return true
  }

  private takeFirst(cluster: string, one: Queued): void {
    const list = this.listOf(cluster)
    if (list[0] === one) list.shift()
  }

  private async deliver({ kind, secrets }: Hook, message: Message): Promise<Delivery> {
    const { clock, post, language } = this.parts
    let posted: Posted
    try {
      posted = await post(
        outgoing(kind, secrets, message, { language: language(), now: clock.now() }),
        this.ending.signal,
      )
    } catch (cause) {
      posted = { status: 0, text: cause instanceof Error ? cause.message : String(cause) }
    }
    const { status, text } = posted
    return {
      state: status === 0 ? 'late' : meaningOf(kind, status, text),
      at: clock.now(),
      status,
      answer: answerOf(text, secrets),
    }
  }
}
