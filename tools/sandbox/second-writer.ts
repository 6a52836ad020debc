import type { Settings } from './raw-admin'
import type { Sandbox } from './sandbox'

export interface SecondWriter {
  /** Changes a topic and resolves when every running broker shows it: whoever reads from now on has to see it. */
  write(topic: string, settings: Settings): Promise<void>
  /** What it wrote, in order. */
  readonly written: readonly { readonly topic: string; readonly settings: Settings }[]
}

/** Another hand on the same topics, with a connection of its own: the colleague with kafka-configs.sh. */
export function secondWriter({ admin }: Pick<Sandbox, 'admin'>): SecondWriter {
  const written: { topic: string; settings: Settings }[] = []
  return {
    written,
    write: async (topic, settings) => {
      await admin.alterTopic(topic, settings)
      written.push({ topic, settings })
    },
  }
}
