import { roles } from '../topics'
import type { Scene } from './scene'

export const minIsrBlock: Scene = {
  name: 'min-isr-block',
  summary: 'a topic that asks for three in-sync replicas loses one: acks=all is refused',
  needs: 'any',
  play: async ({ sandbox, broker, say, undo }) => {
    const id = broker(2)
    const before = sandbox.topics.find(({ name }) => name === roles.guarded)?.configs['min.insync.replicas'] ?? null
    undo(() => sandbox.admin.alterTopic(roles.guarded, { 'min.insync.replicas': before }))
    await sandbox.admin.alterTopic(roles.guarded, { 'min.insync.replicas': '3' })
    await sandbox.cluster.kill(id)
    say(
      `${roles.guarded} now asks for 3 in-sync replicas and broker ${id} is dead: writes with acks=all are refused in about 9 s.`,
    )
  },
}
