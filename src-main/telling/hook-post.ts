/** One POST with Node's own client: http and https, no redirect, no proxy, a deadline over all of it, and no more of an answer than is shown. */
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Outgoing } from './hook-shapes'

export interface Posted {
  /** 0 = there was no answer; `text` says why. */
  readonly status: number
  readonly text: string
}
export type PostHook = (outgoing: Outgoing, signal: AbortSignal) => Promise<Posted>

export const POST_LIMIT_MS = 10_000
const MOST_BYTES = 4_096

/** What went wrong, in a word of the system: its message may have the address in it. */
const whyOf = (cause: unknown): string => {
  const { code } = cause as { readonly code?: unknown }
  return typeof code === 'string' ? code : cause instanceof Error ? cause.message : String(cause)
}

/** Never rejects. */
export const postHook =
  (limitMs = POST_LIMIT_MS): PostHook =>
  ({ url, body }, signal) =>
    new Promise((resolve) => {
      let status = 0
      let text = ''
      let settled = false
      const settle = (why = ''): void => {
        if (settled) return
        settled = true
        clearTimeout(timer)
        signal.removeEventListener('abort', abort)
        request.destroy()
        resolve(status === 0 ? { status, text: why } : { status, text })
      }
      const abort = (): void => settle('ended')
      const bytes = Buffer.from(body)
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest
      const request = send(url, {
        method: 'POST',
        agent: false,
        headers: { 'content-type': 'application/json', 'content-length': bytes.length, 'user-agent': 'Highwater' },
      })
      const timer = setTimeout(() => settle(`no answer within ${limitMs / 1_000} s`), limitMs)
      signal.addEventListener('abort', abort)
      request.on('error', (cause) => settle(whyOf(cause)))
      request.on('response', (response) => {
        status = response.statusCode ?? 0
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text = (text + chunk).slice(0, MOST_BYTES)
          if (text.length === MOST_BYTES) settle()
        })
        response.on('end', () => settle())
        response.on('error', () => settle())
        response.on('close', () => settle())
      })
      if (signal.aborted) abort()
      else request.end(bytes)
    })
