import type { Scene } from './scene'

/** By this name Highwater asks (DEFAULT_CLIENT_ID of src-main/kafka/client/options.ts). */
const CLIENT = 'highwater'
/** Of one request thread. Four looks a second use more than that. */
const PERCENT = 0.01

export const quota: Scene = {
  name: 'quota',
  summary: 'brokers hold Highwater itself back with a request quota, and nobody else',
  needs: 'any',
  play: async ({ sandbox, say, undo }) => {
    undo(() => sandbox.admin.requestQuota(CLIENT, null))
    await sandbox.admin.requestQuota(CLIENT, PERCENT)
    say(
      `The client id "${CLIENT}" may use ${PERCENT} % of a request thread: brokers answer it and then wait up to a second.`,
    )
  },
}
