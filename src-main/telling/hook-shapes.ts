/** What is posted, by kind of receiver, and what its answer means. Pure but for the clock that signatures want. */
import { createHash, createHmac } from 'node:crypto'
import type { DeliveryState, HookSecrets } from '../contract/telling'
import type { HookKind } from '../shared/hook-kinds'
import { printable } from '../shared/printable'
import type { Language } from '../shared/words/language'
import type { Phrase } from '../shared/words/phrase'
import { say } from '../shared/words/say'
import type { Message } from './message'

export interface Outgoing {
  readonly url: URL
  /** JSON. */
  readonly body: string
}

/** Later than this a message says so. */
const LATE_MS = 60_000
const NOT_YET = '0001-01-01T00:00:00Z'

function wordsOf(message: Message, language: Language, now: number): { readonly title: string; readonly text: string } {
  const late = now - message.at
  const lines: readonly Phrase[] =
    late > LATE_MS
      ? [...message.lines, { id: 'telling.late', args: { late: { unit: 'ms', value: late } } }]
      : message.lines
  return {
    title: say(language, message.title, printable),
    text: lines.map((line) => say(language, line, printable)).join('\n'),
  }
}

/** One key per incident: the same from its first message to its last, over restarts too. */
export const fingerprintOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 16)

/**
 * Version 4 of Alertmanager's webhook (notify/webhook in prometheus/alertmanager). Labels are what an alert is known by, so nothing that changes stands in them: how bad it is is
 * an annotation.
 */
function alertmanager(message: Message, language: Language, now: number): unknown {
  const { title, text } = wordsOf(message, language, now)
  const isOver = message.kind === 'over' || message.kind === 'test'
  const status = isOver ? 'resolved' : 'firing'
  const labels = {
    alertname:
      message.kind === 'test' ? 'HighwaterTest' : message.id === 0 ? 'HighwaterClusterUnseen' : 'HighwaterIncident',
    cluster: printable(message.name),
    environment: message.environment,
    incident: fingerprintOf(message.key),
  }
  const annotations = {
    summary: title,
    description: text,
    condition: message.condition,
    incident: String(message.id),
    planned: String(message.planned),
  }
  return {
    version: '4',
    groupKey: message.key,
    truncatedAlerts: 0,
    status,
    receiver: 'highwater',
    groupLabels: labels,
    commonLabels: labels,
    commonAnnotations: annotations,
    externalURL: '',
    alerts: [
      {
        status,
        labels,
        annotations,
        startsAt: new Date(message.startsAt).toISOString(),
        endsAt: message.endsAt === null ? NOT_YET : new Date(message.endsAt).toISOString(),
        generatorURL: '',
        fingerprint: fingerprintOf(message.key),
      },
    ],
  }
}

const SLACK_ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
/** Slack and Feishu read marks of theirs in angle brackets, which could call everybody: a name of a stranger has none. */
const forSlack = (text: string): string => text.replace(/[&<>]/g, (mark) => SLACK_ESCAPES[mark]!)
const forFeishu = (text: string): string => text.replaceAll('<', '‹').replaceAll('>', '›')

const hmac = (key: string, data: string): string => createHmac('sha256', key).update(data).digest('base64')

/** `secrets.url` must be one that `hookUrl` takes. */
export function outgoing(
  kind: HookKind,
  secrets: HookSecrets,
  message: Message,
  { language, now }: { readonly language: Language; readonly now: number },
): Outgoing {
  const url = new URL(secrets.url ?? '')
  const signing = secrets.signing ?? ''
  const { title, text } = wordsOf(message, language, now)
  const all = text === '' ? title : `${title}\n${text}`
  switch (kind) {
    case 'alertmanager':
      return { url, body: JSON.stringify(alertmanager(message, language, now)) }
    case 'slack':
      return { url, body: JSON.stringify({ text: forSlack(all) }) }
    case 'feishu': {
      const timestamp = String(Math.floor(now / 1_000))
      // The text to sign is the key here, and nothing is the data (Feishu, "custom bot").
      const sign = signing === '' ? {} : { timestamp, sign: hmac(`${timestamp}\n${signing}`, '') }
      return { url, body: JSON.stringify({ ...sign, msg_type: 'text', content: { text: forFeishu(all) } }) }
    }
    case 'dingtalk': {
      if (signing !== '') {
        const timestamp = String(Math.floor(now))
        url.searchParams.set('timestamp', timestamp)
        url.searchParams.set('sign', hmac(signing, `${timestamp}\n${signing}`))
      }
      return { url, body: JSON.stringify({ msgtype: 'text', text: { content: all } }) }
    }
  }
}

/** null = not an address that is posted to. */
export function hookUrl(text: string): URL | null {
  try {
    const url = new URL(text)
    return (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '' ? url : null
  } catch {
    return null
  }
}

function numberIn(body: string, ...names: readonly string[]): number | null {
  try {
    const value = JSON.parse(body) as unknown
    if (typeof value !== 'object' || value === null) return null
    for (const name of names) {
      const found = (value as Readonly<Record<string, unknown>>)[name]
      if (typeof found === 'number') return found
    }
    return null
  } catch {
    return null
  }
}

/** Codes with which a robot that was asked too often, or is overloaded, says: later. */
const LATER: ReadonlySet<number> = new Set([11_232, 130_101, -1])

const byCode = (code: number | null): DeliveryState =>
  code === null ? 'unclear' : code === 0 ? 'delivered' : LATER.has(code) ? 'late' : 'refused'

/** What an answer means. Robots answer 200 to what they refuse, and say so in the body; a page of a proxy is no answer of theirs. Redirects are not followed: whoever answers one is not the receiver. */
export function meaningOf(kind: HookKind, status: number, body: string): DeliveryState {
  if (status >= 500 || status === 408 || status === 429) return 'late'
  if (status < 200 || status >= 300) return 'refused'
  switch (kind) {
    case 'alertmanager':
      return 'delivered'
    case 'slack':
      return body.trim() === 'ok' || /"success"\s*:\s*true/.test(body) ? 'delivered' : 'unclear'
    case 'feishu':
      return byCode(numberIn(body, 'code', 'StatusCode'))
    case 'dingtalk':
      return byCode(numberIn(body, 'errcode'))
  }
}
