import type { Scene } from './scene'

export const staleBroker: Scene = {
  name: 'stale-broker',
  summary: 'a broker no longer hears the controller: it is fenced, and goes on answering with what it last knew',
  needs: 'five',
  play: ({ sandbox, broker, say }) => {
    const id = broker(3)
    sandbox.cluster.cutOff(id)
    say(
      `Broker ${id} and the controller hear nothing of each other; all its other connections go on. It is fenced in about 9 s: ` +
        `the others then name new leaders and do not list it, and it goes on naming itself, without knowing better.`,
    )
    return Promise.resolve()
  },
}
