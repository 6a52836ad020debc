import type { Scene } from './scene'

export const shutdown: Scene = {
  name: 'shutdown',
  summary: 'a broker is stopped as it should be (SIGTERM): it hands its leaders over and is gone at once',
  needs: 'any',
  play: async ({ sandbox, broker, say }) => {
    const id = broker(2)
    say(`Broker ${id} is told to stop: the controller moves its leaders, then it leaves every ISR and ends.`)
    await sandbox.cluster.stopGracefully(id)
    say(`Broker ${id} has ended.`)
  },
}
