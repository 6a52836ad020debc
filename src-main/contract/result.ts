import type { Phrase } from '../shared/words/phrase'

/** Every answer across IPC is a Result: a refusal is a coded error, never `undefined` and never a thrown string. */
export const ERROR_CODES = [
  'bad-input',
  'untrusted-sender',
  'unreachable',
  'timeout',
  'auth-failed',
  'not-authorized',
  'tls',
  'unsupported',
  'not-found',
  'conflict',
  'other-cluster',
  'cancelled',
  'storage',
  'internal',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** `message` is plain English for logs and for a fold on screen; the screen's own text is chosen by `code` and `detail.text`. */
export interface AppError {
  readonly code: ErrorCode
  readonly message: string
  /** True when the same call may succeed later without the person changing anything. */
  readonly retryable: boolean
  readonly detail: Readonly<Record<string, string | number | boolean>>
  /** What the window shows in place of `message`, where there are words for it. */
  readonly why?: Phrase
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

export const fail = (
  code: ErrorCode,
  message: string,
  detail: AppError['detail'] = {},
  retryable = code === 'timeout' || code === 'unreachable',
): { readonly ok: false; readonly error: AppError } => ({ ok: false, error: { code, message, retryable, detail } })
