import { start } from './setup/start.mjs'

await start('demo/main.ts', process.argv.slice(2))
