/** Files inside kafkajs 2.2.4, which has types for its front door only. What comes out of them is checked before it is used (kafkajs-internals.ts). */
declare module 'kafkajs/src/broker/index.js' {
  const Broker: new (options: {
    readonly nodeId: null
    readonly logger: unknown
    readonly connectionPool: unknown
    readonly allowAutoTopicCreation: boolean
  }) => unknown
  export default Broker
}

declare module 'kafkajs/src/cluster/connectionPoolBuilder.js' {
  const connectionPoolBuilder: (options: Readonly<Record<string, unknown>>) => unknown
  export default connectionPoolBuilder
}

declare module 'kafkajs/src/loggers/index.js' {
  const loggers: {
    readonly createLogger: (options: { readonly level: number; readonly logCreator: () => () => void }) => unknown
  }
  export default loggers
}
