/** Pages and parts as plain TypeScript sees them (the linter's); vue-tsc, which checks the types, reads the .vue files themselves. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent
  export default component
}
