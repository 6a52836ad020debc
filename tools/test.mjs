import { start } from './setup/start.mjs'

await start('suites/main.ts', process.argv.slice(2))
