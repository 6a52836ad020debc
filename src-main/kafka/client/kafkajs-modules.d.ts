declare module 'kafkajs/src/protocol/encoder.js' {
  export default class Encoder {
    constructor(initialSize?: number)
    writeBuffer(bytes: Uint8Array): this
    readonly buffer: Buffer
  }
}
