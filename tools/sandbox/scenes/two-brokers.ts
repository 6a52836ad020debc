import type { Scene } from './scene'

export const twoBrokers: Scene = {
  name: 'two-brokers',
  summary: 'two of five die at once: one replica left of some partitions, none of others',
  needs: 'five',
  play: async ({ sandbox, broker, say }) => {
    const first = broker(2)
    const ids = sandbox.cluster.brokers().map(({ id }) => id)
    const second = ids[(ids.indexOf(first) + 1) % ids.length] ?? first
    await Promise.all([first, second].map((id) => sandbox.cluster.kill(id)))
    say(
      `Brokers ${first} and ${second} are dead. In about 9 s topics with two replicas lose both here and there, and min ISR 2 and 3 refuse acks=all.`,
    )
  },
}
