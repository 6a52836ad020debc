import type { Phrase } from '../../../shared/words/phrase'
import { isUnlimited } from '../../../shared/unlimited'
import { isTrue } from '../guards/values'
import type { TopicAsked } from './asking'

/** What a plan's retention lets a topic keep. null = that limit is not the plan's doing, or it is no limit. */
export interface Limits {
  readonly ageMs: number | null
  readonly bytes: number | null
  /** Why a limit that the plan sets cannot be told. */
  readonly missing: readonly Phrase[]
}

const deletes = (policy: string | null | undefined): boolean =>
  policy === undefined || policy === null || policy.includes('delete')

function valueNow({ settings }: TopicAsked, key: string): string | null {
  return settings.values.find((value) => value.name === key)?.value ?? null
}

/**
 * The limits that a plan changes. Where it makes the cleanup policy delete, both limits begin to count as they stand; where the policy does not
 * delete afterwards, neither counts.
 */
export function limitsOf(asked: TopicAsked): Limits {
  const { changes } = asked
  const policy = changes.get('cleanup.policy')
  const policyAfter = policy === undefined ? valueNow(asked, 'cleanup.policy') : policy.after.value
  if (!deletes(policyAfter)) return { ageMs: null, bytes: null, missing: [] }
  const begins = policy !== undefined && !deletes(policy.before.value)
  const missing: Phrase[] = []
  const limit = (key: string): number | null => {
    const change = changes.get(key)
    if (change === undefined && !begins) return null
    const text = change === undefined ? valueNow(asked, key) : change.after.value
    const amount = text === null || text.trim() === '' ? Number.NaN : Number(text)
    if (Number.isNaN(amount)) missing.push({ id: 'why.limit-untold', args: { key } })
    return Number.isNaN(amount) || (text !== null && isUnlimited(key, text)) ? null : amount
  }
  const limits = { ageMs: limit('retention.ms'), bytes: limit('retention.bytes') }
  // The size of a tiered log counts what was moved away too (RemoteLogManager.buildRetentionSizeData), and brokers tell only what they hold.
  if (limits.bytes !== null && isTrue(valueNow(asked, 'remote.storage.enable')))
    missing.push({ id: 'why.tiered', args: {} })
  return { ...limits, missing }
}
