import { start } from './setup/start.mjs'

const [name, ...args] = process.argv.slice(2)
if (name === 'sandbox') await start('sandbox/cli.ts', args)
else await start('run/main.ts', process.argv.slice(2))
