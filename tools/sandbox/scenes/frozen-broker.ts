import type { Scene } from './scene'

export const frozenBroker: Scene = {
  name: 'frozen-broker',
  summary: 'a broker keeps its sockets open and answers nothing (SIGSTOP); fenced after 8-9 s',
  needs: 'any',
  play: async ({ sandbox, broker, say }) => {
    const id = broker(2)
    await sandbox.cluster.freeze(id)
    say(`Broker ${id} is frozen: acks=all waits and high watermarks stand still until it is fenced (8-9 s).`)
  },
}
