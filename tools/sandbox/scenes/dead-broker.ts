import type { Scene } from './scene'

export const deadBroker: Scene = {
  name: 'dead-broker',
  summary: 'a broker is gone without a word (SIGKILL); Metadata lists it for 7-11 s more',
  needs: 'any',
  play: async ({ sandbox, broker, say }) => {
    const id = broker(2)
    await sandbox.cluster.kill(id)
    say(
      `Broker ${id} is dead. Metadata learns it when its session ends (9 s): then leaders move and every ISR shrinks.`,
    )
  },
}
