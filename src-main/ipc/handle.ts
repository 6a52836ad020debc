/** The gate every message from the page passes: trusted main frame, known shape, then the call; the answer is always a Result. */
import type { IpcMain, WebFrameMain } from 'electron'
import type { ZodType } from 'zod'
import { CHANNELS } from '../contract/ipc'
import type { Channel, Input, Output } from '../contract/ipc'
import { fail } from '../contract/result'
import type { Result } from '../contract/result'
import { inputSchemas } from '../contract/schemas'

export type Routes = { readonly [C in Channel]: (input: Input<C>) => Result<Output<C>> | Promise<Result<Output<C>>> }
export type SenderFrame = Pick<WebFrameMain, 'parent' | 'origin'>

export interface Gate {
  /** Origin of our own page: `app://highwater`, or the dev server's. */
  readonly origin: string
  /** Gets channel and cause of what was not foreseen; whoever logs it takes secrets out. */
  readonly onUnexpected: (channel: string, cause: unknown) => void
}

/** `senderFrame` is null when the frame was navigated away or destroyed before we looked. */
export const isTrustedSender = (frame: SenderFrame | null, origin: string): boolean =>
  frame !== null && frame.parent === null && frame.origin === origin

/** The first thing that is wrong, with its place: `rows.3: Too big`. Never the value itself, it may be a password. */
function whatIsWrong(error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
}): string {
  const issue = error.issues[0]
  if (issue === undefined) return 'not understood'
  return issue.path.length === 0 ? issue.message : `${issue.path.map(String).join('.')}: ${issue.message}`
}

type Handler<O> = (frame: SenderFrame | null, args: readonly unknown[]) => Promise<Result<O>>

/** One channel's handler, apart from Electron: `args` are what `invoke` was called with after the channel. */
export function handlerFor<I, O>(
  channel: string,
  schema: ZodType<I>,
  route: (input: I) => Result<O> | Promise<Result<O>>,
  gate: Gate,
): Handler<O> {
  return async (frame, args) => {
    if (!isTrustedSender(frame, gate.origin))
      return fail('untrusted-sender', `${channel} was not asked by Highwater's own page`, { channel })
    if (args.length > 1) return fail('bad-input', `${channel} takes one value`, { channel })
    const input = schema.safeParse(args[0])
    if (!input.success) {
      const what = whatIsWrong(input.error)
      return fail('bad-input', `${channel} was asked with something it does not take (${what})`, { channel, what })
    }
    try {
      return await route(input.data)
    } catch (cause) {
      gate.onUnexpected(channel, cause)
      return fail('internal', `Highwater could not answer ${channel}. Its log says why.`, { channel })
    }
  }
}

/** Puts every channel of the contract on `ipcMain`; answers a function that takes them off again. */
export function registerRoutes(
  ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>,
  routes: Routes,
  gate: Gate,
): () => void {
  const handlerOf = <C extends Channel>(channel: C): Handler<Output<C>> =>
    handlerFor<Input<C>, Output<C>>(channel, inputSchemas[channel], routes[channel], gate)
  for (const channel of CHANNELS) {
    const handler = handlerOf(channel)
    ipcMain.handle(channel, (event, ...args: unknown[]) => handler(event.senderFrame, args))
  }
  return () => {
    for (const channel of CHANNELS) ipcMain.removeHandler(channel)
  }
}
